import Glibc

/// Numbers as text for readers: rounded, grouped, never `1e-05`.
enum NumberText {
  private static let superscripts = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")

  /// At most six significant digits: `0.3`, `1234.57`, `1.5×10⁹`.
  static func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    let exponent = decimalExponent(of: value)
    if exponent < -5 || exponent > 14 { return scientific(value, decimals: 3, trimmed: true) }
    return trimmingZeros(fixed(value, decimals: min(max(0, 5 - exponent), 10)))
  }

  /// A tick's label: exactly as many decimals as the step between ticks needs.
  ///
  /// - Parameters:
  ///   - stepExponent: the power of ten of the step.
  ///   - largest: the largest magnitude on the axis, which decides for all labels whether they are written with powers
  /// of ten.
  static func tick(_ value: Double, stepExponent: Int, largest: Double) -> String {
    if value == 0 { return "0" }
    let exponent = decimalExponent(of: largest)
    if exponent > 6 || exponent < -4 {
      return scientific(value, decimals: max(0, decimalExponent(of: value) - stepExponent), trimmed: true)
    }
    let text = fixed(value, decimals: max(0, -stepExponent))
    return exponent >= 4 ? grouped(text) : text
  }

  /// The number with a fixed count of decimals and a true minus sign.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
    guard scaled < 9e18 else { return "\(value)" }
    var digits = String(Int64(scaled))
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return value < 0 && scaled != 0 ? "−" + digits : digits
  }

  /// The number with decimals and with commas between thousands.
  static func plain(_ value: Double, decimals: Int) -> String { grouped(fixed(value, decimals: decimals)) }

  /// At most four significant digits and a power of ten.
  static func scientific(_ value: Double) -> String {
    value == 0 ? "0" : scientific(value, decimals: 3, trimmed: true)
  }

  /// A round quantity of a legend.
  static func example(_ value: Double) -> String {
    value >= 10_000 && value < 1e15 ? compact(value) : short(value)
  }

  /// At most four significant digits before `k`, `M`, `B` or `T`.
  static func compact(_ value: Double) -> String {
    let thousands = min(max(decimalExponent(of: value) / 3, 0), 4)
    guard thousands > 0 else { return short(value) }
    let scaled = value / power(3 * thousands)
    if abs(scaled) >= 1e6 { return scientific(value) }
    return trimmingZeros(fixed(scaled, decimals: max(0, 3 - max(0, decimalExponent(of: scaled)))))
      + ["", "k", "M", "B", "T"][thousands]
  }

  /// Ten to a whole power; negative powers by division, so that they are the nearest doubles.
  static func power(_ exponent: Int) -> Double {
    exponent < 0 ? 1 / pow(10, Double(-exponent)) : pow(10, Double(exponent))
  }

  private static func scientific(_ value: Double, decimals: Int, trimmed: Bool) -> String {
    var exponent = decimalExponent(of: value)
    var mantissa = value / pow(10, Double(exponent))
    if !mantissa.isFinite { mantissa = value * 1e300 / pow(10, Double(exponent + 300)) }
    if abs(mantissa) + 0.5 * pow(10, -Double(decimals)) >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    let text = fixed(mantissa, decimals: min(decimals, 15))
    return (trimmed ? trimmingZeros(text) : text) + "×10" + superscript(exponent)
  }

  /// The power of ten below a magnitude, e.g. 2 for 314.
  static func decimalExponent(of value: Double) -> Int {
    value == 0 ? 0 : Int((log10(abs(value)) + 1e-12).rounded(.down))
  }

  /// `10⁻³` has the exponent's digits raised.
  static func superscript(_ exponent: Int) -> String {
    (exponent < 0 ? "⁻" : "") + String(String(abs(exponent)).map { superscripts[$0.wholeNumberValue ?? 0] })
  }

  private static func trimmingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text[...]
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return String(text)
  }

  private static func grouped(_ text: String) -> String {
    let whole = text.prefix { $0 != "." }
    var grouped = ""
    for (position, digit) in whole.reversed().enumerated() {
      if position > 0, position % 3 == 0, digit != "−" { grouped.append(",") }
      grouped.append(digit)
    }
    return String(grouped.reversed()) + text.dropFirst(whole.count)
  }
}
