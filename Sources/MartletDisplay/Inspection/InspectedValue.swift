/// A value as a list of variables shows it; travels from the worker to the session.
public struct _InspectedValue: Sendable, Hashable {
  /// The type as people write it: `[String: Int]`.
  public var typeName: String
  /// The value in one line, cut where it is long.
  public var text: String
  /// The length along each axis, for what has any: one length for a collection.
  public var shape: [Int]?
  /// The memory that it takes, elements included, in bytes, where that is known without effort.
  public var byteCount: Int?
  /// How many parts can be looked at one by one.
  public var childCount: Int

  init(typeName: String, text: String, shape: [Int]? = nil, byteCount: Int? = nil, childCount: Int = 0) {
    self.typeName = typeName
    self.text = text
    self.shape = shape
    self.byteCount = byteCount
    self.childCount = childCount
  }
}

/// A part of a value with its name: a property, an element, an entry.
public struct _InspectedChild: Sendable, Hashable {
  /// The property's name, `[3]` for an element, `["key"]` for an entry.
  public var label: String
  public var value: _InspectedValue
}

/// What can be asked about a variable.
public enum _InspectionQuestion: Sendable, Hashable {
  /// What is it? The reply is one value.
  case value
  /// Of what type is it? Nothing of the value is read, so that this may be asked while a cell changes it.
  case type
  /// Some parts of the part at a path, which is empty for the variable itself; each step is the number of a child.
  /// The reply is children.
  case children(path: [Int], range: Range<Int>)
  /// How does the part at a path look in a notebook? The reply is a display message.
  case display(path: [Int])
}
