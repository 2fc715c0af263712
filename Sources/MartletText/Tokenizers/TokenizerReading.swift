import MartletNumerics

/// One object of a `tokenizer.json`, which says what it lacks and where.
struct TokenizerPart {
  let tree: JSONTree
  /// The names that lead here, as `model.vocab`.
  let place: String

  var type: String { get throws(TokenizerError) { try text("type") } }

  private func found(_ name: String) -> JSONFinding { JSONFinding(kind: tree[name]?.kind ?? "nothing") }

  func text(_ name: String) throws(TokenizerError) -> String {
    guard let text = tree[name]?.text else { throw .missing(name, "a text", in: place, found: found(name)) }
    return text
  }

  func bool(_ name: String, default value: Bool? = nil) throws(TokenizerError) -> Bool {
    if let value, tree[name]?.isNull ?? true { return value }
    guard let bool = tree[name]?.bool else { throw .missing(name, "true or false", in: place, found: found(name)) }
    return bool
  }

  func whole(_ name: String, default value: Int? = nil) throws(TokenizerError) -> Int {
    if let value, tree[name]?.isNull ?? true { return value }
    guard let whole = tree[name]?.whole else { throw .missing(name, "a whole number", in: place, found: found(name)) }
    return whole
  }

  func optionalText(_ name: String) throws(TokenizerError) -> String? {
    guard let value = tree[name], !value.isNull else { return nil }
    return try text(name)
  }

  func list(_ name: String) throws(TokenizerError) -> [JSONTree] {
    guard let list = tree[name]?.list else { throw .missing(name, "a list", in: place, found: found(name)) }
    return list
  }

  /// The parts of a list of objects.
  func parts(_ name: String) throws(TokenizerError) -> [TokenizerPart] {
    try list(name).enumerated().map { TokenizerPart(tree: $1, place: "\(place).\(name)[\($0)]") }
  }

  /// An object below this one, `nil` where there is none.
  func part(_ name: String) -> TokenizerPart? {
    guard let tree = tree[name], !tree.isNull else { return nil }
    return TokenizerPart(tree: tree, place: place.isEmpty ? name : "\(place).\(name)")
  }

  func required(_ name: String) throws(TokenizerError) -> TokenizerPart {
    guard let part = part(name) else { throw .missing(name, "an object", in: place, found: found(name)) }
    return part
  }

  /// What a part of a kind that is not known gets.
  func unknown(_ kind: String, known: String) throws(TokenizerError) -> Never {
    throw TokenizerError("\(place): the \(kind) '\(try type)' is not known. Known are \(known).")
  }
}
