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
}
