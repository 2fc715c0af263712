import MartletNumerics

/// An answer that comes in parts.
struct ChatStream {
  private(set) var text = ""
  private var finishReason: String?
  private var usage = ChatUsage()
  private var model: String
  private var isEnded = false
  private var problem: String?

  init(model: String) { self.model = model }

  /// Takes one event, and gives the text that it adds.
  mutating func add(_ event: String) -> String {
    if event == "[DONE]" {
      isEnded = true
      return ""
    }
    guard let tree = try? JSONTreeParser.parse(event.utf8) else {
      problem = problem ?? "a part of the stream is not JSON: '\(event.prefix(100))'"
      return ""
    }
    if let message = tree["error"]?["message"]?.text ?? tree["error"]?.text { problem = message }
    if let name = tree["model"]?.text { model = name }
    // Ollama's own parts have a message each, and the last one says how much there was.
    if let part = tree["message"] {
      if tree["done"]?.bool == true {
        (isEnded, finishReason) = (true, tree["done_reason"]?.text ?? "stop")
        usage = ChatUsage(ollama: tree)
      }
      return added(part["content"]?.text ?? "")
    }
    if let found = ChatUsage(tree["usage"]) { usage = found }
    guard let choice = tree["choices"]?.list?.first else { return "" }
    if let reason = choice["finish_reason"]?.text { finishReason = reason }
    return added(choice["delta"]?["content"]?.text ?? "")
  }

  private mutating func added(_ new: String) -> String {
    text += new
    return new
  }

  func finished() throws(ChatError) -> ChatReply {
    if let problem { throw ChatError(.answer, "The stream ended with a problem: \(problem)") }
    guard isEnded || finishReason != nil else {
      throw ChatError(.answer, "The stream broke off after \(text.count) characters.")
    }
    return ChatReply(message: .assistant(text), finishReason: finishReason ?? "stop", usage: usage, model: model)
  }
}

extension ChatUsage {
  init?(_ tree: JSONTree?) {
    guard let prompt = tree?["prompt_tokens"]?.whole, let completion = tree?["completion_tokens"]?.whole,
      prompt >= 0, completion >= 0, max(prompt, completion) < 1 << 40
    else { return nil }
    self.init(promptTokens: prompt, completionTokens: completion)
  }

  /// As Ollama counts, which leaves out what it had already read.
  init(ollama tree: JSONTree) {
    func count(_ name: String) -> Int { tree[name]?.whole.flatMap { 0..<1 << 40 ~= $0 ? $0 : nil } ?? 0 }
    self.init(promptTokens: count("prompt_eval_count"), completionTokens: count("eval_count"))
  }
}

extension ChatReply {
  /// An answer that comes at once.
  init(_ tree: JSONTree, _ dialect: ChatDialect, fallback: String) throws(ChatError) {
    if dialect == .ollama {
      try self.init(ollama: tree, fallback: fallback)
      return
    }
    guard let choice = tree["choices"]?.list?.first, let message = choice["message"] else {
      let said = tree["error"]?["message"]?.text.map { " The server says: \($0)" } ?? ""
      throw ChatError(.answer, "Expected an answer with at least one choice; found none.\(said)")
    }
    var own = ChatMessage.assistant(message["content"]?.text ?? "")
    for call in message["tool_calls"]?.list ?? [] {
      guard let id = call["id"]?.text, let name = call["function"]?["name"]?.text,
        let arguments = call["function"]?["arguments"]?.text
      else { throw ChatError(.answer, "The model asked for a tool without id, name or arguments.") }
      own.toolCalls.append(.init(id: id, name: name, arguments: arguments))
    }
    self.init(
      message: own, finishReason: choice["finish_reason"]?.text ?? "stop",
      usage: ChatUsage(tree["usage"]) ?? ChatUsage(),
      model: tree["model"]?.text ?? fallback)
  }
  private init(ollama tree: JSONTree, fallback: String) throws(ChatError) {
    guard let message = tree["message"] else {
      let said = tree["error"]?.text.map { " The server says: \($0)" } ?? ""
      throw ChatError(.answer, "Expected an answer with a message; found none.\(said)")
    }
    var own = ChatMessage.assistant(message["content"]?.text ?? "")
    for (place, call) in (message["tool_calls"]?.list ?? []).enumerated() {
      guard let name = call["function"]?["name"]?.text, let arguments = call["function"]?["arguments"] else {
        throw ChatError(.answer, "The model asked for a tool without name or arguments.")
      }
      own.toolCalls.append(.init(id: "call-\(place)", name: name, arguments: arguments.json))
    }
    self.init(
      message: own, finishReason: tree["done_reason"]?.text ?? "stop", usage: ChatUsage(ollama: tree),
      model: tree["model"]?.text ?? fallback)
  }
}
