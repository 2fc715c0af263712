/// Reads dates as ISO 8601 writes them, and others that have one meaning only.
enum DateParser {
  /// The ticks of `2026-03-01`, `2026-03-01T12:30`, `2026-03-01 12:30:15.25Z` or `…+02:00`; without an offset the time
  /// is UTC. Also `2026/03/01`, with or without a time, and dates with a month's name. `nil` for anything else, days that do
  /// not exist included.
  @inline(__always)
  static func ticks(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    guard count >= 10 else { return nil }
    if bytes[4] == hyphen && bytes[7] == hyphen { return parse(bytes, count) }
    if bytes[4] == UInt8(ascii: "/") && bytes[7] == bytes[4] { return parse(bytes, count) }
    return spelledOut(bytes, count)
  }

  /// The ticks of a date whose month has a name: `1 March 2026`, `01-Mar-2026` or `Mar 1, 2026`.
  @inline(never)
  private static func spelledOut(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    // Almost every other text does not end in a year, and is told so.
    guard count <= 18, digit(bytes[count - 1]) != nil, digit(bytes[count - 4]) != nil, digit(bytes[count - 5]) == nil
    else { return nil }
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    return namedMonths.lazy.compactMap { $0.ticks(text) }.first
  }

  private static let namedMonths = ["d MMM yyyy", "d-MMM-yyyy", "MMM d, yyyy", "MMM d yyyy"].compactMap {
    try? DatePattern($0)
  }

  static func ticks(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { bytes in bytes.baseAddress.flatMap { ticks($0, bytes.count) } }
  }

  private static var hyphen: UInt8 { UInt8(ascii: "-") }

  private static func parse(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    guard let century = two(bytes, 0), let years = two(bytes, 2), let month = two(bytes, 5), let day = two(bytes, 8)
    else { return nil }
    let year = century * 100 + years
    guard 1...12 ~= month, day >= 1, day <= CivilDate.dayCount(year: year, month: month) else { return nil }
    let start = CivilDate(year: year, month: month, day: day).daysSince1970 * CivilDate.ticksPerDay
    return count == 10 ? start : time(bytes, count).map { start + $0 }
  }

  /// The time of day after the date, less its offset from UTC.
  private static func time(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    guard count >= 16, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), bytes[13] == colon,
      let hour = two(bytes, 11), let minute = two(bytes, 14), hour < 24, minute < 60
    else { return nil }
    var ticks = (hour * 60 + minute) * 60 * CivilDate.ticksPerSecond
    var place = 16
    if place < count, bytes[place] == colon {
      guard count >= 19, let second = two(bytes, 17), second < 60 else { return nil }
      ticks += second * CivilDate.ticksPerSecond
      place = 19
      if place < count, bytes[place] == UInt8(ascii: ".") {
        guard let (fraction, end) = fraction(bytes, count, place + 1) else { return nil }
        ticks += fraction
        place = end
      }
    }
    guard let offset = offset(bytes, count, place) else { return nil }
    return ticks - offset
  }

  /// Up to nine digits, of which six count, as microseconds; and where they end.
  private static func fraction(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int) -> (Int, Int)? {
    var (place, ticks, unit) = (start, 0, 100_000)
    while place < count, let digit = digit(bytes[place]) {
      ticks += digit * unit
      unit /= 10
      place += 1
    }
    return place > start && place - start <= 9 ? (ticks, place) : nil
  }

  private static func offset(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ place: Int) -> Int? {
    if place == count { return 0 }
    if bytes[place] == UInt8(ascii: "Z") { return place + 1 == count ? 0 : nil }
    let sign = bytes[place] == UInt8(ascii: "+") ? 1 : bytes[place] == hyphen ? -1 : 0
    guard sign != 0, count >= place + 3, let hours = two(bytes, place + 1), hours < 24 else { return nil }
    var minutes = 0
    if count == place + 6, bytes[place + 3] == colon, let written = two(bytes, place + 4) {
      minutes = written
    } else if count == place + 5, let written = two(bytes, place + 3) {
      minutes = written
    } else if count != place + 3 {
      return nil
    }
    return minutes < 60 ? sign * (hours * 60 + minutes) * 60 * CivilDate.ticksPerSecond : nil
  }

  private static var colon: UInt8 { UInt8(ascii: ":") }

  @inline(__always)
  private static func digit(_ byte: UInt8) -> Int? {
    let value = byte &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }

  @inline(__always)
  private static func two(_ bytes: UnsafePointer<UInt8>, _ place: Int) -> Int? {
    guard let tens = digit(bytes[place]), let units = digit(bytes[place + 1]) else { return nil }
    return tens * 10 + units
  }
}
