/// What gives a value for each row of a frame: the name of a column, or something worked out from columns.
///
///     try df.adding("total", col("price") * col("amount"))
///     try df.grouped(by: "shop").aggregate(.sum("total"), .mean(col("price") / 100))
///
/// Expressions are values that know nothing of a frame until one is asked: ``NumberExpression`` (made by ``col(_:)``),
/// ``TextExpression`` (``text(_:)``), ``DateExpression`` (``date(_:)``) and ``Condition``.
public protocol ColumnExpression: Sendable {
  /// The values for all rows of a frame.
  func _evaluate(_ context: ExpressionContext) throws(FrameError) -> AnyColumn
  /// What a column of the values is called when no other name is given.
  var _label: String { get }
}

/// The frame that an expression is worked out for.
public struct ExpressionContext {
  let frame: DataFrame
  /// Where each stretch of rows starts that window functions may look at, and where the last one ends.
  let segments: [Int]

  init(_ frame: DataFrame) {
    self.frame = frame
    segments = [0, frame.rowCount]
  }

  init(_ frame: DataFrame, segments: [Int]) {
    self.frame = frame
    self.segments = segments
  }

  var rowCount: Int { frame.rowCount }

  /// Calls `body` with the rows of each stretch.
  func forEachSegment(_ body: (Range<Int>) -> Void) {
    for segment in 0..<segments.count - 1 { body(segments[segment]..<segments[segment + 1]) }
  }
}

extension String: ColumnExpression {
  public func _evaluate(_ context: ExpressionContext) throws(FrameError) -> AnyColumn { try context.frame.column(self) }
  public var _label: String { self }
}
