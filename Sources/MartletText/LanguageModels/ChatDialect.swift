import MartletNumerics

/// How a server of language models is asked, and how it answers.
public enum ChatDialect: String, Sendable, Hashable {
  /// As OpenAI's server: `/chat/completions`, streams of server-sent events.
  case openAI
  /// As Ollama has it itself: `/api/chat`, streams of a JSON value in each line.
  case ollama

  var chatPath: String { self == .openAI ? "/chat/completions" : "/api/chat" }
  var embeddingPath: String { self == .openAI ? "/embeddings" : "/api/embed" }
  var events: ServerSentEvents { self == .openAI ? ServerSentEvents() : ServerSentEvents(mark: "") }
}

extension ChatClient {
  /// The body of a request.
  func body(
    _ messages: [ChatMessage], _ tools: [ChatTool], _ schema: String?, streams: Bool
  ) throws(ChatError) -> String {
    guard !messages.isEmpty else { throw ChatError(.request, "Expected at least one message; found none.") }
    let shape = try schema.map { (text) throws(ChatError) in try Self.schema(text) }
    var members: [(key: String, value: JSONTree)] = [("model", .text(model))]
    switch server.dialect {
    case .openAI:
      members.append(("messages", .list(messages.map(\.tree))))
      if !fallbackModels.isEmpty { members.append(("models", .list(([model] + fallbackModels).map { .text($0) }))) }
      members += settings("temperature", "max_tokens", "seed")
      if !tools.isEmpty { members.append(("tools", try Self.list(tools))) }
      if let shape {
        let named = JSONTree.members([("name", .text("answer")), ("strict", .bool(true)), ("schema", shape)])
        members.append(("response_format", .members([("type", .text("json_schema")), ("json_schema", named)])))
      }
      if streams {
        members.append(("stream", .bool(true)))
        members.append(("stream_options", .members([("include_usage", .bool(true))])))
      }
    case .ollama:
      members.append(("messages", .list(try messages.map { (message) throws(ChatError) in try message.ollamaTree })))
      members.append(("stream", .bool(streams)))
      let options = settings("temperature", "num_predict", "seed")
      if !options.isEmpty { members.append(("options", .members(options))) }
      if !tools.isEmpty { members.append(("tools", try Self.list(tools))) }
      if let shape { members.append(("format", shape)) }
    }
    return JSONTree.members(members).json
  }

  private func settings(_ heat: String, _ most: String, _ start: String) -> [(key: String, value: JSONTree)] {
    var members: [(key: String, value: JSONTree)] = []
    if let temperature { members.append((heat, .number(temperature))) }
    if let maximumTokens { members.append((most, .whole(maximumTokens))) }
    if let seed { members.append((start, .whole(seed))) }
    return members
  }

  private static func list(_ tools: [ChatTool]) throws(ChatError) -> JSONTree {
    .list(
      try tools.map { (tool) throws(ChatError) in
        let function = JSONTree.members([
          ("name", .text(tool.name)), ("description", .text(tool.about)), ("parameters", try schema(tool.schema)),
        ])
        return .members([("type", .text("function")), ("function", function)])
      })
  }

  private static func schema(_ text: String) throws(ChatError) -> JSONTree {
    do {
      return try JSONTreeParser.parse(text.utf8)
    } catch { throw ChatError(.request, "A schema is to be JSON. \(error.description)") }
  }
}

extension ChatMessage {
  /// Ollama wants the arguments of calls as objects, and results without the call's name.
  fileprivate var ollamaTree: JSONTree {
    get throws(ChatError) {
      var members: [(key: String, value: JSONTree)] = [("role", .text(role.rawValue)), ("content", .text(text))]
      if !toolCalls.isEmpty {
        let calls = try toolCalls.map { (call) throws(ChatError) -> JSONTree in
          guard let arguments = try? JSONTreeParser.parse(call.arguments.utf8) else {
            throw ChatError(.request, "The arguments of the call of '\(call.name)' are no JSON: '\(call.arguments)'.")
          }
          return .members([("function", .members([("name", .text(call.name)), ("arguments", arguments)]))])
        }
        members.append(("tool_calls", .list(calls)))
      }
      return .members(members)
    }
  }
}

/// The vectors that a server answers with.
struct ChatVectors {
  let vectors: Tensor<Float>
  let usage: ChatUsage

  /// - Parameter count: how many texts were sent.
  init(_ tree: JSONTree, count: Int) throws(ChatError) {
    // OpenAI numbers its vectors; Ollama gives them in order.
    let numbered = tree["data"]?.list?.sorted { ($0["index"]?.whole ?? 0) < ($1["index"]?.whole ?? 0) }
    let lists = numbered?.map { $0["embedding"]?.list ?? [] } ?? tree["embeddings"]?.list?.map { $0.list ?? [] } ?? []
    let rows = lists.map { $0.map { Float($0.number ?? .nan) } }
    let width = rows.first?.count ?? 0
    guard rows.count == count, width > 0, rows.allSatisfy({ $0.count == width && $0.allSatisfy(\.isFinite) }) else {
      let said = (tree["error"]?["message"]?.text ?? tree["error"]?.text).map { " The server says: \($0)" } ?? ""
      throw ChatError(
        .answer,
        "Expected \(count) vectors of equally many numbers; found \(rows.count) of \(Set(rows.map(\.count)).sorted()).\(said)"
      )
    }
    vectors = Tensor(rows.flatMap { $0 }, shape: [count, width])
    let tokens = tree["usage"]?["prompt_tokens"]?.whole ?? tree["prompt_eval_count"]?.whole ?? 0
    usage = ChatUsage(promptTokens: max(0, min(tokens, 1 << 40)))
  }
}
