import Foundation
import JSON

/// Where a frontend wants its kernel to listen, and the key they share.
package struct ConnectionFile: Sendable {
  /// What carries the messages: TCP, or sockets in the file system.
  package enum Transport: String, Sendable { case tcp, ipc }

  /// The five channels between a frontend and its kernel; the raw value begins the port's member name.
  package enum Channel: String, Sendable, CaseIterable { case shell, iopub, stdin, control, hb }

  /// A pair of Curve keys in Z85, 40 characters each.
  package struct CurveKeys: Sendable, Equatable {
    /// What clients know the kernel by.
    package var publicKey: String
    /// What only the kernel knows.
    package var secretKey: String

    /// A pair of keys.
    package init(publicKey: String, secretKey: String) {
      self.publicKey = publicKey
      self.secretKey = secretKey
    }
  }

  /// How messages travel.
  package var transport: Transport
  /// The address to bind to, or with ``Transport/ipc`` the beginning of the sockets' paths.
  package var address: String
  /// The port of each channel, all different; 0 for any that is free.
  package var ports: [Channel: Int]
  /// What signs messages with the key that frontend and kernel share.
  package var signer: MessageSigner
  /// Present when the frontend wants its connections encrypted.
  package var curveKeys: CurveKeys?

  /// Any free TCP ports of an address.
  package init(freePortsOf address: String, signer: MessageSigner) {
    transport = .tcp
    self.address = address
    ports = [:]
    self.signer = signer
  }

  /// The ZeroMQ endpoint of a channel.
  package func endpoint(_ channel: Channel) -> String {
    let port = ports[channel] ?? 0
    return switch transport {
    case .ipc: "ipc://\(address)-\(port)"
    case .tcp: "tcp://\(address.contains(":") ? "[\(address)]" : address):\(port == 0 ? "*" : String(port))"
    }
  }
}

extension ConnectionFile {
  /// Reads the file that a frontend has written.
  package init(path: String) throws(ConnectionFileError) {
    let bytes = try Self.read(path)
    do { try self.init(parsing: bytes) } catch { throw ConnectionFileError(path: path, problem: error.problem) }
  }

  /// The bytes of a file that a frontend has written.
  static func read(_ path: String) throws(ConnectionFileError) -> Data {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw ConnectionFileError(path: path, problem: "it cannot be opened")
    }
    // A connection file has a few hundred bytes; what is longer is another file.
    let limit = 65_536
    guard let bytes = try? file.read(upToCount: limit + 1) else {
      throw ConnectionFileError(path: path, problem: "it is empty or cannot be read")
    }
    guard bytes.count <= limit else {
      throw ConnectionFileError(path: path, problem: "it is longer than \(limit) bytes")
    }
    return bytes
  }

  /// Reads a connection file's content.
  package init(parsing bytes: some DataProtocol) throws(ConnectionFileError) {
    let reader = try ConnectionFileReader(parsing: bytes)
    transport = try reader.transport()
    address = try reader.address(transport)
    ports = try reader.ports()
    signer = try reader.signer()
    curveKeys = try reader.curveKeys()
  }
}

/// Why a connection file cannot be used.
package struct ConnectionFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file, where there is one.
  package var path: String?
  /// What is wrong with it, as the end of a sentence.
  package var problem: String

  /// An error about a file.
  package init(path: String? = nil, problem: String) {
    self.path = path
    self.problem = problem
  }

  /// The error in one sentence.
  package var description: String {
    let name = path.map { "'\($0)'" } ?? "it"
    return "No kernel can be started from the connection file \(name): \(problem)."
  }
}
