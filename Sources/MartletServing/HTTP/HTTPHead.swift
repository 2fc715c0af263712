/// The lines of a request before its body.
///
/// It is read as strictly as RFC 9112 allows: whatever two servers could understand differently is refused, for that is
/// what smuggled requests are made of.
package struct HTTPHead {
  /// How the end of the body is known.
  enum Body: Equatable {
    case none
    case bytes(Int)
    case chunks
  }

  package let method: String
  /// The target without what follows a question mark.
  package let path: String
  /// Names in small letters.
  let fields: [(name: String, value: String)]
  let body: Body
  /// Whether another request may follow.
  package let keepsAlive: Bool

  static let mostFields = 100
  static let longestTarget = 2_048

  /// - Parameter bytes: all lines, with the CR and LF of each but without the empty one.
  init(_ bytes: ArraySlice<UInt8>) throws(HTTPProblem) {
    var lines = try Self.lines(bytes)[...]
    let words = (lines.popFirst() ?? "").split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, Self.isToken(words[0]) else {
      throw HTTPProblem(400, "Expected a request line such as 'POST /predict HTTP/1.1'.")
    }
    guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
      throw HTTPProblem(505, "This server speaks HTTP/1.1 and HTTP/1.0.")
    }
    guard words[1].utf8.count <= Self.longestTarget else { throw HTTPProblem(414, "The path is too long.") }
    guard words[1].hasPrefix("/"), words[1].utf8.allSatisfy({ (33...126).contains($0) }) else {
      throw HTTPProblem(400, "Expected a path that starts with '/'.")
    }
    guard lines.count <= Self.mostFields else {
      throw HTTPProblem(431, "There are more than \(Self.mostFields) header fields.")
    }
    let fields = try lines.map { line throws(HTTPProblem) in try Self.field(line) }
    let isOld = words[2] == "HTTP/1.0"
    method = String(words[0])
    path = String(words[1].prefix { $0 != "?" })
    self.fields = fields
    let hosts = fields.count { $0.name == "host" }
    guard hosts == 1 || (isOld && hosts == 0) else {
      throw HTTPProblem(400, "Expected one Host field; found \(hosts).")
    }
    body = try Self.body(fields, isOld: isOld)
    let wishes = Self.list(fields, "connection")
    keepsAlive = isOld ? wishes.contains("keep-alive") : !wishes.contains("close")
  }

  /// The value of a field; of several, the first.
  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  private static func lines(_ bytes: ArraySlice<UInt8>) throws(HTTPProblem) -> [String] {
    var lines: [String] = []
    for part in bytes.split(separator: 10, omittingEmptySubsequences: true) {
      // A line that ends otherwise, or has a control character in it, is one that others may read differently.
      guard part.last == 13, part.dropLast().allSatisfy({ $0 == 9 || ($0 >= 32 && $0 != 127) }) else {
        throw HTTPProblem(400, "Lines end with CR and LF, and have no control characters.")
      }
      lines.append(String(decoding: part.dropLast(), as: UTF8.self))
    }
    return lines
  }

  private static func field(_ line: String) throws(HTTPProblem) -> (name: String, value: String) {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), isToken(line[..<colon]) else {
      throw HTTPProblem(400, "Expected header fields such as 'Name: value'; found '\(line.prefix(40))'.")
    }
    let value = line[line.index(after: colon)...]
    let start = value.utf8.firstIndex { $0 != 32 && $0 != 9 } ?? value.endIndex
    let end = value.utf8.lastIndex { $0 != 32 && $0 != 9 }.map(value.utf8.index(after:)) ?? start
    return (line[..<colon].lowercased(), String(value[start..<end]))
  }

  private static func isToken(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
          || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
  }

  private static func list(_ fields: [(name: String, value: String)], _ name: String) -> [String] {
    fields.filter { $0.name == name }.flatMap {
      $0.value.lowercased().split { $0 == "," || $0 == " " }.map(String.init)
    }
  }

  private static func body(_ fields: [(name: String, value: String)], isOld: Bool) throws(HTTPProblem) -> Body {
    let lengths = fields.filter { $0.name == "content-length" }.map(\.value)
    let codings = fields.filter { $0.name == "transfer-encoding" }.map(\.value)
    guard !codings.isEmpty else {
      guard let length = lengths.first else { return .none }
      guard lengths.count == 1, (1...15).contains(length.utf8.count),
        length.utf8.allSatisfy({ (48...57).contains($0) }), let count = Int(length)
      else { throw HTTPProblem(400, "Expected one Content-Length, a whole number.") }
      return .bytes(count)
    }
    guard lengths.isEmpty, !isOld else {
      throw HTTPProblem(400, "Transfer-Encoding goes neither with Content-Length nor with HTTP/1.0.")
    }
    guard codings.count == 1, codings[0].lowercased() == "chunked" else {
      throw HTTPProblem(501, "The only Transfer-Encoding that this server knows is chunked.")
    }
    return .chunks
  }
}
