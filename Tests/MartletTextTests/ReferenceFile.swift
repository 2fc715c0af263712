import Foundation
import MartletNumerics

/// A JSON file that the scripts in Tests/Reference made.
enum ReferenceFile {
  static func read<Content: Decodable>(_ name: String, as type: Content.Type = Content.self) throws -> Content {
    let file = Bundle.module.bundleURL.appendingPathComponent("Reference/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}

/// A sparse matrix as the scripts write it.
struct ReferenceMatrix: Decodable {
  let shape, starts: [Int]
  let columns: [Int32]
  let values: [Double]

  var dense: Matrix {
    SparseMatrix(rowStarts: starts, columns: columns, values: values, columnCount: shape[1]).dense
  }
}

/// Whether two lists agree to a relative error, with the same bound as an absolute one near zero.
func agree(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-10) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}
