import Glibc

/// What a server answered to a request.
public struct ServerReply: Sendable, Equatable, CustomStringConvertible {
  /// The HTTP status: 200 when all went well.
  public let status: Int
  /// The body, usually JSON.
  public let body: String

  /// The status and the body.
  public var description: String { "\(status) \(body)" }
}

extension ModelServer {
  /// Asks the server as any client would, over the network of this machine.
  ///
  ///     try server.ask(#"{"age": 31, "sex": "male"}"#).body
  ///     try server.ask(path: "/health").status      // 200
  /// - Parameters:
  ///   - json: what is posted; without it the path is got.
  ///   - path: the path.
  /// - Throws: ``ServerError`` of kind `connection` when there is no answer.
  public func ask(_ json: String? = nil, path: String? = nil) throws(ServerError) -> ServerReply {
    let path = path ?? (json == nil ? "/health" : "/predict")
    let method = json == nil ? "GET" : "POST"
    let body = json ?? ""
    let head =
      "\(method) \(path) HTTP/1.1\r\nHost: \(reachableHost):\(port)\r\nContent-Type: application/json\r\n"
      + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n"
    let bytes = try exchange(Array((head + body).utf8))
    // "HTTP/1.1 200 OK", lines, an empty line, the body.
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.utf8.firstRange(of: "\r\n\r\n".utf8),
      let status = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { throw ServerError(.connection, "\(address) did not answer.") }
    return ServerReply(status: status, body: String(text[end.upperBound...]))
  }

  private func exchange(_ bytes: [UInt8]) throws(ServerError) -> [UInt8] {
    var address = try Socket.address(reachableHost, listener.port)
    let descriptor = try Socket.open()
    defer { close(descriptor) }
    guard Socket.withAddress(&address, { connect(descriptor, $0, $1) }) == 0 else {
      throw ServerError(.connection, "\(self.address) was not reached: \(String(cString: strerror(errno))).")
    }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count <= 0 { break }
      rest = rest.dropFirst(count)
    }
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while case let count = recv(descriptor, &chunk, chunk.count, 0), count > 0 { answer += chunk[..<count] }
    return answer
  }
}
