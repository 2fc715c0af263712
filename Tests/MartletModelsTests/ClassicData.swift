import Foundation
import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics

/// Data that several suites learn from.
enum ClassicData {
  static func iris() throws -> (x: Matrix, y: [Int]) { try LogisticRegressionTests.data("iris") }
  static func digits() throws -> (x: Matrix, y: [Int]) { try LogisticRegressionTests.data("digits") }

  /// Whether two groupings are the same, whatever the numbers of their groups.
  static func samePartition(_ a: [Int], _ b: [Int]) -> Bool {
    guard a.count == b.count else { return false }
    var forth: [Int: Int] = [:]
    var back: [Int: Int] = [:]
    for (first, second) in zip(a, b) {
      if forth[first, default: second] != second || back[second, default: first] != first { return false }
      forth[first] = second
      back[second] = first
    }
    return true
  }

  /// A model that went through JSON.
  static func reread<Model: Codable>(_ model: Model) throws -> Model {
    try JSONDecoder().decode(Model.self, from: JSONEncoder().encode(model))
  }

  /// Problems of a model's decoder: a damaged file that is neither refused nor read.
  static func damageProblems<Model: Codable>(_ model: Model, _ use: (Model) throws -> Void) throws -> [String] {
    let content = try JSONSerialization.jsonObject(with: JSONEncoder().encode(model), options: .fragmentsAllowed)
    var problems: [String] = []
    for damaged in JSONDamage.variants(of: content) {
      let data = try JSONSerialization.data(withJSONObject: damaged, options: .fragmentsAllowed)
      do {
        try use(try JSONDecoder().decode(Model.self, from: data))
      } catch {
        if !(error is DecodingError || error is FitError) { problems.append("\(error)") }
      }
    }
    return problems
  }
}
