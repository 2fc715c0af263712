import MartletServing
import Testing

/// Requests as bytes, whole and in pieces of every size.
struct RequestReaderTests {
  private static func read(_ text: String, pieces: Int = 1_000, limits: ServerLimits = ServerLimits()) throws
    -> HTTPRequest
  {
    var rest = Array(text.utf8)[...]
    var reader = RequestReader(limits: limits) {
      defer { rest = rest.dropFirst(pieces) }
      return rest.prefix(pieces)
    }
    return try reader.next {}
  }

  private static func status(_ text: String, limits: ServerLimits = ServerLimits()) -> Int {
    do {
      _ = try read(text, limits: limits)
      return 200
    } catch let problem as HTTPProblem { return problem.status } catch { return -1 }
  }

  @Test(arguments: 1...12) func anyPieces(_ size: Int) throws {
    let plain = try Self.read("POST /predict?x=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", pieces: size)
    #expect(plain.head.method == "POST" && plain.head.path == "/predict" && plain.head.keepsAlive)
    #expect(plain.body == Array("hello".utf8))
    let chunked =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nA\r\npedia in  \r\n0\r\n\r\n"
    #expect(try Self.read(chunked, pieces: size).body == Array("Wikipedia in  ".utf8))
  }

  @Test func keepAlive() throws {
    func keeps(_ version: String, _ field: String) throws -> Bool {
      try Self.read("GET / HTTP/\(version)\r\nHost: a\r\n\(field)\r\n").head.keepsAlive
    }
    #expect(try keeps("1.1", ""))
    #expect(try !keeps("1.1", "Connection: Close\r\n"))
    #expect(try !keeps("1.1", "Connection: te, close\r\n"))
    #expect(try !keeps("1.0", ""))
    #expect(try keeps("1.0", "Connection: keep-alive\r\n"))
  }

  /// What two servers may read differently is refused: RFC 9112, sections 2.2, 3, 5.1, 5.2, 6.1, 6.3 and 7.1.
  @Test(arguments: [
    (400, "GET / HTTP/1.1\nHost: a\n\n"),
    (400, "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    (400, "GET / HTTP/1.1\r\n\r\n"),
    (400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    (400, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
    (400, "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n"),
    (400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n"),
    (400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"),
    (400, "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"),
    (400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
    (400, "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
    (400, "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
    (505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
    (400, "GET /\r\n\r\n"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nhello"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    (400, "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    (501, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    (501, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\n\r\n"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n"),
    (413, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n"),
    (413, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n"),
    (417, "POST / HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\nContent-Length: 1\r\n\r\na"),
    (400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell"),
    (200, "POST / HTTP/1.1\r\nHost: a\r\nX:\r\nContent-Length:  5 \r\n\r\nhello"),
  ]) func strictness(_ expected: Int, _ text: String) {
    #expect(Self.status(text) == expected, "\(text)")
  }

  @Test func limits() {
    let long = String(repeating: "a", count: 20_000)
    #expect(Self.status("GET / HTTP/1.1\r\nHost: a\r\nX: \(long)\r\n\r\n") == 431)
    #expect(Self.status("GET /\(long.prefix(3_000)) HTTP/1.1\r\nHost: a\r\n\r\n") == 414)
    let many = (0..<101).map { "X\($0): y\r\n" }.joined()
    #expect(Self.status("GET / HTTP/1.1\r\nHost: a\r\n\(many)\r\n") == 431)
    var small = ServerLimits()
    small.bodyBytes = 4
    #expect(Self.status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", limits: small) == 413)
    let chunks = "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
    #expect(
      Self.status("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)", limits: small) == 413)
  }

  /// Whatever bytes come, there is an answer and no trap.
  @Test func noise() {
    var generator = SystemRandomNumberGenerator()
    let words = [
      "GET ", "/", " HTTP/1.1", "\r\n", "\n", ":", "Host: a", "Content-Length: ", "5", "chunked", "\u{0}", "é",
    ]
    for _ in 0..<5_000 {
      let text = (0..<Int.random(in: 0...14, using: &generator)).map { _ in words.randomElement(using: &generator)! }
      #expect([200, 400, 413, 414, 417, 431, 501, 505].contains(Self.status(text.joined())), "\(text)")
    }
  }

  @Test func dates() {
    // The example of RFC 9110, section 5.6.7.
    #expect(HTTPReply.date(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
  }

  @Test func latency() {
    var histogram = LatencyHistogram()
    #expect(histogram.quantile(0.5).isNaN)
    for number in 1...1_000 { histogram.add(nanoseconds: UInt64(number) * 1_000_000) }
    for share in [0.5, 0.95, 0.99] { #expect(abs(histogram.quantile(share) / share - 1) < 0.045) }
    #expect(abs(histogram.totalSeconds - 500.5) < 1e-6)
    #expect(histogram.count(below: 29) == 536)  // 2 to the 29th nanoseconds are 536.87 ms
  }
}
