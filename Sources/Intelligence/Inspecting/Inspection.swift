/// What a name in the code is.
package struct Inspection: Codable, Sendable, Equatable {
  /// With its labels: `distance(to:scale:)`.
  package var name: String
  package var kind: Completion.Kind
  /// The type of the value, or of the function: `(Point, Double) -> Double`.
  package var type: String
  /// The declaration in Swift.
  package var declaration: String
  /// The documentation comment in Markdown; empty when there is none.
  package var documentation: String
  /// Where it is declared; `nil` for cells.
  package var module: String?
  /// The number in the name of the earlier cell's module (`Cell3`: 3); `nil` for anything else.
  package var cell: Int?

  /// An inspection with everything that is known about the name.
  package init(
    name: String, kind: Completion.Kind, type: String, declaration: String, documentation: String, module: String?,
    cell: Int?
  ) {
    self.name = name
    self.kind = kind
    self.type = type
    self.declaration = declaration
    self.documentation = documentation
    self.module = module
    self.cell = cell
  }
}
