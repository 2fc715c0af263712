import Foundation
import JSON

/// Takes the members of a connection file one by one, each checked.
struct ConnectionFileReader {
  let members: [String: JSONValue]

  init(parsing bytes: some DataProtocol) throws(ConnectionFileError) {
    let value: JSONValue
    do { value = try JSONValue(parsing: bytes) } catch { throw ConnectionFileError(problem: error.description) }
    guard let members = value.object else { throw ConnectionFileError(problem: "it is not a JSON object") }
    self.members = members
  }

  func transport() throws(ConnectionFileError) -> ConnectionFile.Transport {
    let name = try text("transport", default: "tcp")
    guard let transport = ConnectionFile.Transport(rawValue: name) else {
      throw ConnectionFileError(problem: "its transport is '\(name)', known are tcp and ipc")
    }
    return transport
  }

  func address(
    _ transport: ConnectionFile.Transport, named name: String = "ip"
  ) throws(ConnectionFileError) -> String {
    let address = try text(name, default: transport == .tcp ? "127.0.0.1" : nil)
    switch transport {
    case .tcp:
      // What ZeroMQ reads as an interface or address, and nothing that could end it and begin something else.
      let isPlain = address.utf8.allSatisfy { byte in
        let character = Character(Unicode.Scalar(byte))
        return byte < 0x80 && (character.isLetter || character.isNumber || ".:-_%*".contains(character))
      }
      guard isPlain, !address.isEmpty, address.utf8.count <= 255 else {
        throw ConnectionFileError(problem: "its \(name) is not an address")
      }
      return address == "localhost" ? "127.0.0.1" : address
    case .ipc:
      // A socket's path has at most 107 bytes, and the port still follows.
      guard !address.isEmpty, address.utf8.count <= 100, !address.utf8.contains(0) else {
        throw ConnectionFileError(problem: "its ip is not the beginning of a socket's path, of at most 100 bytes")
      }
      return address
    }
  }

  func ports() throws(ConnectionFileError) -> [ConnectionFile.Channel: Int] {
    var ports: [ConnectionFile.Channel: Int] = [:]
    for channel in ConnectionFile.Channel.allCases {
      let port = try port(channel.rawValue + "_port")
      guard !ports.values.contains(port) else { throw ConnectionFileError(problem: "two channels have port \(port)") }
      ports[channel] = port
    }
    return ports
  }

  /// - Parameter isText: whether the number may also be given as text.
  func port(_ name: String, isText: Bool = false) throws(ConnectionFileError) -> Int {
    let number = members[name]?.integer ?? (isText ? members[name]?.string.flatMap { Int($0) } : nil)
    guard let number, (1...65_535).contains(number) else {
      throw ConnectionFileError(problem: "its \(name) is not a number from 1 to 65535")
    }
    return number
  }

  func signer() throws(ConnectionFileError) -> MessageSigner {
    let key = try text("key", default: "")
    let name = try text("signature_scheme", default: MessageSigner.Scheme.sha256.rawValue)
    if let scheme = MessageSigner.Scheme(rawValue: name) { return MessageSigner(scheme: scheme, key: Array(key.utf8)) }
    guard key.isEmpty else { throw ConnectionFileError(problem: WireError.unknownScheme(name).description) }
    return MessageSigner(key: [])
  }

  func curveKeys() throws(ConnectionFileError) -> ConnectionFile.CurveKeys? {
    let publicKey = try text("curve_publickey", default: "")
    let secretKey = try text("curve_secretkey", default: "")
    if publicKey.isEmpty && secretKey.isEmpty { return nil }
    guard publicKey.utf8.count == 40, secretKey.utf8.count == 40 else {
      throw ConnectionFileError(problem: "its Curve keys are not two keys of 40 characters")
    }
    return ConnectionFile.CurveKeys(publicKey: publicKey, secretKey: secretKey)
  }

  /// A member's text; `null` counts as missing.
  func text(_ name: String, default standard: String?) throws(ConnectionFileError) -> String {
    switch members[name] {
    case .string(let text): return text
    case nil, .null:
      if let standard { return standard }
      throw ConnectionFileError(problem: "it has no \(name)")
    default: throw ConnectionFileError(problem: "its \(name) is not text")
    }
  }
}
