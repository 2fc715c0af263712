/// One way to go on at the cursor.
package struct Completion: Codable, Sendable, Equatable {
  /// What a completion stands for.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    case function, method, initializer, property, variable, `struct`, `class`, `enum`, `protocol`, type, module
    case keyword, `operator`, macro
    /// A case of an enumeration.
    case enumCase
    /// The label of a call's next argument.
    case argument
    /// A command of the session, and a path that it takes.
    case command, path
  }

  /// What takes the place of the replaced text. A call ends where its first argument begins: `distance(to: `.
  package var text: String
  /// How a list shows it: `distance(to: Point, scale: Double)`.
  package var label: String
  package var kind: Kind
  /// The type of the value, or what the call returns; empty when it has none.
  package var typeName: String
  /// Label and type together: `distance(to: Point, scale: Double) -> Double`, `count: Int`.
  package var signature: String
  /// The first sentence of its documentation; empty when it has none.
  package var documentation: String

  /// A completion with everything that is known about it.
  package init(
    text: String, label: String, kind: Kind, typeName: String, signature: String, documentation: String
  ) {
    self.text = text
    self.label = label
    self.kind = kind
    self.typeName = typeName
    self.signature = signature
    self.documentation = documentation
  }
}

/// The ways to go on at the cursor, best first, and the text that they replace.
package struct CompletionList: Sendable, Equatable {
  package var completions: [Completion]
  /// In UTF-8 offsets of the code: the identifier at the cursor. Its part behind the cursor is included when some completion
  /// has it too.
  package var replaced: Range<Int>

  /// A list for a range of the code.
  package init(completions: [Completion], replaced: Range<Int>) {
    self.completions = completions
    self.replaced = replaced
  }
}
