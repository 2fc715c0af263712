import Foundation
import MartletNumerics

/// Answers in place of a server: no network, no key and no model, so that a notebook or a test always runs, and always says
/// the same.
///
///     let transport = ChatStandIn { messages in "You said: \(messages.last?.text ?? "")" }
///     let client = ChatClient(.ollama, model: "stand-in", transport: transport)
///     try client.complete([.user("Good morning.")]).text      // You said: Good morning.
///
/// Its answers go through everything that a server's go through: they are written as JSON, as OpenAI's servers or Ollama
/// write it, streamed where a stream is asked for, and read again. Tools are not called; ``ChatRecording`` keeps what a
/// real server said.
public struct ChatStandIn: ChatTransport {
  private let usage: ChatUsage?
  private let answer: @Sendable ([ChatMessage]) -> String

  /// - Parameters:
  ///   - usage: how many tokens each answer is said to take; by default the words of the conversation, and of the answer.
  ///   - answer: what is said to a conversation, the last message last.
  public init(usage: ChatUsage? = nil, _ answer: @escaping @Sendable ([ChatMessage]) -> String) {
    self.usage = usage
    self.answer = answer
  }

  public func send(
    _ request: ChatRequest, key: APIKey?, receive: (Data) -> Void
  ) throws(ChatError) -> (status: Int, retryAfter: Double?) {
    guard let tree = try? JSONTreeParser.parse(request.body.utf8), let list = tree["messages"]?.list else {
      throw ChatError(.request, "A stand-in answers conversations; \(request.url) asks for something else.")
    }
    let messages = list.map { ChatMessage(.init(rawValue: $0["role"]?.text ?? "") ?? .user, $0["content"]?.text ?? "") }
    let text = answer(messages)
    let took = usage ?? ChatUsage(promptTokens: Self.words(messages.map(\.text)), completionTokens: Self.words([text]))
    let streams = tree["stream"]?.bool == true
    let reply = StandInReply(text: text, model: tree["model"]?.text ?? "", usage: took)
    let dialect: ChatDialect = request.url.hasSuffix(ChatDialect.ollama.chatPath) ? .ollama : .openAI
    for piece in streams ? reply.stream(dialect) : [reply.whole(dialect)] { receive(Data(piece.utf8)) }
    return (200, nil)
  }

  private static func words(_ texts: [String]) -> Int {
    texts.map { $0.split(whereSeparator: \.isWhitespace).count }.reduce(0, +)
  }
}

/// An answer as servers write it.
private struct StandInReply {
  let text: String
  let model: String
  let usage: ChatUsage

  func whole(_ dialect: ChatDialect) -> String {
    let message = JSONTree.members([("role", .text("assistant")), ("content", .text(text))])
    if dialect == .ollama { return ollama(message, isDone: true) }
    let choice = JSONTree.members([("message", message), ("finish_reason", .text("stop"))])
    return JSONTree.members([("model", .text(model)), ("choices", .list([choice])), ("usage", openAIUsage)]).json
  }

  /// The answer word by word.
  func stream(_ dialect: ChatDialect) -> [String] {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).enumerated().map { index, word in
      (index == 0 ? "" : " ") + word
    }
    if dialect == .ollama {
      return parts.map {
        ollama(.members([("role", .text("assistant")), ("content", .text($0))]), isDone: false) + "\n"
      }
        + [ollama(.members([("role", .text("assistant")), ("content", .text(""))]), isDone: true) + "\n"]
    }
    func event(_ choices: [JSONTree], _ more: [(key: String, value: JSONTree)] = []) -> String {
      "data: \(JSONTree.members([("model", .text(model)), ("choices", .list(choices))] + more).json)\n\n"
    }
    let deltas = parts.map { event([.members([("delta", .members([("content", .text($0))]))])]) }
    let end = JSONTree.members([("delta", .members([])), ("finish_reason", .text("stop"))])
    return deltas + [event([end]), event([], [("usage", openAIUsage)]), "data: [DONE]\n\n"]
  }

  private var openAIUsage: JSONTree {
    .members([("prompt_tokens", .whole(usage.promptTokens)), ("completion_tokens", .whole(usage.completionTokens))])
  }

  private func ollama(_ message: JSONTree, isDone: Bool) -> String {
    var members: [(key: String, value: JSONTree)] = [
      ("model", .text(model)), ("message", message), ("done", .bool(isDone)),
    ]
    if isDone {
      members += [
        ("done_reason", .text("stop")), ("prompt_eval_count", .whole(usage.promptTokens)),
        ("eval_count", .whole(usage.completionTokens)),
      ]
    }
    return JSONTree.members(members).json
  }
}
