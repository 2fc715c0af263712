import Foundation

/// A JSON file that the scripts in Tests/Reference made.
enum ReferenceFile {
  static func read<Content: Decodable>(_ name: String, as type: Content.Type = Content.self) throws -> Content {
    let file = Bundle.module.bundleURL.appendingPathComponent("Reference/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}
