import MartletNumerics

/// One message of a conversation with a language model.
public struct ChatMessage: Sendable, Equatable {
  /// Who says it.
  public enum Role: String, Sendable {
    /// What the model is to be and to do.
    case system
    /// The person who asks.
    case user
    /// The model.
    case assistant
    /// What a tool found.
    case tool
  }

  /// A tool that the model wants called.
  public struct ToolCall: Sendable, Equatable {
    /// The call's name, which its result refers to.
    public let id: String
    /// The tool's name.
    public let name: String
    /// What it is to be called with: a JSON object.
    public let arguments: String
  }

  /// Who says it.
  public var role: Role
  /// What is said.
  public var text: String
  /// The tools that the model wants called.
  public var toolCalls: [ToolCall] = []
  /// Which call this is the result of.
  public var toolCallID: String?

  /// - Parameters:
  ///   - role: who says it.
  ///   - text: what is said.
  public init(_ role: Role, _ text: String) {
    self.role = role
    self.text = text
  }

  /// What the model is to be and to do.
  public static func system(_ text: String) -> ChatMessage { ChatMessage(.system, text) }
  /// What a person asks.
  public static func user(_ text: String) -> ChatMessage { ChatMessage(.user, text) }
  /// What the model answered before.
  public static func assistant(_ text: String) -> ChatMessage { ChatMessage(.assistant, text) }
  /// What a tool found.
  public static func tool(_ text: String, for call: ToolCall) -> ChatMessage {
    var message = ChatMessage(.tool, text)
    message.toolCallID = call.id
    return message
  }

  var tree: JSONTree {
    var members: [(key: String, value: JSONTree)] = [("role", .text(role.rawValue)), ("content", .text(text))]
    if !toolCalls.isEmpty {
      members.append(
        (
          "tool_calls",
          .list(
            toolCalls.map { call in
              .members([
                ("id", .text(call.id)), ("type", .text("function")),
                ("function", .members([("name", .text(call.name)), ("arguments", .text(call.arguments))])),
              ])
            })
        ))
    }
    if let toolCallID { members.append(("tool_call_id", .text(toolCallID))) }
    return .members(members)
  }
}

/// A function that a language model may ask for.
public struct ChatTool: Sendable {
  /// Its name: letters, digits, underscores and hyphens.
  public let name: String
  /// What it does, for the model.
  public let about: String
  /// What it takes, as a JSON schema of an object.
  public let schema: String
  let run: @Sendable (String) throws -> String

  /// - Parameters:
  ///   - name: its name.
  ///   - about: what it does.
  ///   - schema: what it takes, as a JSON schema of an object.
  ///   - run: gets the arguments as a JSON object and gives what was found. It is called with what a model wrote: check it.
  public init(_ name: String, about: String, schema: String, run: @escaping @Sendable (String) throws -> String) {
    self.name = name
    self.about = about
    self.schema = schema
    self.run = run
  }
}
