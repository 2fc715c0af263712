/// Takes requests out of a stream of bytes, and no more of it than the limits allow.
package struct RequestReader {
  let limits: ServerLimits
  /// Gives more bytes; none at the stream's end.
  private let more: () -> ArraySlice<UInt8>
  private var buffer: [UInt8] = []
  /// What comes before has been used.
  private var start = 0

  package init(limits: ServerLimits, more: @escaping () -> ArraySlice<UInt8>) {
    self.limits = limits
    self.more = more
  }

  /// Whether a part of the next request is here already.
  var hasBytes: Bool { start < buffer.count }

  /// Waits for the first bytes of a request; false when none will come.
  mutating func waitForBytes() -> Bool { hasBytes || fill() }

  /// The next request.
  ///
  /// - Parameter goOn: called when the client waits for leave to send the body.
  /// - Throws: ``HTTPProblem``, after which nothing more can be read from the stream.
  package mutating func next(goOn: () -> Void) throws(HTTPProblem) -> HTTPRequest {
    let end = try headEnd()
    let head = try HTTPHead(buffer[start..<end])
    // With the empty line.
    start = end + 2
    if let wish = head["expect"] {
      guard wish.lowercased() == "100-continue" else { throw HTTPProblem(417, "Only 100-continue can be expected.") }
      if case .bytes(let count) = head.body, count > limits.bodyBytes { throw tooLong }
      if !hasBytes { goOn() }
    }
    switch head.body {
    case .none: return HTTPRequest(head: head, body: [])
    case .bytes(let count):
      guard count <= limits.bodyBytes else { throw tooLong }
      return HTTPRequest(head: head, body: try take(count))
    case .chunks: return HTTPRequest(head: head, body: try chunks())
    }
  }

  private var tooLong: HTTPProblem { HTTPProblem(413, "The body is longer than \(limits.bodyBytes) bytes.") }
  private var brokeOff: HTTPProblem { HTTPProblem(400, "The request broke off.") }

  /// Where the head's empty line starts.
  private mutating func headEnd() throws(HTTPProblem) -> Int {
    var seen = 0
    while true {
      while start + seen < buffer.count {
        let place = start + seen
        if buffer[place] == 10 {
          guard seen > 0, buffer[place - 1] == 13 else { throw HTTPProblem(400, "Lines end with CR and LF.") }
          guard seen > 1 else { throw HTTPProblem(400, "Expected a request line; found an empty one.") }
          if buffer[place - 2] == 10 { return place - 1 }
        }
        seen += 1
        if seen > limits.headBytes { break }
      }
      guard seen <= limits.headBytes else { break }
      guard fill() else { throw brokeOff }
    }
    throw HTTPProblem(431, "The header fields are longer than \(limits.headBytes) bytes.")
  }

  private mutating func fill() -> Bool {
    let piece = more()
    buffer.removeFirst(start)
    start = 0
    buffer += piece
    return !piece.isEmpty
  }

  private mutating func take(_ count: Int) throws(HTTPProblem) -> [UInt8] {
    while buffer.count - start < count { if !fill() { throw brokeOff } }
    defer { start += count }
    return Array(buffer[start..<start + count])
  }

  private mutating func chunks() throws(HTTPProblem) -> [UInt8] {
    var body: [UInt8] = []
    while true {
      let count = try chunkLength()
      guard body.count + count <= limits.bodyBytes else { throw tooLong }
      body += try take(count)
      guard try take(2) == [13, 10] else {
        // After the last chunk, other lines would be trailers.
        throw HTTPProblem(400, count == 0 ? "Trailers are not taken." : "A chunk is not as long as it says.")
      }
      if count == 0 { return body }
    }
  }

  /// The number in the line before a chunk: hexadecimal digits alone, for extensions are what servers disagree about.
  private mutating func chunkLength() throws(HTTPProblem) -> Int {
    var digits = ""
    while true {
      let byte = try take(1)[0]
      if byte == 13 { break }
      digits.unicodeScalars.append(Unicode.Scalar(byte))
      guard digits.utf8.count <= 8, Character(Unicode.Scalar(byte)).isASCII,
        Character(Unicode.Scalar(byte)).isHexDigit
      else { throw HTTPProblem(400, "Expected the length of a chunk: at most eight hexadecimal digits.") }
    }
    guard try take(1) == [10], let count = Int(digits, radix: 16) else {
      throw HTTPProblem(400, "Expected the length of a chunk and the end of its line.")
    }
    return count
  }
}
