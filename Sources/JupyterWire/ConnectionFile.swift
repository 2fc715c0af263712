import Foundation
import JSON

/// Where a frontend wants its kernel to listen, and the key they share.
package struct ConnectionFile: Sendable {
  package enum Transport: String, Sendable { case tcp, ipc }

  /// The five channels between a frontend and its kernel; the raw value begins the port's member name.
  package enum Channel: String, Sendable, CaseIterable { case shell, iopub, stdin, control, hb }

  /// A pair of Curve keys in Z85, 40 characters each.
  package struct CurveKeys: Sendable, Equatable {
    package var publicKey: String
    package var secretKey: String

    package init(publicKey: String, secretKey: String) {
      self.publicKey = publicKey
      self.secretKey = secretKey
    }
  }

  package var transport: Transport
  /// The address to bind to, or with ``Transport/ipc`` the beginning of the sockets' paths.
  package var address: String
  package var ports: [Channel: Int]
  package var signer: MessageSigner
  /// Present when the frontend wants its connections encrypted.
  package var curveKeys: CurveKeys?

  /// The ZeroMQ endpoint of a channel.
  package func endpoint(_ channel: Channel) -> String {
    let port = ports[channel] ?? 0
    return switch transport {
    case .ipc: "ipc://\(address)-\(port)"
    case .tcp: "tcp://\(address.contains(":") ? "[\(address)]" : address):\(port)"
    }
  }
}

extension ConnectionFile {
  /// Reads the file that a frontend has written.
  package init(path: String) throws(ConnectionFileError) {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw ConnectionFileError(path: path, problem: "it cannot be opened")
    }
    // A connection file has a few hundred bytes; what is longer is another file.
    let limit = 65_536
    guard let bytes = try? file.read(upToCount: limit + 1) else {
      throw ConnectionFileError(path: path, problem: "it is empty or cannot be read")
    }
    guard bytes.count <= limit else { throw ConnectionFileError(path: path, problem: "it is longer than \(limit) bytes") }
    do { try self.init(parsing: bytes) } catch { throw ConnectionFileError(path: path, problem: error.problem) }
  }

  /// Reads a connection file's content.
  package init(parsing bytes: some DataProtocol) throws(ConnectionFileError) {
    let value: JSONValue
    do { value = try JSONValue(parsing: bytes) } catch { throw ConnectionFileError(problem: error.description) }
    guard let members = value.object else { throw ConnectionFileError(problem: "it is not a JSON object") }
    let reader = ConnectionFileReader(members: members)
    transport = try reader.transport()
    address = try reader.address(transport)
    ports = try reader.ports()
    signer = try reader.signer()
    curveKeys = try reader.curveKeys()
  }
}

/// Why a connection file cannot be used.
package struct ConnectionFileError: Error, Sendable, Equatable, CustomStringConvertible {
  package var path: String?
  package var problem: String

  package var description: String {
    let name = path.map { "'\($0)'" } ?? "it"
    return "No kernel can be started from the connection file \(name): \(problem)."
  }
}
