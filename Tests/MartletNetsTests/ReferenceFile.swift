import Foundation

/// A JSON file that the scripts in Tests/Reference made.
enum ReferenceFile {
  static func read<Content: Decodable>(_ name: String, as type: Content.Type = Content.self) throws -> Content {
    let file = Bundle.module.bundleURL.appendingPathComponent("Reference/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}

/// Whether two lists agree to a relative error, with the same bound as an absolute one near zero.
func agree(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-10) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}
