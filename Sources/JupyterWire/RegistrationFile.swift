import Foundation

/// Where a launcher waits to be told on which ports its kernel listens, so that nobody else can take them meanwhile.
///
/// The kernel chooses the ports (Jupyter's kernel startup handshake, protocol 5.6).
package struct RegistrationFile: Sendable {
  /// How the launcher wants to be told.
  package enum Dialect: Sendable, Equatable {
    /// As the protocol's documentation has it: one signed JSON object, with the identifier that the file has for the
    /// kernel.
    case handshake(kernel: String)
    /// As Positron has it, which was there before the documentation: the message `handshake_request` and its reply.
    case messages
  }

  package var dialect: Dialect
  /// The launcher's address.
  package var address: String
  package var port: Int
  /// What signs messages with the key that launcher, frontends and kernel share.
  package var signer: MessageSigner

  /// The ZeroMQ endpoint to tell.
  package var endpoint: String { "tcp://\(address.contains(":") ? "[\(address)]" : address):\(port)" }

  /// Reads a registration file's content.
  package init(parsing bytes: some DataProtocol) throws(ConnectionFileError) {
    try self.init(ConnectionFileReader(parsing: bytes))
  }

  init(_ reader: ConnectionFileReader) throws(ConnectionFileError) {
    guard try reader.transport() == .tcp else {
      throw ConnectionFileError(problem: "its transport is ipc, and kernels register by tcp only")
    }
    let isDocumented = reader.members["registration_ip"] != nil
    address = try reader.address(.tcp, named: isDocumented ? "registration_ip" : "ip")
    // xeus, the first to speak this, has it as text.
    port = try reader.port("registration_port", isText: true)
    signer = try reader.signer()
    dialect = isDocumented ? .handshake(kernel: try reader.text("kernel_id", default: "")) : .messages
  }
}

/// The file that a kernel is started with.
package enum StartupFile: Sendable {
  case connection(ConnectionFile)
  case registration(RegistrationFile)

  /// Reads a file of either kind.
  package init(path: String) throws(ConnectionFileError) {
    do {
      try self.init(parsing: ConnectionFile.read(path))
    } catch {
      throw ConnectionFileError(path: path, problem: error.problem)
    }
  }

  /// Reads the content of a file of either kind.
  package init(parsing bytes: some DataProtocol) throws(ConnectionFileError) {
    let reader = try ConnectionFileReader(parsing: bytes)
    if reader.members["registration_port"] != nil {
      self = .registration(try RegistrationFile(reader))
    } else {
      self = .connection(try ConnectionFile(parsing: bytes))
    }
  }
}
