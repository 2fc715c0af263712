/// Why a file is not a notebook that Martlet can read: what was expected and found, and where.
package struct NotebookError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package enum Problem: Sendable, Equatable {
    case unreadable(String)
    case tooLarge(bytes: Int, limit: Int)
    case tooDeep(byte: Int, limit: Int)
    case notJSON(String)
    case wrongType(expected: String, found: String)
    case missing
    case unknownValue(found: String, allowed: [String])
    case unsupportedVersion(Int)
  }

  package var problem: Problem
  /// Where in the file, such as `cells[3].outputs[0].text`; empty for the file as a whole.
  package var place: String

  package init(_ problem: Problem, at place: String = "") {
    self.problem = problem
    self.place = place
  }

  package var description: String { place.isEmpty ? explanation : "\(place): \(explanation)" }

  private var explanation: String {
    switch problem {
    case .unreadable(let reason): "The file cannot be read: \(reason)"
    case .tooLarge(let bytes, let limit):
      "The file has \(bytes) bytes; a notebook may have up to \(limit). Clear the outputs that make it large."
    case .tooDeep(let byte, let limit): "Values are nested more than \(limit) levels deep at byte \(byte)."
    case .notJSON(let reason): "The file is not JSON: \(reason)"
    case .wrongType(let expected, let found): "Expected \(expected), found \(found)."
    case .missing: "This is missing."
    case .unknownValue(let found, let allowed):
      "'\(found)' is not one of \(allowed.joined(separator: ", "))."
    case .unsupportedVersion(let version):
      "The notebook has format \(version); Martlet reads format 4. "
        + "`jupyter nbconvert --to notebook` converts it."
    }
  }
}
