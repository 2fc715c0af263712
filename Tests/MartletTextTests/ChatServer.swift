import Foundation
import Glibc
import Synchronization

/// A server of HTTP on this machine that answers each request with the next of its answers.
final class ChatServer: Sendable {
  struct Answer {
    var status = 200
    var headers: [String: String] = [:]
    /// Sent one after the other, with a pause between.
    var pieces: [String]
    var breaksOff = false
  }

  private let answers: Mutex<[Answer]>
  private let seen = Mutex<[String]>([])
  private let descriptor: Int32
  let port: UInt16

  init(_ answers: [Answer]) throws {
    self.answers = Mutex(answers)
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, length) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, generic, &length) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in serve() }
  }

  deinit { close(descriptor) }

  var baseURL: String { "http://127.0.0.1:\(port)/v1" }
  /// The requests that came, headers and body.
  var requests: [String] { seen.withLock { $0 } }

  private func serve() {
    while let answer = answers.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
      let connection = accept(descriptor, nil, nil)
      if connection < 0 { return }
      let request = Self.read(connection)
      seen.withLock { $0.append(request) }
      let length = answer.pieces.reduce(0) { $0 + $1.utf8.count } + (answer.breaksOff ? 1_000 : 0)
      var head = "HTTP/1.1 \(answer.status) Status\r\nContent-Length: \(length)\r\nConnection: close\r\n"
      for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
      Self.write(connection, head + "\r\n")
      for piece in answer.pieces {
        Self.write(connection, piece)
        usleep(20_000)
      }
      close(connection)
    }
  }

  private static func read(_ connection: Int32) -> String {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      if count <= 0 { break }
      data.append(contentsOf: buffer[..<count])
      let text = String(decoding: data, as: UTF8.self)
      guard let end = text.range(of: "\r\n\r\n") else { continue }
      let header = text[..<end.lowerBound].lowercased()
      let length =
        header.range(of: "content-length: ").flatMap { Int(header[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
      if text[end.upperBound...].utf8.count >= length { break }
    }
    return String(decoding: data, as: UTF8.self)
  }

  private static func write(_ connection: Int32, _ text: String) {
    let bytes = Array(text.utf8)
    _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }
}
