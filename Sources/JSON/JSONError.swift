/// Why bytes are not JSON, and where.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the parser met.
  package enum Problem: Sendable, Equatable {
    case unexpectedEnd
    case unexpectedByte(UInt8)
    case contentAfterValue
    case tooDeep(limit: Int)
    case badNumber
    case badEscape
    case badUnicode
    case controlCharacter
  }

  /// What is wrong there.
  package var problem: Problem
  /// How many bytes precede the place.
  package var offset: Int

  /// An error at a place.
  package init(problem: Problem, offset: Int) {
    self.problem = problem
    self.offset = offset
  }

  /// The error in one sentence.
  package var description: String { "JSON at byte \(offset): \(wording)." }

  private var wording: String {
    switch problem {
    case .unexpectedEnd: "the text ends too early"
    case .unexpectedByte(let byte): "a value cannot contain \(Self.name(of: byte)) here"
    case .contentAfterValue: "something follows the value"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    case .badNumber: "not a number that can be represented"
    case .badEscape: "unknown escape sequence in a string"
    case .badUnicode: "a string is not valid UTF-8"
    case .controlCharacter: "a string has an unescaped control character"
    }
  }

  private static func name(of byte: UInt8) -> String {
    (0x21...0x7E).contains(byte) ? "'\(Unicode.Scalar(byte))'" : "the byte 0x" + String(byte, radix: 16)
  }
}
