import Foundation

/// Takes a stream of server-sent events apart, whose pieces may end anywhere.
struct ServerSentEvents {
  private var rest: [UInt8] = []

  /// The `data:` of the lines that a piece completes.
  mutating func add(_ piece: Data) -> [String] {
    rest.append(contentsOf: piece)
    var lines: [String] = []
    var start = 0
    while let end = rest[start...].firstIndex(of: 10) {
      var line = String(decoding: rest[start..<end], as: UTF8.self)
      if line.hasSuffix("\r") { line.removeLast() }
      if line.hasPrefix("data:") { lines.append(line.dropFirst(5).trimmingCharacters(in: .whitespaces)) }
      start = end + 1
    }
    rest.removeFirst(start)
    return lines
  }

  /// Whatever came that was no event, for messages.
  var remainder: String { String(decoding: rest, as: UTF8.self) }
}
