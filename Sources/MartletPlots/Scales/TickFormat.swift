/// How the numbers on an axis are written.
///
///     chart.yFormat(.percent)                       // 0.25 → 25%
///     chart.yFormat(.currency("€"))                 // 1500 → €1,500
///     chart.xFormat(.custom { "\(Int($0))th" })
public struct TickFormat: Sendable {
  enum Style: Sendable {
    case automatic
    case percent(Int?)
    case number(Int?)
    case compact, scientific
    case custom(@Sendable (Double) -> String)
  }
  let style: Style
  private var prefix = ""
  private var suffix = ""

  private init(_ style: Style, prefix: String = "", suffix: String = "") {
    (self.style, self.prefix, self.suffix) = (style, prefix, suffix)
  }

  /// As many decimals as the ticks need; powers of ten for very large and very small numbers; dates as dates.
  public static let automatic = TickFormat(.automatic)
  /// Shares as percentages, with as many decimals as the ticks need: `0.25` is `25%`.
  public static let percent = TickFormat(.percent(nil))
  /// Shares as percentages with that many decimals, 0 to 15.
  public static func percent(decimals: Int) -> TickFormat { TickFormat(.percent(clamped(decimals))) }
  /// Never with powers of ten, with commas between thousands.
  public static let number = TickFormat(.number(nil))
  /// Numbers with that many decimals, 0 to 15, and commas between thousands.
  public static func number(decimals: Int) -> TickFormat { TickFormat(.number(clamped(decimals))) }
  /// `1.5k`, `20M`, `3B`, `4T` for thousands, millions, billions and trillions.
  public static let compact = TickFormat(.compact)
  /// `1.5×10⁶`.
  public static let scientific = TickFormat(.scientific)
  /// Numbers after the sign of a currency: `€1,500`.
  public static func currency(_ sign: String) -> TickFormat { TickFormat(.number(nil), prefix: sign) }
  /// Numbers before a unit: `20 °C`.
  public static func unit(_ unit: String) -> TickFormat { TickFormat(.number(nil), suffix: " " + unit) }
  /// As the function says. Dates come as seconds since the start of 1970 in UTC.
  public static func custom(_ text: @escaping @Sendable (Double) -> String) -> TickFormat { TickFormat(.custom(text)) }

  private static func clamped(_ decimals: Int) -> Int { min(max(decimals, 0), 15) }

  var isAutomatic: Bool { if case .automatic = style { true } else { false } }

  /// The ticks with their labels written this way; ticks of names stay as they are.
  func applied(to ticks: [Tick]) -> [Tick] {
    if isAutomatic { return ticks }
    let values = ticks.compactMap(\.value)
    return ticks.map { tick in
      guard let value = tick.value else { return tick }
      var tick = tick
      tick.label = text(value, among: values)
      tick.context = nil
      return tick
    }
  }

  private func text(_ value: Double, among values: [Double]) -> String {
    switch style {
    case .automatic: return NumberText.short(value)
    case .percent(let decimals):
      return NumberText.plain(value * 100, decimals: decimals ?? Self.decimals(values.map { $0 * 100 })) + "%"
    case .number(let decimals):
      let text = NumberText.plain(abs(value), decimals: decimals ?? Self.decimals(values))
      return (value < 0 ? "−" : "") + prefix + text + suffix
    case .compact: return NumberText.compact(value)
    case .scientific: return NumberText.scientific(value)
    case .custom(let text): return text(value)
    }
  }

  /// The fewest decimals that tell all values apart from what they would be rounded to.
  private static func decimals(_ values: [Double]) -> Int {
    let largest = values.map(abs).max() ?? 0
    return (0...12).first { count in
      let unit = NumberText.power(-count)
      return values.allSatisfy { abs($0 - ($0 / unit).rounded() * unit) <= max(largest * 1e-9, 1e-13) }
    } ?? 12
  }
}
