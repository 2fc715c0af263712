import Glibc
import MartletFrames

/// A distance between instants that calendars and clocks count in.
struct TimeStep: Sendable, Hashable {
  enum Unit: Sendable, Hashable { case second, minute, hour, day, month, year }
  let unit: Unit
  /// How many of the unit; less than 1 only for seconds.
  let count: Double

  private static let clock: [TimeStep] = [
    TimeStep(.second, 1), TimeStep(.second, 5), TimeStep(.second, 15), TimeStep(.second, 30),
    TimeStep(.minute, 1), TimeStep(.minute, 5), TimeStep(.minute, 15), TimeStep(.minute, 30),
    TimeStep(.hour, 1), TimeStep(.hour, 3), TimeStep(.hour, 6), TimeStep(.hour, 12),
    TimeStep(.day, 1), TimeStep(.day, 2), TimeStep(.day, 7),
    TimeStep(.month, 1), TimeStep(.month, 2), TimeStep(.month, 3), TimeStep(.month, 6), TimeStep(.year, 1),
  ]

  init(_ unit: Unit, _ count: Double) { (self.unit, self.count) = (unit, count) }

  /// The shortest step that divides a time into at most that many intervals.
  ///
  /// - Parameter span: in seconds.
  init(span: Double, intervals: Int) {
    let wanted = span / Double(max(1, intervals))
    let nice = NiceStep(lower: 0, upper: max(wanted, 1e-6), intervals: 1).size
    if wanted < 0.5 + 1e-9 {
      self.init(.second, nice)
    } else if let step = Self.clock.first(where: { $0.seconds >= wanted * (1 - 1e-9) }) {
      self = step
    } else {
      let years = NiceStep(lower: 0, upper: wanted / TimeStep(.year, 1).seconds, intervals: 1).size
      self.init(.year, max(1, years))
    }
  }

  /// How long the step is; months and years at their longest, so that there are never more ticks than asked for.
  var seconds: Double {
    switch unit {
    case .second: count
    case .minute: count * 60
    case .hour: count * 3600
    case .day: count * 86_400
    case .month: count * 86_400 * 30.44
    case .year: count * 86_400 * 365.25
    }
  }

  /// All multiples of the step from `lower` to `upper`, in seconds since 1970, both included.
  func values(from lower: Double, through upper: Double) -> [Double] {
    let first = number(of: lower)
    let last = number(of: upper)
    guard last >= first, last - first < 10_000 else { return [] }
    let tolerance = seconds * 1e-9
    return (0...Int(last - first)).map { start(of: first + Double($0)) }
      .filter { $0 >= lower - tolerance && $0 <= upper + tolerance }
  }

  /// The domain grown outwards to multiples of the step.
  func widened(lower: Double, upper: Double) -> (lower: Double, upper: Double) {
    let below = start(of: number(of: lower))
    let last = number(of: upper)
    let above = start(of: last) >= upper ? start(of: last) : start(of: last + 1)
    return (min(below, lower), max(above, upper))
  }

  /// The number of the step that an instant lies in; they follow one another.
  private func number(of instant: Double) -> Double {
    switch unit {
    case .second, .minute, .hour: return (instant / seconds + 1e-9).rounded(.down)
    case .day: return ((instant / 86_400 - origin) / count + 1e-9).rounded(.down)
    case .month:
      let date = InstantText(instant).date
      return (Double(date.year * 12 + date.month - 1) / count).rounded(.down)
    case .year: return (Double(InstantText(instant).date.year) / count).rounded(.down)
    }
  }

  /// When the step of a number starts.
  private func start(of number: Double) -> Double {
    switch unit {
    case .second where count < 1: return number / (1 / count).rounded()
    case .second, .minute, .hour: return number * seconds
    case .day: return (number * count + origin) * 86_400
    case .month: return Self.start(month: Int(number * count))
    case .year: return Self.start(month: Int(number * count) * 12)
    }
  }

  /// Weeks begin on Mondays, and 1970 began on a Thursday.
  private var origin: Double { count.truncatingRemainder(dividingBy: 7) == 0 ? -3 : 0 }

  private static func start(month: Int) -> Double {
    let year = month.flooredQuotient(by: 12)
    return Double(CivilDate(year: year, month: month - year * 12 + 1, day: 1).daysSince1970) * 86_400
  }
}
