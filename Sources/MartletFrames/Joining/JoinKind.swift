/// Which rows a join keeps.
public struct JoinKind: Hashable, Sendable {
  private let name: String
  /// Rows that have a partner on the other side.
  public static let inner = JoinKind(name: "inner")
  /// All rows of the left frame, with or without a partner.
  public static let left = JoinKind(name: "left")
  /// All rows of the right frame, with or without a partner.
  public static let right = JoinKind(name: "right")
  /// All rows of both frames.
  public static let outer = JoinKind(name: "outer")
  /// Rows of the left frame that have a partner; no column is added. (SQL: `EXISTS`)
  public static let semi = JoinKind(name: "semi")
  /// Rows of the left frame that have no partner; no column is added. (SQL: `NOT EXISTS`)
  public static let anti = JoinKind(name: "anti")
}
