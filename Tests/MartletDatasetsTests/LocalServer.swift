import Foundation
import Synchronization

/// A server on this machine that answers `GET` with the files it was given.
final class LocalServer: Sendable {
  let address: String
  private let listener: Int32
  private let files: [String: String]
  private let announcesLength: Bool
  private let count = Mutex(0)

  /// - Parameter announcesLength: whether answers say how long they are; otherwise the end of the connection ends them.
  init(files: [String: String], announcesLength: Bool = true) throws {
    self.files = files
    self.announcesLength = announcesLength
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &place) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
        bind(listener, place, size) == 0 && listen(listener, 8) == 0 && getsockname(listener, place, &size) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0 { return }
        answer(connection)
        close(connection)
      }
    }
  }

  deinit { stop() }

  var requestCount: Int { count.withLock { $0 } }

  /// Ends the thread, and refuses connections from then on.
  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func answer(_ connection: Int32) {
    var request = [UInt8](repeating: 0, count: 4096)
    guard recv(connection, &request, request.count, 0) > 0 else { return }
    count.withLock { $0 += 1 }
    let words = String(decoding: request, as: UTF8.self).split(separator: " ")
    let file = words.count > 1 ? files[String(words[1])] : nil
    let body = file ?? "not here"
    var head = "HTTP/1.1 \(file == nil ? "404 Not Found" : "200 OK")\r\nConnection: close\r\n"
    if announcesLength { head += "Content-Length: \(body.utf8.count)\r\n" }
    let bytes = Array((head + "\r\n" + body).utf8)
    var sent = 0
    while sent < bytes.count {
      let more = bytes[sent...].withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if more <= 0 { return }
      sent += more
    }
  }
}
