import Foundation

/// Reads dates that are written as a pattern says; see ``ColumnType/date(format:)``.
struct DatePattern {
  private enum Field {
    case year(Int)
    case month(Int)
    case day(Int)
    case hour(Int)
    case halfDayHour(Int)
    case minute(Int)
    case second(Int)
    case fraction, halfDay, weekday, offset
    case literal(UInt8)
  }

  private struct Parts {
    var year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, fraction = 0, offset = 0
    var isAfternoon: Bool?
  }

  private let fields: [Field]

  /// - Throws: ``FrameError`` of kind `parameter` for a letter that means nothing, or a pattern without a year.
  init(_ format: String) throws(FrameError) {
    var fields: [Field] = []
    let bytes = Array(format.utf8)
    var place = 0
    while place < bytes.count {
      let letter = bytes[place]
      if letter == UInt8(ascii: "'") {
        guard let end = bytes[(place + 1)...].firstIndex(of: letter) else {
          throw .parameter("The date format '\(format)' has an apostrophe without a second one.")
        }
        // Two apostrophes stand for one.
        fields += end == place + 1 ? [.literal(letter)] : bytes[(place + 1)..<end].map { .literal($0) }
        place = end + 1
        continue
      }
      let width = bytes[place...].prefix { $0 == letter }.count
      let isLetter = UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter | 32
      if isLetter {
        guard let field = Self.field(Character(Unicode.Scalar(letter)), width) else {
          throw .parameter(
            "'\(String(repeating: Character(Unicode.Scalar(letter)), count: width))' in the date format '\(format)' means nothing here. Write it with yyyy, yy, MMM, MM, M, dd, d, HH, H, hh, h, a, mm, ss, SSS, EEE and Z, other letters between apostrophes."
          )
        }
        fields.append(field)
      } else {
        fields += Array(repeating: .literal(letter), count: width)
      }
      place += width
    }
    guard fields.contains(where: { if case .year = $0 { true } else { false } }) else {
      throw .parameter("The date format '\(format)' has no year: yyyy, or yy for two digits.")
    }
    self.fields = fields
  }

  private static func field(_ letter: Character, _ width: Int) -> Field? {
    switch letter {
    case "y" where [1, 2, 4].contains(width): .year(width)
    case "M" where width <= 4: .month(width)
    case "d" where width <= 2: .day(width)
    case "H" where width <= 2: .hour(width)
    case "h" where width <= 2: .halfDayHour(width)
    case "m" where width <= 2: .minute(width)
    case "s" where width <= 2: .second(width)
    case "S": .fraction
    case "a": .halfDay
    case "E": .weekday
    case "Z", "X", "x": .offset
    default: nil
    }
  }

  /// Microseconds since 1970; `nil` where the text is not so written or the day does not exist.
  func ticks(_ text: String) -> Int? {
    var reader = DatePatternReader(text)
    var parts = Parts()
    for field in fields where !read(field, &reader, &parts) { return nil }
    guard reader.isAtEnd else { return nil }
    if let isAfternoon = parts.isAfternoon {
      guard 1...12 ~= parts.hour else { return nil }
      parts.hour = parts.hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard 1...12 ~= parts.month, parts.day >= 1,
      parts.day <= CivilDate.dayCount(year: parts.year, month: parts.month), parts.hour < 24, parts.minute < 60,
      parts.second < 60
    else { return nil }
    let days = CivilDate(year: parts.year, month: parts.month, day: parts.day).daysSince1970
    let seconds = (parts.hour * 60 + parts.minute) * 60 + parts.second - parts.offset
    return days * CivilDate.ticksPerDay + seconds * CivilDate.ticksPerSecond + parts.fraction
  }

  private func read(_ field: Field, _ reader: inout DatePatternReader, _ parts: inout Parts) -> Bool {
    switch field {
    case .literal(let byte): return reader.take(byte)
    case .year(2):
      guard let year = reader.number(2...2) else { return false }
      // As POSIX reads them: 69 to 99 are of the 20th century.
      parts.year = year + (year < 69 ? 2000 : 1900)
      return true
    case .year: return reader.number(4...4).map { parts.year = $0 } != nil
    case .month(let width) where width >= 3: return reader.month().map { parts.month = $0 } != nil
    case .month(let width): return reader.number(width...2).map { parts.month = $0 } != nil
    case .day(let width): return reader.number(width...2).map { parts.day = $0 } != nil
    case .hour(let width), .halfDayHour(let width): return reader.number(width...2).map { parts.hour = $0 } != nil
    case .minute(let width): return reader.number(width...2).map { parts.minute = $0 } != nil
    case .second(let width): return reader.number(width...2).map { parts.second = $0 } != nil
    case .fraction: return reader.fraction().map { parts.fraction = $0 } != nil
    case .halfDay: return reader.halfDay().map { parts.isAfternoon = $0 } != nil
    case .weekday: return reader.skipLetters()
    case .offset: return reader.offset().map { parts.offset = $0 } != nil
    }
  }
}

/// Takes the parts of a written date off its front.
struct DatePatternReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: String) { rest = Array(text.utf8)[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  /// A whole number of as many digits.
  mutating func number(_ digits: ClosedRange<Int>) -> Int? {
    let taken = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.prefix(digits.upperBound)
    guard taken.count >= digits.lowerBound else { return nil }
    rest.removeFirst(taken.count)
    return taken.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// Digits after the point, of which six count, as microseconds.
  mutating func fraction() -> Int? {
    let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard 1...9 ~= digits.count else { return nil }
    rest.removeFirst(digits.count)
    let padded = Array(digits.prefix(6)) + Array(repeating: UInt8(ascii: "0"), count: max(0, 6 - digits.count))
    return padded.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private mutating func letters() -> String {
    let letters = rest.prefix { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 32 }
    rest.removeFirst(letters.count)
    return String(decoding: letters, as: UTF8.self).lowercased()
  }

  mutating func skipLetters() -> Bool { !letters().isEmpty }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// The number of a month by its English name or the first three letters of it, with or without a point.
  mutating func month() -> Int? {
    let name = letters()
    guard
      let place = Self.months.firstIndex(where: {
        $0 == name || $0.prefix(3) == name || (name == "sept" && $0 == "september")
      })
    else { return nil }
    if name != Self.months[place] { _ = take(UInt8(ascii: ".")) }
    return place + 1
  }

  /// Whether it is after noon: `AM` or `PM`, in any case.
  mutating func halfDay() -> Bool? {
    switch letters() {
    case "am": false
    case "pm": true
    default: nil
    }
  }

  /// `Z`, `+02`, `+0200` or `+02:00`, in seconds.
  mutating func offset() -> Int? {
    if take(UInt8(ascii: "Z")) { return 0 }
    let sign = take(UInt8(ascii: "+")) ? 1 : take(UInt8(ascii: "-")) ? -1 : 0
    guard sign != 0, let hours = number(2...2), hours < 24 else { return nil }
    let hasColon = take(UInt8(ascii: ":"))
    guard let minutes = number(2...2) else { return hasColon ? nil : sign * hours * 3600 }
    return minutes < 60 ? sign * (hours * 60 + minutes) * 60 : nil
  }
}
