/// Collects the marks written between a chart's braces.
@resultBuilder
public enum ChartBuilder {
  /// One mark.
  public static func buildExpression(_ mark: any Mark) -> [any Mark] { [mark] }
  /// Marks made elsewhere, as by a function.
  public static func buildExpression(_ marks: [any Mark]) -> [any Mark] { marks }
  /// The marks of all lines, later ones on top.
  public static func buildBlock(_ marks: [any Mark]...) -> [any Mark] { marks.flatMap(\.self) }
  /// The marks of an `if`.
  public static func buildOptional(_ marks: [any Mark]?) -> [any Mark] { marks ?? [] }
  /// The marks of the first branch.
  public static func buildEither(first marks: [any Mark]) -> [any Mark] { marks }
  /// The marks of the second branch.
  public static func buildEither(second marks: [any Mark]) -> [any Mark] { marks }
  /// The marks of a loop.
  public static func buildArray(_ marks: [[any Mark]]) -> [any Mark] { marks.flatMap(\.self) }
}
