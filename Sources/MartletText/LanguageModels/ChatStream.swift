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
    if let message = tree["error"]?["message"]?.text { problem = message }
    if let name = tree["model"]?.text { model = name }
    if let found = ChatUsage(tree["usage"]) { usage = found }
    guard let choice = tree["choices"]?.list?.first else { return "" }
    if let reason = choice["finish_reason"]?.text { finishReason = reason }
    let new = choice["delta"]?["content"]?.text ?? ""
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
}

extension ChatReply {
  /// An answer that comes at once.
  init(_ tree: JSONTree, fallback: String) throws(ChatError) {
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
}
