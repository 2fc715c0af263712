/// How an axis turns numbers into distances.
public struct ScaleKind: Sendable, Hashable {
  enum Name: Sendable { case linear, log }
  let name: Name

  /// Equal distances for equal differences.
  public static let linear = ScaleKind(name: .linear)
  /// Equal distances for equal ratios; values that are not positive are left out and counted in a note.
  public static let log = ScaleKind(name: .log)
}
