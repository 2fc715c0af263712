import Foundation

/// Writes the dates of one column, as ISO 8601 or for reading.
struct DateText {
  /// Whether every date is the start of a day, so that the time says nothing.
  let isDaysOnly: Bool

  init(_ column: Column<Date>) {
    let ticks = column.storage.ticks
    isDaysOnly = ticks.indices.allSatisfy { !column.validity[$0] || ticks[$0] % CivilDate.ticksPerDay == 0 }
  }

  init(isDaysOnly: Bool) { self.isDaysOnly = isDaysOnly }

  /// `2026-03-01` or `2026-03-01T12:30:00Z`.
  func text(_ ticks: Int) -> String { text(ticks, between: "T", after: "Z") }

  /// `2026-03-01` or `2026-03-01 12:30:00`.
  func shown(_ ticks: Int) -> String { text(ticks, between: " ", after: "") }

  private func text(_ ticks: Int, between: String, after: String) -> String {
    let days = ticks.flooredQuotient(by: CivilDate.ticksPerDay)
    let date = CivilDate(daysSince1970: days)
    var text = Self.year(date.year) + "-" + Self.padded(date.month, 2) + "-" + Self.padded(date.day, 2)
    if isDaysOnly { return text }
    let time = ticks - days * CivilDate.ticksPerDay
    let seconds = time / CivilDate.ticksPerSecond
    text += between + Self.padded(seconds / 3600, 2) + ":" + Self.padded(seconds / 60 % 60, 2)
    text += ":" + Self.padded(seconds % 60, 2)
    let fraction = time % CivilDate.ticksPerSecond
    if fraction != 0 { text += "." + Self.padded(fraction, 6).trimmingEnd("0") }
    return text + after
  }

  private static func year(_ year: Int) -> String {
    (0...9999).contains(year) ? padded(year, 4) : (year < 0 ? "-" : "+") + padded(abs(year), 6)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return text.utf8.count < width ? String(repeating: "0", count: width - text.utf8.count) + text : text
  }
}

extension String {
  fileprivate func trimmingEnd(_ character: Character) -> Substring {
    var text = self[...]
    while text.last == character { text.removeLast() }
    return text
  }
}
