import Foundation
import JSON
import JupyterWire
import Testing

@Suite struct RegistrationFileTests {
  private let members: [String: JSONValue] = [
    "kernel_id": "k-1", "transport": "tcp", "registration_ip": "127.0.0.1", "registration_port": 51_587,
    "signature_scheme": "hmac-sha256", "key": "secret",
  ]

  private func file(_ changes: [String: JSONValue?]) throws -> RegistrationFile {
    let members = members.merging(changes.compactMapValues { $0 }) { $1 }.filter { changes[$0.key] != .some(nil) }
    return try RegistrationFile(parsing: JSONValue.object(members).serialized())
  }

  @Test func readsWhatTheDocumentationShows() throws {
    let file = try file([:])
    #expect(file.endpoint == "tcp://127.0.0.1:51587")
    #expect(file.dialect == .handshake(kernel: "k-1"))
    #expect(file.signer.isSigning)
  }

  @Test func readsPortsThatAreText() throws { #expect(try file(["registration_port": "7"]).port == 7) }

  @Test func readsWhatPositronWrites() throws {
    let file = try file(["registration_ip": nil, "kernel_id": nil, "ip": "::1"])
    #expect(file.endpoint == "tcp://[::1]:51587")
    #expect(file.dialect == .messages)
  }

  @Test(
    arguments: [
      (["registration_port": 0], "its registration_port is not a number from 1 to 65535"),
      (["registration_port": "x"], "its registration_port is not a number from 1 to 65535"),
      (["registration_ip": "a b"], "its registration_ip is not an address"),
      (["transport": "ipc"], "its transport is ipc, and kernels register by tcp only"),
      (["key": 7], "its key is not text"),
    ] as [([String: JSONValue], String)])
  func saysWhatIsWrong(changes: [String: JSONValue], problem: String) {
    let error = #expect(throws: ConnectionFileError.self) { try file(changes.mapValues { $0 }) }
    #expect(error?.problem == problem)
  }

  @Test func startupFilesAreOfEitherKind() throws {
    guard case .registration(let file) = try StartupFile(parsing: JSONValue.object(members).serialized()) else {
      Issue.record("a registration file was taken for something else")
      return
    }
    #expect(file.port == 51_587)
    let ports: JSONValue = [
      "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "key": "k",
    ]
    guard case .connection(let connection) = try StartupFile(parsing: ports.serialized()) else {
      Issue.record("a connection file was taken for something else")
      return
    }
    #expect(connection.endpoint(.hb) == "tcp://127.0.0.1:5")
    #expect(throws: ConnectionFileError.self) { try StartupFile(path: "/nowhere/at/all") }
  }

  @Test func freePortsAreTheSystemsChoice() {
    let connection = ConnectionFile(freePortsOf: "127.0.0.1", signer: MessageSigner(key: []))
    #expect(connection.endpoint(.shell) == "tcp://127.0.0.1:*")
  }
}
