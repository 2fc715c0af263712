/// A length of time by the calendar, such as a day or three months.
///
///     try sales.resampled(by: "date", every: .month).aggregate(.sum("amount"))
///     date("when").floored(to: .weeks(2))
public struct DatePeriod: Hashable, Sendable {
  enum Length: Hashable, Sendable {
    case ticks(Int)
    case months(Int)
  }
  let length: Length
  /// What is taken off before flooring; weeks begin on Mondays, and 1970 began on a Thursday.
  private let origin: Int

  private init(ticks: Int, origin: Int = 0) {
    guard ticks > 0 else { fatalError("A period is longer than nothing.") }
    length = .ticks(ticks)
    self.origin = origin
  }

  private init(months: Int) {
    guard months > 0 else { fatalError("A period is longer than nothing.") }
    length = .months(months)
    origin = 0
  }

  /// A number of seconds, at least 1.
  public static func seconds(_ count: Int) -> DatePeriod { DatePeriod(ticks: count * CivilDate.ticksPerSecond) }
  /// A number of minutes, at least 1.
  public static func minutes(_ count: Int) -> DatePeriod { .seconds(60 * count) }
  /// A number of hours, at least 1.
  public static func hours(_ count: Int) -> DatePeriod { .seconds(3600 * count) }
  /// A number of days, at least 1.
  public static func days(_ count: Int) -> DatePeriod { DatePeriod(ticks: count * CivilDate.ticksPerDay) }
  /// A number of weeks that begin on Mondays, at least 1.
  public static func weeks(_ count: Int) -> DatePeriod {
    DatePeriod(ticks: 7 * count * CivilDate.ticksPerDay, origin: -3 * CivilDate.ticksPerDay)
  }
  /// A number of calendar months, at least 1.
  public static func months(_ count: Int) -> DatePeriod { DatePeriod(months: count) }
  /// A number of calendar years, at least 1.
  public static func years(_ count: Int) -> DatePeriod { DatePeriod(months: 12 * count) }

  /// 60 seconds.
  public static var minute: DatePeriod { .minutes(1) }
  /// 60 minutes.
  public static var hour: DatePeriod { .hours(1) }
  /// 24 hours, from midnight in UTC.
  public static var day: DatePeriod { .days(1) }
  /// Seven days, from Monday.
  public static var week: DatePeriod { .weeks(1) }
  /// A calendar month.
  public static var month: DatePeriod { .months(1) }
  /// Three calendar months, from January, April, July or October.
  public static var quarter: DatePeriod { .months(3) }
  /// A calendar year.
  public static var year: DatePeriod { .years(1) }

  /// The number of the period that an instant lies in; they follow one another.
  func number(of ticks: Int) -> Int {
    switch length {
    case .ticks(let size): return (ticks - origin).flooredQuotient(by: size)
    case .months(let count):
      let date = CivilDate(daysSince1970: ticks.flooredQuotient(by: CivilDate.ticksPerDay))
      return (date.year * 12 + date.month - 1).flooredQuotient(by: count)
    }
  }

  /// When the period of a number starts.
  func start(of number: Int) -> Int {
    switch length {
    case .ticks(let size): return number * size + origin
    case .months(let count):
      let month = number * count
      let year = month.flooredQuotient(by: 12)
      return CivilDate(year: year, month: month - year * 12 + 1, day: 1).daysSince1970 * CivilDate.ticksPerDay
    }
  }

  /// The instant so many periods later; a day that the month does not have becomes its last one.
  func adding(_ count: Int, to ticks: Int) -> Int {
    switch length {
    case .ticks(let size): return ticks + count * size
    case .months(let months):
      let days = ticks.flooredQuotient(by: CivilDate.ticksPerDay)
      let moved = CivilDate(daysSince1970: days).adding(months: months * count)
      return moved.daysSince1970 * CivilDate.ticksPerDay + ticks - days * CivilDate.ticksPerDay
    }
  }
}
