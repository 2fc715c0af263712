import Foundation
import MartletModels
import MartletNumerics

/// A JSON file that the scripts in Tests/Reference made.
enum ReferenceFile {
  static func read<Content: Decodable>(_ name: String, as type: Content.Type = Content.self) throws -> Content {
    let file = Bundle.module.bundleURL.appendingPathComponent("Reference/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}

/// Whether two lists agree to a relative error, with the same bound as an absolute one near zero.
func agree(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-9) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}

/// What shap and xgboost say of forests that are read from their files.
struct ShapleyReference: Decodable {
  struct Regression: Decodable {
    let model: ForestRegressorModel
    let x, test, background, values, backgroundValues, exact, kernel: [[Double]]
    let interactions: [[[Double]]]
    let y, predictions: [Double]
    let base, backgroundBase: Double
  }
  struct Classes: Decodable {
    let model: ForestClassifierModel<Int>
    let test: [[Double]]
    let base: [Double]
    let values: [[[Double]]]
  }
  struct Deep: Decodable {
    let model: ForestRegressorModel
    let test, values: [[Double]]
    let features: Int
  }
  struct Gradient: Decodable {
    let model: BoostedClassifierModel<Int>
    let test: [[Double?]]
    let scores: [Double]
    let values: [[Double]]
    let interactions: [[[Double]]]
    let base: Double
  }
  struct Linear: Decodable {
    let coefficients: [Double]
    let values: [[Double]]
    let base: Double
  }
  let regression: Regression
  let classes: Classes
  let deep: Deep
  let gradient: Gradient
  let linear: Linear

  static func read() throws -> ShapleyReference { try ReferenceFile.read("shapley") }
}

extension [[Double]] {
  var flat: [Double] { flatMap { $0 } }
}
