import Foundation

/// What the helper process is asked.
struct HelperRequest: Codable, Sendable {
  enum Question: Codable, Sendable {
    /// Read what the context imports, so that the next question is answered fast.
    case prepare
    /// The completions at an offset that begin with a prefix.
    case complete(offset: Int, prefix: String, isCalled: Bool, limit: Int)
    /// What is at one of some offsets; the first that is something.
    case inspect(offsets: [Int])
  }

  var identifier: Int
  var question: Question
  /// The context's header.
  var header: String
  /// The user's code. Offsets count from the header's beginning.
  var code: String
  var compilerArguments: [String]
  /// The context's revision: what was read at another is outdated.
  var revision: Int

  /// What the compiler sees.
  var text: String { header + code }
}

/// What the helper process answers.
struct HelperReply: Codable, Sendable {
  var identifier: Int
  var completions: [Completion] = []
  /// How many bytes before the offset the completions replace too: a `.` that becomes `?.`.
  var replacedBefore = 0
  var inspection: Inspection?
  /// The process's memory in bytes.
  var memory = 0
}

/// Messages as bytes: their length in four bytes, little-endian, then JSON.
enum HelperFrame {
  /// More than any request or reply needs; a longer one is a broken stream.
  static let maximumLength = 64 << 20

  static func encode(_ message: some Encodable) -> [UInt8] {
    // Strings, numbers and arrays of them can always be encoded.
    let data = (try? JSONEncoder().encode(message)) ?? Data()
    return (0..<4).map { UInt8(truncatingIfNeeded: data.count >> (8 * $0)) } + data
  }

  static func decode<Message: Decodable>(_ type: Message.Type, from payload: some Sequence<UInt8>) -> Message? {
    try? JSONDecoder().decode(type, from: Data(payload))
  }

  /// The length that four bytes announce; `nil` when there are fewer, or it cannot be one.
  static func length(_ bytes: some Collection<UInt8>) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return bytes.prefix(4).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
  }
}
