/// One thing that a cell declares at its top level, or adds to a type by an extension.
struct Declaration: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case variable
    /// A top-level `async let` or `lazy var`, which holds what gives its value and not the value itself.
    case indirectVariable
    /// A function, subscript, initialiser or computed property: what overloading and obsoletion apply to.
    case callable
    case type
    /// A conformance that an extension adds.
    case conformance
  }

  var kind: Kind
  /// The full name with argument labels, preceded by the extended type: `area(r:)`, `Int.squared`,
  /// `static Int.random()`.
  var name: String
  /// A variable's type as far as the text of its declaration tells it.
  var typeText: String?
  /// Whether a variable does not keep its value alive.
  var isWeak = false
  /// The normalised text of the whole signature, the generic clauses included.
  var signature = ""
  /// The part of the signature that overloading goes by.
  var parameters = ""
  var isGeneric = false
  /// Whether the result is `some …`, another type at each declaration.
  var isOpaque = false
  /// The names of the types that the signature mentions.
  var mentionedTypes: Set<String> = []
  /// The index of the top-level item that declares it.
  var item: Int
  /// Where an attribute for it is put, in UTF-8 offsets.
  var offset: Int

  /// The name without argument labels.
  var baseName: String { String(name.prefix { $0 != "(" }) }

  /// The name without the extended type and argument labels: `squared` for `Int.squared`.
  var memberName: Substring { baseName.drop(throughLast: ".") }

  /// Whether a cell can use the declaration, a member that an extension adds, without having its name in the text.
  var isUsedUnnamed: Bool {
    kind == .conformance || memberName.hasPrefix("build") || Self.unnamedMembers.contains(memberName)
      || !(memberName.first.map { $0.isLetter || $0 == "_" || $0 == "`" } ?? false)
  }

  /// What the language calls of itself.
  private static let unnamedMembers: Set<Substring> = [
    "init", "subscript", "callAsFunction", "appendInterpolation", "appendLiteral", "wrappedValue", "projectedValue",
    "makeIterator", "makeAsyncIterator", "next", "dynamicallyCall",
  ]
}

extension String {
  fileprivate func drop(throughLast separator: Character) -> Substring {
    guard contains(separator) else { return self[...] }
    // An operator may have the separator in its own name: `...`. What cannot be told counts as used without a name.
    guard let index = lastIndex(of: separator), self.index(after: index) < endIndex else { return "" }
    return self[self.index(after: index)...]
  }
}
