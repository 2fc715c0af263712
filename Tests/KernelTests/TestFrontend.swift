import Foundation
import JSON
import JupyterWire
import Kernel
import Synchronization
import Testing
import ZeroMQ

/// A kernel with a scripted evaluator, and a frontend that talks to it over real sockets.
final class TestFrontend {
  let evaluator = ScriptedEvaluator()
  let server: KernelServer
  let log = Lines()
  let connection: ConnectionFile
  private(set) var welcome: Message!
  private let codec: MessageCodec
  private let context: Context
  private var sockets: [ConnectionFile.Channel: Socket] = [:]
  private let folder: String
  private static let identity = Array("frontend".utf8)

  final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func append(_ line: String) { lines.withLock { $0.append(line) } }
  }

  /// - Parameter members: what the connection file has beside the ports, the key and an ipc address.
  init(_ members: [String: JSONValue] = [:], subscribes: Bool = true) throws {
    folder = "/tmp/martlet-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var file: [String: JSONValue] = [
      "transport": "ipc", "ip": .string(folder + "/k"), "key": "secret",
      "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
    ]
    file.merge(members) { $1 }
    connection = try ConnectionFile(parsing: JSONValue.object(file).serialized())
    codec = MessageCodec(signer: connection.signer)
    context = try Context()
    server = try KernelServer(connection: connection, evaluator: evaluator, log: KernelLog(write: log.append))
    for channel in [ConnectionFile.Channel.shell, .control, .stdin] { try connect(.dealer, channel) }
    if subscribes { try subscribe() }
  }

  deinit {
    server.close()
    sockets = [:]
    try? FileManager.default.removeItem(atPath: folder)
  }

  func connect(_ kind: Socket.Kind, _ channel: ConnectionFile.Channel) throws {
    let socket = try Socket(kind, in: context)
    try socket.setLinger(milliseconds: 0)
    // A busy machine is no failure.
    try socket.setTimeout(milliseconds: 60_000)
    if kind == .dealer { try socket.setIdentity(Self.identity) }
    if let keys = connection.curveKeys {
      let mine = try CurveKeyPair()
      try socket.connectCurve(serverKey: keys.publicKey, publicKey: mine.publicKey, secretKey: mine.secretKey)
    }
    try socket.connect(connection.endpoint(channel))
    if kind == .subscribe { try socket.subscribe() }
    sockets[channel] = socket
  }

  func subscribe() throws {
    try connect(.subscribe, .iopub)
    welcome = try receive(.iopub)
  }

  func socket(_ channel: ConnectionFile.Channel) throws -> Socket { try #require(sockets[channel]) }

  /// Sends a message and returns it, as the parent to look for.
  @discardableResult
  func send(
    _ type: String, _ content: JSONValue = [:], on channel: ConnectionFile.Channel = .shell, metadata: JSONValue = [:],
    subshell: String? = nil
  ) throws -> Message {
    var header = MessageHeader(type: type, session: "client")
    if let subshell {
      var members = try JSONValue(parsing: header.encoded).object ?? [:]
      members["subshell_id"] = .string(subshell)
      header = try MessageHeader(parsing: JSONValue.object(members).serializedBytes())
    }
    let message = Message(header: header, metadata: metadata, content: content)
    try socket(channel).send(codec.encode(message))
    return message
  }

  @discardableResult
  func execute(
    _ code: String, _ more: JSONValue = [:], metadata: JSONValue = [:], subshell: String? = nil
  ) throws -> Message {
    var content: [String: JSONValue] = ["code": .string(code)]
    content.merge(more.object ?? [:]) { $1 }
    return try send("execute_request", .object(content), metadata: metadata, subshell: subshell)
  }

  /// The next message on a channel, without the `starting` that a quick subscriber sees.
  func receive(_ channel: ConnectionFile.Channel, sourceLocation: SourceLocation = #_sourceLocation) throws -> Message {
    while true {
      let frames = try #require(
        try socket(channel).receive(), "nothing came on \(channel)", sourceLocation: sourceLocation)
      let message = try codec.decode(frames)
      if message.content["execution_state"] != "starting" { return message }
    }
  }

  /// What is published up to and including the `idle` of a request.
  func published(until request: Message, sourceLocation: SourceLocation = #_sourceLocation) throws -> [Message] {
    var messages: [Message] = []
    while true {
      let message = try receive(.iopub, sourceLocation: sourceLocation)
      messages.append(message)
      if message.content["execution_state"] == "idle" && message.answers(request) { return messages }
    }
  }

  /// Runs a request to its end and returns its reply and what was published meanwhile.
  func complete(
    _ request: Message, on channel: ConnectionFile.Channel = .shell, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> (reply: Message, published: [Message]) {
    let reply = try receive(channel, sourceLocation: sourceLocation)
    #expect(reply.answers(request), sourceLocation: sourceLocation)
    return (reply, try published(until: request, sourceLocation: sourceLocation))
  }

  /// Whether nothing more comes on a channel for a while.
  func isQuiet(_ channel: ConnectionFile.Channel, milliseconds: Int = 150) throws -> Bool {
    usleep(UInt32(milliseconds) * 1000)
    return try socket(channel).receive(wait: false) == nil
  }
}

extension Message {
  func answers(_ request: Message) -> Bool { parentHeader == request.header.encoded }
}

extension [Message] {
  /// The ordered transcript: each message as `type`, or with what distinguishes it: `status busy`, `stream stdout
  /// text`.
  func transcript(of request: Message) -> [String] {
    map { message in
      let parent = message.answers(request) ? "" : " (of another request)"
      return switch message.header.type {
      case "status": "status \(message.content["execution_state"]?.string ?? "")\(parent)"
      case "stream":
        "stream \(message.content["name"]?.string ?? "") \(message.content["text"]?.string ?? "")\(parent)"
      default: message.header.type + parent
      }
    }
  }
}
