import Foundation

/// Takes a stream of server-sent events apart, or one of a JSON value in each line, whose pieces may end anywhere.
struct ServerSentEvents {
  /// What is before a line's data.
  let mark: String
  private var rest: [UInt8] = []

  /// - Parameter mark: nothing for JSON in lines.
  init(mark: String = "data:") { self.mark = mark }

  /// What the lines that a piece completes say after the mark.
  mutating func add(_ piece: Data) -> [String] {
    rest.append(contentsOf: piece)
    var lines: [String] = []
    var start = 0
    while let end = rest[start...].firstIndex(of: 10) {
      var line = String(decoding: rest[start..<end], as: UTF8.self)
      if line.hasSuffix("\r") { line.removeLast() }
      if line.hasPrefix(mark), line.count > mark.count {
        lines.append(line.dropFirst(mark.count).trimmingCharacters(in: .whitespaces))
      }
      start = end + 1
    }
    rest.removeFirst(start)
    return lines
  }

  /// Whatever came that was no event, for messages.
  var remainder: String { String(decoding: rest, as: UTF8.self) }
}
