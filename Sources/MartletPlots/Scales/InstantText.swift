import Glibc
import MartletFrames

/// Dates and times as text for readers, in UTC.
struct InstantText {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  /// Instants further from 1970 than this many seconds, a hundred million years, are not written as dates.
  static let farthest = 3.2e15

  let date: CivilDate
  /// Seconds since midnight.
  private let time: Double

  /// - Parameter seconds: since the start of 1970 in UTC.
  init(_ seconds: Double) {
    let seconds = min(max(seconds, -Self.farthest), Self.farthest)
    let days = (seconds / 86_400).rounded(.down)
    date = CivilDate(daysSince1970: Int(days))
    time = seconds - days * 86_400
  }

  var year: String { date.year < 0 ? "−\(-date.year)" : "\(date.year)" }
  /// `Mar`.
  var month: String { Self.months[date.month - 1] }
  /// `3 Mar`.
  var day: String { "\(date.day) \(month)" }
  /// `3 Mar 2026`.
  var fullDay: String { "\(day) \(year)" }
  /// `12:30`.
  var minute: String { "\(Self.two(Int(time) / 3600)):\(Self.two(Int(time) / 60 % 60))" }
  /// `12:30:15`, with as many decimals as asked for.
  func second(decimals: Int) -> String {
    let rest = time.truncatingRemainder(dividingBy: 60)
    let text = NumberText.fixed(rest, decimals: decimals)
    return "\(minute):\(text.prefix { $0 != "." }.count == 1 ? "0" : "")\(text)"
  }

  /// The instant as `2026-03-01`, `2026-03-01 12:30` or `2026-03-01 12:30:15`, as short as it can be said.
  static func short(_ seconds: Double) -> String {
    guard abs(seconds) <= farthest else { return NumberText.short(seconds) + " s" }
    // Rounded to the microsecond that a frame's columns keep.
    let text = InstantText((seconds * 1e6).rounded() / 1e6)
    let day = "\(text.year)-\(two(text.date.month))-\(two(text.date.day))"
    if text.time == 0 { return day }
    if text.time.truncatingRemainder(dividingBy: 60) == 0 { return "\(day) \(text.minute)" }
    let isWhole = text.time == text.time.rounded()
    return "\(day) \(text.second(decimals: isWhole ? 0 : 3))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
