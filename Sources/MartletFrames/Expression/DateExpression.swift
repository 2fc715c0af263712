import Foundation

/// A column of dates, to take apart and to compare with. The calendar is the Gregorian one, the time UTC.
///
///     try df.filter(date("when") >= "2026-01-01" && date("when").weekday <= 5)
///     try df.adding("month", date("when").floored(to: .month))
public struct DateExpression: ColumnExpression {
  private let evaluate: @Sendable (ExpressionContext) throws(FrameError) -> Column<Date>
  public let _label: String

  init(_ label: String, _ evaluate: @escaping @Sendable (ExpressionContext) throws(FrameError) -> Column<Date>) {
    _label = label
    self.evaluate = evaluate
  }

  public func _evaluate(_ context: ExpressionContext) throws(FrameError) -> AnyColumn {
    AnyColumn(.date(try evaluate(context)))
  }

  private func part(_ label: String, _ part: @escaping @Sendable (Int) -> Int) -> NumberExpression {
    NumberExpression("\(label) \(_label)") { context throws(FrameError) in
      let column = try evaluate(context)
      return .column(.ints("", column.storage.ticks.map(part), column.validity))
    }
  }

  private func civil(_ label: String, _ part: @escaping @Sendable (CivilDate) -> Int) -> NumberExpression {
    self.part(label) { part(CivilDate(daysSince1970: $0.flooredQuotient(by: CivilDate.ticksPerDay))) }
  }

  private func second(_ label: String, _ part: @escaping @Sendable (Int) -> Int) -> NumberExpression {
    self.part(label) { ticks in
      let days = ticks.flooredQuotient(by: CivilDate.ticksPerDay)
      return part((ticks - days * CivilDate.ticksPerDay) / CivilDate.ticksPerSecond)
    }
  }

  /// The year.
  public var year: NumberExpression { civil("year") { $0.year } }
  /// The quarter of the year, 1 to 4.
  public var quarter: NumberExpression { civil("quarter") { ($0.month + 2) / 3 } }
  /// The month, 1 to 12.
  public var month: NumberExpression { civil("month") { $0.month } }
  /// The day of the month, 1 to 31.
  public var day: NumberExpression { civil("day") { $0.day } }
  /// The day of the year, 1 to 366.
  public var dayOfYear: NumberExpression {
    civil("day of year") { $0.daysSince1970 - CivilDate(year: $0.year, month: 1, day: 1).daysSince1970 + 1 }
  }
  /// The day of the week: 1 for Monday to 7 for Sunday, as ISO 8601 counts.
  public var weekday: NumberExpression {
    part("weekday") { ticks in
      let days = ticks.flooredQuotient(by: CivilDate.ticksPerDay) + 3
      return days - days.flooredQuotient(by: 7) * 7 + 1
    }
  }
  /// The hour, 0 to 23.
  public var hour: NumberExpression { second("hour") { $0 / 3600 } }
  /// The minute, 0 to 59.
  public var minute: NumberExpression { second("minute") { $0 / 60 % 60 } }
  /// The second, 0 to 59.
  public var second: NumberExpression { second("second") { $0 % 60 } }

  /// The start of the period that the date lies in.
  ///
  ///     date("when").floored(to: .month)      // 2026-03-17 gives 2026-03-01
  public func floored(to period: DatePeriod) -> DateExpression { mapping { period.start(of: period.number(of: $0)) } }

  /// The date so many periods later; earlier for a negative number.
  public func adding(_ count: Int, _ period: DatePeriod) -> DateExpression {
    mapping { period.adding(count, to: $0) }
  }

  /// How many days, with a fraction, one date is after another.
  public func days(since other: DateExpression) -> NumberExpression {
    NumberExpression("days \(_label)") { context throws(FrameError) in
      let (a, b) = (try evaluate(context), try other.evaluate(context))
      let days = zip(a.storage.ticks, b.storage.ticks).map { Double($0 - $1) / Double(CivilDate.ticksPerDay) }
      return .column(.doubles("", days, a.validity.intersection(b.validity)))
    }
  }

  /// The date as text, by ISO 8601.
  public func asText() -> TextExpression {
    TextExpression(_label) { context throws(FrameError) in
      Column(_label, AnyColumn(try evaluate(context)).texts())
    }
  }

  private func mapping(_ change: @escaping @Sendable (Int) -> Int) -> DateExpression {
    DateExpression(_label) { context throws(FrameError) in
      let column = try evaluate(context)
      return Column(
        name: column.name, storage: DateColumnStorage(ticks: column.storage.ticks.map(change)),
        validity: column.validity)
    }
  }

  func compared(
    _ comparison: Comparison, _ other: @escaping @Sendable (ExpressionContext) throws(FrameError) -> Column<Date>
  ) -> Condition {
    Condition("\(_label) \(comparison.sign)") { context throws(FrameError) in
      let (a, b) = (try evaluate(context), try other(context))
      let holds = comparison.compare(.values(a.storage.ticks), .values(b.storage.ticks), count: a.count)
      return Column(name: "", storage: PlainColumnStorage(holds), validity: a.validity.intersection(b.validity))
    }
  }

  fileprivate func column(_ context: ExpressionContext) throws(FrameError) -> Column<Date> { try evaluate(context) }
}

/// A column of dates, to take apart and to compare with.
public func date(_ name: String) -> DateExpression {
  DateExpression(name) { context throws(FrameError) in try context.frame[name, Date.self] }
}

extension DateExpression {
  fileprivate static func constant(_ ticks: Int?, _ text: String) -> DateExpression {
    DateExpression(text) { context throws(FrameError) in
      guard let ticks else {
        throw FrameError(
          kind: .type, description: "'\(text)' is no date. Write it as 2026-03-01 or 2026-03-01T12:30:00Z.")
      }
      let all = [Int](repeating: ticks, count: context.rowCount)
      return Column(
        name: "", storage: DateColumnStorage(ticks: all), validity: ValidityBitmap(allValid: context.rowCount))
    }
  }
}

extension DateExpression {
  /// Where a date is another column's.
  public static func == (a: DateExpression, b: DateExpression) -> Condition {
    a.compared(.equal) { context throws(FrameError) in try b.column(context) }
  }
  /// Where a date is an instant.
  public static func == (a: DateExpression, b: Date) -> Condition {
    a == DateExpression.constant(b.columnTicks, "\(b)")
  }
  /// Where a date is one that is written by ISO 8601, such as `2026-03-01`.
  public static func == (a: DateExpression, b: String) -> Condition {
    a == DateExpression.constant(DateParser.ticks(b), b)
  }
  /// Where a date is not another column's.
  public static func != (a: DateExpression, b: DateExpression) -> Condition {
    a.compared(.unequal) { context throws(FrameError) in try b.column(context) }
  }
  /// Where a date is not an instant.
  public static func != (a: DateExpression, b: Date) -> Condition {
    a != DateExpression.constant(b.columnTicks, "\(b)")
  }
  /// Where a date is not one that is written by ISO 8601, such as `2026-03-01`.
  public static func != (a: DateExpression, b: String) -> Condition {
    a != DateExpression.constant(DateParser.ticks(b), b)
  }
  /// Where a date is before another column's.
  public static func < (a: DateExpression, b: DateExpression) -> Condition {
    a.compared(.less) { context throws(FrameError) in try b.column(context) }
  }
  /// Where a date is before an instant.
  public static func < (a: DateExpression, b: Date) -> Condition { a < DateExpression.constant(b.columnTicks, "\(b)") }
  /// Where a date is before one that is written by ISO 8601, such as `2026-03-01`.
  public static func < (a: DateExpression, b: String) -> Condition {
    a < DateExpression.constant(DateParser.ticks(b), b)
  }
  /// Where a date is not after another column's.
  public static func <= (a: DateExpression, b: DateExpression) -> Condition {
    a.compared(.lessOrEqual) { context throws(FrameError) in try b.column(context) }
  }
  /// Where a date is not after an instant.
  public static func <= (a: DateExpression, b: Date) -> Condition {
    a <= DateExpression.constant(b.columnTicks, "\(b)")
  }
  /// Where a date is not after one that is written by ISO 8601, such as `2026-03-01`.
  public static func <= (a: DateExpression, b: String) -> Condition {
    a <= DateExpression.constant(DateParser.ticks(b), b)
  }
  /// Where a date is after another column's.
  public static func > (a: DateExpression, b: DateExpression) -> Condition {
    a.compared(.greater) { context throws(FrameError) in try b.column(context) }
  }
  /// Where a date is after an instant.
  public static func > (a: DateExpression, b: Date) -> Condition { a > DateExpression.constant(b.columnTicks, "\(b)") }
  /// Where a date is after one that is written by ISO 8601, such as `2026-03-01`.
  public static func > (a: DateExpression, b: String) -> Condition {
    a > DateExpression.constant(DateParser.ticks(b), b)
  }
  /// Where a date is not before another column's.
  public static func >= (a: DateExpression, b: DateExpression) -> Condition {
    a.compared(.greaterOrEqual) { context throws(FrameError) in try b.column(context) }
  }
  /// Where a date is not before an instant.
  public static func >= (a: DateExpression, b: Date) -> Condition {
    a >= DateExpression.constant(b.columnTicks, "\(b)")
  }
  /// Where a date is not before one that is written by ISO 8601, such as `2026-03-01`.
  public static func >= (a: DateExpression, b: String) -> Condition {
    a >= DateExpression.constant(DateParser.ticks(b), b)
  }
}
