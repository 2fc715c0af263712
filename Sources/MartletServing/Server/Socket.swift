import Glibc

/// A stream between two programs, by the address of one.
package enum Socket {
  /// An address of IP version 4; `localhost` is 127.0.0.1.
  package static func address(_ host: String, _ port: UInt16) throws(ServerError) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    guard inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address.sin_addr) == 1 else {
      throw ServerError(.address, "Expected an address such as 127.0.0.1 or 0.0.0.0; found '\(host)'.")
    }
    return address
  }

  package static func open() throws(ServerError) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw problem("no connection can be made") }
    return descriptor
  }

  /// Calls the system with an address as it takes all kinds of them.
  package static func withAddress<Result>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Result
  ) -> Result {
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
    }
  }

  static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
    var isOn: Int32 = 1
    setsockopt(descriptor, level, option, &isOn, socklen_t(MemoryLayout<Int32>.size))
  }

  static func problem(_ what: String) -> ServerError {
    ServerError(.address, "\(what): \(String(cString: strerror(errno))).")
  }
}
