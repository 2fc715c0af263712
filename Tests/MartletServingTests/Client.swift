import Foundation
import MartletServing

/// A client that says exactly what it is told to.
final class Client {
  private let descriptor: Int32

  init(_ server: ModelServer) throws {
    var address = try Socket.address("127.0.0.1", UInt16(server.port))
    descriptor = try Socket.open()
    let descriptor = descriptor
    guard Socket.withAddress(&address, { connect(descriptor, $0, $1) }) == 0 else { throw POSIXError(.ECONNREFUSED) }
    // So that a server that never answers fails a test instead of blocking it.
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  func say(_ text: String) {
    let bytes = Array(text.utf8)
    _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Everything until the server closes.
  func rest() -> String {
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = recv(descriptor, &chunk, chunk.count, 0), count > 0 { text += chunk[..<count] }
    return String(decoding: text, as: UTF8.self)
  }

  /// One answer, by its length; the rest stays for the next.
  func answer() -> (status: Int, body: String) {
    var text: [UInt8] = []
    var byte = [UInt8](repeating: 0, count: 1)
    while !text.suffix(4).elementsEqual([13, 10, 13, 10]) {
      guard recv(descriptor, &byte, 1, 0) == 1 else { return (0, String(decoding: text, as: UTF8.self)) }
      text += byte
    }
    let head = String(decoding: text, as: UTF8.self)
    let length = head.range(of: "Content-Length: ").flatMap { Int(head[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
    var body: [UInt8] = []
    while body.count < length, recv(descriptor, &byte, 1, 0) == 1 { body += byte }
    return (Int(head.split(separator: " ")[1]) ?? 0, String(decoding: body, as: UTF8.self))
  }
}
