/// How many tokens a conversation took.
public struct ChatUsage: Sendable, Equatable {
  /// How many tokens were sent.
  public var promptTokens: Int
  /// How many tokens were answered.
  public var completionTokens: Int

  /// - Parameters:
  ///   - promptTokens: how many tokens were sent.
  ///   - completionTokens: how many tokens were answered.
  public init(promptTokens: Int = 0, completionTokens: Int = 0) {
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
  }

  static func + (a: ChatUsage, b: ChatUsage) -> ChatUsage {
    ChatUsage(
      promptTokens: a.promptTokens + b.promptTokens, completionTokens: a.completionTokens + b.completionTokens)
  }
}

/// What a million tokens cost, in any currency.
public struct ChatPrice: Sendable, Equatable {
  /// A million tokens that are sent.
  public var prompt: Double
  /// A million tokens that are answered.
  public var completion: Double

  /// - Parameters:
  ///   - prompt: a million tokens that are sent.
  ///   - completion: a million tokens that are answered.
  public init(prompt: Double, completion: Double) {
    self.prompt = prompt
    self.completion = completion
  }

  /// What so many tokens cost.
  public func cost(of usage: ChatUsage) -> Double {
    (Double(usage.promptTokens) * prompt + Double(usage.completionTokens) * completion) / 1e6
  }
}

/// What a language model answered.
public struct ChatReply: Sendable, Equatable {
  /// The message.
  public var message: ChatMessage
  /// Why it ended: `stop`, `length`, `tool_calls` …
  public var finishReason: String
  /// How many tokens it took; zeros where the server does not say.
  public var usage: ChatUsage
  /// The model that answered.
  public var model: String

  /// What was said.
  public var text: String { message.text }
}

extension ChatReply: CustomStringConvertible {
  /// What was said or asked for, by whom, and how many tokens it took.
  public var description: String {
    let calls = message.toolCalls.map { "\($0.name)(\($0.arguments))" }
    let said = (text.isEmpty && !calls.isEmpty ? [] : [text]) + calls
    return (said + ["— \(model), \(usage)\(finishReason == "stop" ? "" : ", ended by \(finishReason)")"])
      .joined(separator: "\n")
  }
}

extension ChatUsage: CustomStringConvertible {
  /// How many tokens there and back.
  public var description: String { "\(promptTokens) tokens sent, \(completionTokens) answered" }
}
