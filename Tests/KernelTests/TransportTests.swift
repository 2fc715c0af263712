import Foundation
import JSON
import JupyterWire
import Kernel
import Testing
import ZeroMQ

@Suite(.serialized) struct TransportTests {
  /// Five ports that nobody uses at the moment.
  private func freePorts() throws -> [String: JSONValue] {
    let context = try Context()
    var ports: [String: JSONValue] = ["transport": "tcp", "ip": "127.0.0.1"]
    let sockets = try ConnectionFile.Channel.allCases.map { channel in
      let socket = try Socket(.router, in: context)
      try socket.bind("tcp://127.0.0.1:*")
      let port = try #require(Int(try socket.lastEndpoint().split(separator: ":").last ?? ""))
      ports[channel.rawValue + "_port"] = .integer(port)
      return socket
    }
    for socket in sockets { socket.close() }
    return ports
  }

  private func runsACell(_ members: [String: JSONValue]) throws {
    let frontend = try TestFrontend(members)
    let request = try frontend.execute("print hello")
    let (reply, published) = try frontend.complete(request)
    #expect(reply.content["status"] == "ok")
    #expect(published.transcript(of: request).contains("stream stdout hello\n"))
  }

  @Test func worksOverTCP() throws { try runsACell(try freePorts()) }

  @Test func worksEncrypted() throws {
    let keys = try CurveKeyPair()
    var members = try freePorts()
    members["curve_publickey"] = .string(keys.publicKey)
    members["curve_secretkey"] = .string(keys.secretKey)
    try runsACell(members)
  }

  @Test func worksWithOtherSignatures() throws {
    try runsACell(["signature_scheme": "hmac-sha512"])
    try runsACell(["key": ""])
  }

  @Test func aPortThatIsTakenIsAnError() throws {
    let ports = try freePorts()
    let frontend = try TestFrontend(ports)
    let error = #expect(throws: ZeroMQError.self) {
      try KernelServer(connection: frontend.connection, evaluator: ScriptedEvaluator())
    }
    #expect(error?.description.hasSuffix("Address already in use.") == true)
  }

  /// The ports of a kernel that has ended can be had again, and its threads are gone.
  @Test func startsAndStopsManyTimes() throws {
    let ports = try freePorts()
    let before = try threads()
    for _ in 0..<20 { try runsACell(ports) }
    var after = try threads()
    for _ in 0..<50 where after > before + 4 {
      usleep(20_000)
      after = try threads()
    }
    #expect(after <= before + 4)
  }

  private func threads() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }

  /// A subscriber that reads nothing does not hold up the kernel for ever, and the cell's reply still comes.
  @Test func aFrontendThatDoesNotReadHoldsUpNobody() throws {
    let frontend = try TestFrontend(try freePorts())
    let picture = String(repeating: "x", count: 1000)
    let request = try frontend.execute(Array(repeating: "display \(picture)", count: 50_000).joined(separator: "\n"))
    let reply = try frontend.receive(.shell)
    #expect(reply.answers(request))
    #expect(frontend.log.all.contains { $0.contains("loses messages") })
    let question = try frontend.send("kernel_info_request", on: .control)
    #expect(try frontend.receive(.control).answers(question))
  }
}
