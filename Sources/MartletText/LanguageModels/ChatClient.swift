import CMartletRuntime
import Foundation
import MartletNumerics
import Synchronization

/// Talks with language models on servers that speak OpenAI's chat completions: OpenRouter, Ollama, vLLM, llama.cpp, LM Studio
/// and OpenAI itself.
///
///     let client = ChatClient(.ollama, model: "llama3.2")
///     try client.complete([.user("Name three birds.")]).text
///     try client.stream([.user("Tell me a story.")]) { print($0, terminator: "") }
///
/// Answers that take too long, servers that are busy and connections that break are tried again, ``retries`` times, after
/// waits that double. With a ``ChatRecording`` as transport nothing goes over the network.
public struct ChatClient: Sendable {
  /// Where a server is.
  public struct Server: Sendable, Equatable {
    /// The address before `/chat/completions`, or `/api/chat`.
    public let baseURL: String
    /// The variable that usually holds its key; `nil` for servers without keys.
    public let keyVariable: String?
    /// How it is asked.
    public let dialect: ChatDialect

    /// A server of your own.
    public init(_ baseURL: String, keyVariable: String? = nil, dialect: ChatDialect = .openAI) {
      self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
      self.keyVariable = keyVariable
      self.dialect = dialect
    }
    /// OpenRouter, which passes on to many models.
    public static let openRouter = Server("https://openrouter.ai/api/v1", keyVariable: "OPENROUTER_API_KEY")
    /// OpenAI.
    public static let openAI = Server("https://api.openai.com/v1", keyVariable: "OPENAI_API_KEY")
    /// Ollama on this machine.
    public static let ollama = Server("http://localhost:11434/v1")
    /// Ollama on this machine, asked as Ollama itself has it: for versions or settings that do not speak OpenAI's language.
    public static let ollamaNative = Server("http://localhost:11434", dialect: .ollama)
    /// LM Studio on this machine.
    public static let lmStudio = Server("http://localhost:1234/v1")
    /// The server of llama.cpp on this machine.
    public static let llamaCpp = Server("http://localhost:8080/v1")
    /// vLLM on this machine.
    public static let vLLM = Server("http://localhost:8000/v1")
  }

  /// Where the server is.
  public let server: Server
  /// The model's name.
  public var model: String
  /// Models that are asked when the first cannot answer; OpenRouter knows what to do with them.
  public var fallbackModels: [String] = []
  /// How freely words are chosen: 0 for the most probable; `nil` for the server's choice.
  public var temperature: Double?
  /// The most tokens of an answer; `nil` for the server's choice.
  public var maximumTokens: Int?
  /// What chances are drawn from, where the server takes it.
  public var seed: Int?
  /// How many seconds of silence are waited through.
  public var timeout = 60.0
  /// How often a request is tried again.
  public var retries = 3
  /// How many seconds are waited before the first new try; then twice as many each time.
  public var firstWait = 0.5
  /// What tokens cost.
  public var price: ChatPrice?
  let key: APIKey?
  let transport: any ChatTransport
  private let account = ChatAccount()

  /// - Parameters:
  ///   - server: where the server is.
  ///   - model: the model's name.
  ///   - key: what lets the client in; `nil` for the server's usual variable, where that is set.
  ///   - transport: the network, or a recording.
  public init(_ server: Server, model: String, key: APIKey? = nil, transport: any ChatTransport = NetworkTransport()) {
    self.server = server
    self.model = model
    self.key = key ?? server.keyVariable.flatMap { try? APIKey(environment: $0) }
    self.transport = transport
  }

  /// How many tokens this client and its copies have used.
  public var usage: ChatUsage { account.usage }
  /// What they cost; `nil` without a price.
  public var cost: Double? { price.map { $0.cost(of: usage) } }

  /// The model's answer to a conversation.
  ///
  /// - Parameters:
  ///   - messages: the conversation, the last message last; at least one.
  ///   - tools: what the model may ask for; it does not run them, ``run(_:tools:maximumSteps:)`` does.
  ///   - schema: a JSON schema that the answer is to fit.
  /// - Throws: ``ChatError``.
  public func complete(
    _ messages: [ChatMessage], tools: [ChatTool] = [], schema: String? = nil
  ) throws(ChatError) -> ChatReply {
    let tree = try answer(server.dialect.chatPath, try body(messages, tools, schema, streams: false))
    let reply = try ChatReply(tree, server.dialect, fallback: model)
    account.add(reply.usage)
    return reply
  }

  /// The model's answer, whose parts are given to `receive` as they come.
  /// - Throws: ``ChatError``. What was received before stays received: a broken stream is not tried again.
  public func stream(_ messages: [ChatMessage], receive: (String) -> Void) throws(ChatError) -> ChatReply {
    let body = try body(messages, [], nil, streams: true)
    var (events, parts) = (server.dialect.events, ChatStream(model: model))
    try send(server.dialect.chatPath, body) {
      events = server.dialect.events
    } hasStarted: {
      !parts.text.isEmpty
    } receive: { piece in
      for event in events.add(piece) {
        let text = parts.add(event)
        if !text.isEmpty { receive(text) }
      }
    }
    let reply = try parts.finished()
    account.add(reply.usage)
    return reply
  }

  /// The model's answer as a value: it is asked for JSON that fits a schema, and what it gives is decoded.
  ///
  ///     struct Bird: Decodable { let name: String; let wingspan: Double }
  ///     try client.decode(Bird.self, schema: #"{"type":"object","properties":{…}}"#, from: [.user("Describe the martlet.")])
  /// - Throws: ``ChatError``, of kind `answer` when the JSON does not fit.
  public func decode<Value: Decodable>(
    _ type: Value.Type, schema: String, from messages: [ChatMessage]
  ) throws(ChatError) -> Value {
    let reply = try complete(messages, schema: schema)
    do {
      return try JSONDecoder().decode(type, from: Data(Self.withoutFence(reply.text).utf8))
    } catch {
      throw ChatError(.answer, "Expected JSON of a \(type), found '\(reply.text.prefix(200))'.")
    }
  }

  /// The vectors of texts, as a model for embeddings on the server has them: `[texts, width]`.
  ///
  ///     let client = ChatClient(.ollama, model: "nomic-embed-text")
  ///     try client.embed(["A cat sits on the mat.", "A kitten is on the rug."])
  /// - Parameter texts: at least one.
  /// - Throws: ``ChatError``, of kind `answer` when the vectors are not as many, or not equally long.
  public func embed(_ texts: [String]) throws(ChatError) -> Tensor<Float> {
    guard !texts.isEmpty else { throw ChatError(.request, "Expected at least one text; found none.") }
    let body = JSONTree.members([("model", .text(model)), ("input", .list(texts.map { .text($0) }))]).json
    let found = try ChatVectors(try answer(server.dialect.embeddingPath, body), count: texts.count)
    account.add(found.usage)
    return found.vectors
  }

  /// Lets the model ask for tools until it answers.
  ///
  /// - Parameters:
  ///   - messages: the conversation.
  ///   - tools: what it may ask for. An error that a tool throws is told to the model.
  ///   - maximumSteps: how often it may ask at most.
  /// - Returns: the whole conversation, the answer last.
  /// - Throws: ``ChatError``, of kind `answer` when it asks too often.
  public func run(
    _ messages: [ChatMessage], tools: [ChatTool], maximumSteps: Int = 8
  ) throws(ChatError) -> [ChatMessage] {
    var conversation = messages
    for _ in 0...max(maximumSteps, 0) {
      let reply = try complete(conversation, tools: tools)
      conversation.append(reply.message)
      if reply.message.toolCalls.isEmpty { return conversation }
      for call in reply.message.toolCalls { conversation.append(.tool(Self.result(of: call, tools), for: call)) }
    }
    throw ChatError(
      .answer,
      "The model asked for tools \(maximumSteps + 1) times without answering. Allow more steps, or say more clearly what is wanted."
    )
  }

  private static func result(of call: ChatMessage.ToolCall, _ tools: [ChatTool]) -> String {
    guard let tool = tools.first(where: { $0.name == call.name }) else {
      return "Error: there is no tool '\(call.name)'."
    }
    do { return try tool.run(call.arguments) } catch { return "Error: \(error)" }
  }

  /// Models like to put JSON between marks of Markdown.
  private static func withoutFence(_ text: String) -> String {
    var text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.hasPrefix("```"), text.hasSuffix("```"), let line = text.firstIndex(of: "\n") else { return text }
    text = String(text[text.index(after: line)...].dropLast(3))
    return text
  }

  /// The statuses that may be others the next time.
  private static let passing: Set<Int> = [408, 409, 425, 429, 500, 502, 503, 504]

  /// An answer that comes at once.
  private func answer(_ path: String, _ body: String) throws(ChatError) -> JSONTree {
    var data = Data()
    try send(path, body) {
      data = Data()
    } receive: {
      data.append($0)
    }
    do {
      return try JSONTreeParser.parse(data)
    } catch { throw ChatError(.answer, "The answer is not JSON. \(error.description)") }
  }

  /// Sends a request, and again where that may help.
  private func send(
    _ path: String, _ body: String, startAnew: () -> Void, hasStarted: () -> Bool = { false }, receive: (Data) -> Void
  ) throws(ChatError) {
    let request = ChatRequest(url: server.baseURL + path, body: body, timeout: timeout)
    var wait = firstWait
    for attempt in 0...max(retries, 0) {
      startAnew()
      var refusal = Data()
      var problem: ChatError
      var asked: Double?
      do throws(ChatError) {
        let answer = try transport.send(request, key: key) { piece in
          // What a refusal says is short; the rest of a long answer is not needed twice.
          if refusal.count < 4_096 { refusal.append(piece.prefix(4_096)) }
          receive(piece)
        }
        if answer.status == 200 { return }
        asked = answer.retryAfter
        problem = refused(answer.status, refusal)
      } catch {
        problem = error
      }
      let mayPass = problem.kind == .connection || problem.status.map { Self.passing.contains($0) } == true
      guard mayPass else { throw problem }
      if attempt == retries || hasStarted() { throw problem }
      Self.sleep(min(asked ?? wait, 60))
      wait *= 2
    }
  }

  private func refused(_ status: Int, _ answer: Data) -> ChatError {
    let tree = try? JSONTreeParser.parse(answer)
    let said =
      tree?["error"]?["message"]?.text ?? tree?["error"]?.text ?? String(decoding: answer.prefix(300), as: UTF8.self)
    let advice =
      switch status {
      case 401, 403: " Is \(key?.variable ?? server.keyVariable ?? "a key") set, and right?"
      case 404: " Is there a model '\(model)' at \(server.baseURL)?"
      default: ""
      }
    let reason = key?.redacted(said) ?? said
    let stop = advice.isEmpty || reason.last.map { ".!?".contains($0) } == true ? "" : "."
    return ChatError(.refused, "\(server.baseURL) refused with \(status): \(reason)\(stop)\(advice)", status: status)
  }

  private static func sleep(_ seconds: Double) {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      martlet_poll()
      Thread.sleep(forTimeInterval: min(0.02, max(0, end.timeIntervalSinceNow)))
    }
  }
}

/// The tokens that a client and its copies have used.
private final class ChatAccount: Sendable {
  private let total = Mutex(ChatUsage())
  var usage: ChatUsage { total.withLock { $0 } }
  func add(_ usage: ChatUsage) { total.withLock { $0 = $0 + usage } }
}
