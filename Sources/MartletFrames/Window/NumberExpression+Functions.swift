import Foundation

extension NumberExpression {
  /// The distance from zero; whole numbers stay whole.
  public func absolute() -> NumberExpression {
    mapping("abs") { column, _ throws(FrameError) in
      if case .int(let ints) = column.widened.content {
        let values = ints.storage.values
        if let row = values.firstIndex(of: .min), ints.validity[row] { throw .overflow("'abs' in row \(row)") }
        return .ints("", values.map { $0 == .min ? 0 : abs($0) }, column.validity)
      }
      return try Self.mapped(column) { abs($0) }
    }
  }
  /// The square root; NaN below zero.
  public func squareRoot() -> NumberExpression { function("root") { $0.squareRoot() } }
  /// `e` to the power of the value.
  public func exponential() -> NumberExpression { function("exp") { exp($0) } }
  /// The natural logarithm; NaN below zero.
  public func logarithm() -> NumberExpression { function("log") { log($0) } }
  /// The value with so many decimals, halves to the nearest even digit.
  public func rounded(decimals: Int = 0) -> NumberExpression {
    function("rounded") { $0.rounded(decimals: decimals) }
  }
  /// What a function of your own makes of each value, as a `Double`.
  public func mapped(_ function: @escaping @Sendable (Double) -> Double) -> NumberExpression {
    self.function("mapped", function)
  }

  /// The value, but no less than the range's lower end and no more than its upper end.
  public func clipped(to range: ClosedRange<Double>) -> NumberExpression {
    function("clipped") { $0.isNaN ? $0 : Swift.min(Swift.max($0, range.lowerBound), range.upperBound) }
  }

  /// The whole part of each value, as an `Int`.
  /// - Throws: (when a frame is asked) ``FrameError`` of kind `arithmetic` for NaN and values that do not fit.
  public func asInt() -> NumberExpression {
    mapping("whole") { column, _ throws(FrameError) in
      if case .int = column.widened.content { return column.widened }
      let values = try column.doubleValues()
      let whole = values.map { Int(exactly: $0.rounded(.towardZero)) }
      if let row = whole.indices.first(where: { whole[$0] == nil && column.isPresent($0) }) {
        throw .overflow("\(values[row]) in row \(row) of '\(column.name)'")
      }
      return .ints("", whole.map { $0 ?? 0 }, column.validity)
    }
  }

  /// Each value as a `Double`.
  public func asDouble() -> NumberExpression { function("double") { $0 } }

  /// Each value as a `Float`, the nearest one.
  /// - Throws: (when a frame is asked) ``FrameError`` of kind `arithmetic` for numbers that are too large.
  public func asFloat() -> NumberExpression { converted(to: .float) }

  /// Each value as an `Int32`.
  /// - Throws: (when a frame is asked) ``FrameError`` of kind `arithmetic` for fractions and numbers that do not fit.
  public func asInt32() -> NumberExpression { converted(to: .int32) }

  private func converted(to type: ColumnType) -> NumberExpression {
    mapping("\(type)") { column, _ throws(FrameError) in try column.converted(to: type) }
  }

  /// The value as text.
  public func asText() -> TextExpression {
    TextExpression(_label) { context throws(FrameError) in Column(_label, try _evaluate(context).texts()) }
  }

  /// A number in the place of missing ones.
  public func filled(with replacement: Double) -> NumberExpression {
    when(isPresent(self), then: self, otherwise: NumberExpression(replacement))
  }
  /// A whole number in the place of missing ones.
  public func filled(with replacement: Int) -> NumberExpression {
    when(isPresent(self), then: self, otherwise: NumberExpression(replacement))
  }

  private func function(_ label: String, _ function: @escaping @Sendable (Double) -> Double) -> NumberExpression {
    mapping(label) { column, _ throws(FrameError) in try Self.mapped(column, function) }
  }

  private static func mapped(_ column: AnyColumn, _ function: (Double) -> Double) throws(FrameError) -> AnyColumn {
    .doubles("", try column.doubleValues().map(function), column.validity)
  }
}
