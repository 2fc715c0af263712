import Foundation
import JSON
import JupyterWire
import Testing

@Suite struct ConnectionFileTests {
  private let members: [String: JSONValue] = [
    "shell_port": 50001, "iopub_port": 50002, "stdin_port": 50003, "control_port": 50004, "hb_port": 50005,
    "ip": "127.0.0.1", "key": "a-b-c", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": "swift",
  ]

  private func read(_ changes: [String: JSONValue?] = [:]) throws -> ConnectionFile {
    var members = members
    for (name, value) in changes { members[name] = value }
    return try ConnectionFile(parsing: JSONValue.object(members).serialized())
  }

  @Test func readsWhatAFrontendWrites() throws {
    let connection = try read()
    #expect(connection.endpoint(.shell) == "tcp://127.0.0.1:50001")
    #expect(connection.endpoint(.hb) == "tcp://127.0.0.1:50005")
    #expect(connection.signer.isSigning)
    #expect(connection.curveKeys == nil)
  }

  @Test func fillsInWhatIsMissing() throws {
    let missing: JSONValue? = .none
    let connection = try read(["ip": missing, "key": missing, "transport": missing, "signature_scheme": .null])
    #expect(connection.endpoint(.iopub) == "tcp://127.0.0.1:50002")
    #expect(!connection.signer.isSigning)
  }

  @Test func knowsOtherAddresses() throws {
    #expect(try read(["ip": "localhost"]).endpoint(.shell) == "tcp://127.0.0.1:50001")
    #expect(try read(["ip": "::1"]).endpoint(.shell) == "tcp://[::1]:50001")
    let ipc = try read(["transport": "ipc", "ip": "/run/user/1000/kernel-1", "shell_port": 1])
    #expect(ipc.endpoint(.shell) == "ipc:///run/user/1000/kernel-1-1")
  }

  @Test func readsCurveKeys() throws {
    let key = String(repeating: "k", count: 40)
    let connection = try read(["curve_publickey": .string(key), "curve_secretkey": .string(key)])
    #expect(connection.curveKeys == ConnectionFile.CurveKeys(publicKey: key, secretKey: key))
  }

  private static let mistakes: [(String, JSONValue, String)] = [
    ("shell_port", 0, "its shell_port is not a number from 1 to 65535"),
    ("shell_port", "50001", "its shell_port is not a number from 1 to 65535"),
    ("hb_port", 65536, "its hb_port is not a number from 1 to 65535"),
    ("hb_port", 50001, "two channels have port 50001"),
    ("ip", "1.2.3.4;tcp://x", "its ip is not an address"),
    ("ip", "", "its ip is not an address"),
    ("ip", 7, "its ip is not text"),
    ("transport", "udp", "its transport is 'udp', known are tcp and ipc"),
    ("key", [], "its key is not text"),
    ("curve_publickey", "short", "its Curve keys are not two keys of 40 characters"),
  ]

  @Test(arguments: mistakes)
  func saysWhatIsWrong(name: String, value: JSONValue, problem: String) {
    let error = #expect(throws: ConnectionFileError.self) { try read([name: value]) }
    #expect(error?.problem == problem)
  }

  @Test func refusesSignaturesItDoesNotKnow() {
    let error = #expect(throws: ConnectionFileError.self) { try read(["signature_scheme": "hmac-md5"]) }
    #expect(error?.problem.contains("'hmac-md5' is unknown") == true)
  }

  @Test func namesTheFile() throws {
    let path = NSTemporaryDirectory() + "martlet-connection-\(UUID().uuidString).json"
    #expect(throws: ConnectionFileError(path: path, problem: "it cannot be opened")) { try ConnectionFile(path: path) }
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("[]".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: ConnectionFileError(path: path, problem: "it is not a JSON object")) {
      try ConnectionFile(path: path)
    }
    try Data(repeating: 0x20, count: 100_000).write(to: URL(fileURLWithPath: path))
    #expect(throws: ConnectionFileError(path: path, problem: "it is longer than 65536 bytes")) {
      try ConnectionFile(path: path)
    }
  }
}
