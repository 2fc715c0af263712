/// A session's variable, or a part of one, as lists show it.
package struct VariableDescription: Sendable, Hashable {
  /// The variable's name; a part's property name, `[3]` for an element, `["key"]` for an entry.
  package var name: String
  /// The type as people write it: `[String: Double]`.
  package var type: String
  /// The length along each axis, for what has any: `[3]` for an array of three, `[150, 5]` for a table.
  package var shape: [Int]?
  /// The value in one line of at most some 200 characters. What cannot be told has a reason here, between brackets:
  /// `(a cell is running)`.
  package var value: String
  /// The memory of the value, elements included, in bytes, where that is known without effort.
  package var byteCount: Int?
  /// How many parts it has.
  package var childCount: Int
  /// What asks for the parts; 0 when there are none.
  package var reference: Int
  /// The cell that declared the variable, as messages number it; `nil` for a part.
  package var cell: Int?
  /// How code would call it: `points[3].x`.
  package var expression: String

  package init(
    name: String, type: String, shape: [Int]? = nil, value: String, byteCount: Int? = nil, childCount: Int = 0,
    reference: Int = 0, cell: Int? = nil, expression: String? = nil
  ) {
    self.name = name
    self.type = type
    self.shape = shape
    self.value = value
    self.byteCount = byteCount
    self.childCount = childCount
    self.reference = reference
    self.cell = cell
    self.expression = expression ?? name
  }

  /// The shape as people write it: `3`, `150 × 5`; empty where there is none.
  package var shapeText: String { shape.map { $0.map(String.init).joined(separator: " × ") } ?? "" }

  /// Type and shape in one: `[Double] (3)`, `DataFrame (150 × 5)`, `Int`.
  package var typeAndShape: String { shape == nil ? type : "\(type) (\(shapeText))" }
}
