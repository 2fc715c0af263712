import JSON

/// A value in a notebook file together with its place, so that every complaint can name it.
struct NotebookField {
  let value: JSONValue
  let place: String

  init(_ value: JSONValue, at place: String = "") {
    self.value = value
    self.place = place
  }

  /// The member `name`; `nil` when it is absent or null.
  func optional(_ name: String) throws(NotebookError) -> NotebookField? {
    guard let member = try object()[name], member != .null else { return nil }
    return NotebookField(member, at: place.isEmpty ? name : "\(place).\(name)")
  }

  func required(_ name: String) throws(NotebookError) -> NotebookField {
    if let field = try optional(name) { return field }
    throw NotebookError(.missing, at: place.isEmpty ? name : "\(place).\(name)")
  }

  func object() throws(NotebookError) -> [String: JSONValue] {
    if let object = value.object { return object }
    throw wrongType("an object")
  }

  func members() throws(NotebookError) -> [(String, NotebookField)] {
    try object().sorted { $0.key < $1.key }.map { ($0.key, NotebookField($0.value, at: "\(place)[\"\($0.key)\"]")) }
  }

  func elements() throws(NotebookError) -> [NotebookField] {
    guard let elements = value.array else { throw wrongType("a list") }
    return elements.enumerated().map { NotebookField($0.element, at: "\(place)[\($0.offset)]") }
  }

  func integer() throws(NotebookError) -> Int {
    if let integer = value.integer { return integer }
    throw wrongType("a whole number")
  }

  func string() throws(NotebookError) -> String {
    if let string = value.string { return string }
    throw wrongType("a string")
  }

  /// Text, which the format stores as one string or as a list of its lines.
  func text() throws(NotebookError) -> String {
    if let string = value.string { return string }
    guard let parts = value.array else { throw wrongType("a string or a list of strings") }
    var text = ""
    for (index, part) in parts.enumerated() { text += try NotebookField(part, at: "\(place)[\(index)]").string() }
    return text
  }

  func wrongType(_ expected: String) -> NotebookError {
    NotebookError(.wrongType(expected: expected, found: kindOfValue), at: place)
  }

  private var kindOfValue: String {
    switch value {
    case .null: "null"
    case .bool: "a truth value"
    case .integer, .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
