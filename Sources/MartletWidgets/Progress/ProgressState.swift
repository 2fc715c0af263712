/// How far a loop has come, at one moment, and how that is written.
package struct ProgressState: Equatable {
  package enum Status: Sendable { case running, finished, stopped }

  package var label: String
  package var done: Int
  /// How many there are; `nil` when that is not known.
  package var total: Int?
  /// Seconds since the loop began.
  package var seconds: Double
  package var status: Status

  package init(label: String, done: Int, total: Int?, seconds: Double, status: Status) {
    self.label = label
    self.done = done
    self.total = total
    self.seconds = seconds
    self.status = status
  }

  /// Items in a second; `nil` before that can be said.
  var rate: Double? { done > 0 && seconds > 0 ? Double(done) / seconds : nil }

  /// The part that is done, from 0 to 1.
  var fraction: Double? { total.map { $0 > 0 ? min(1, Double(done) / Double($0)) : 1 } }

  /// Seconds until the end, if things go on as they did.
  package var secondsLeft: Double? {
    guard status == .running, let total, let rate, total >= done else { return nil }
    return Double(total - done) / rate
  }

  /// `training:  42%|████▏     | 42/100 [00:03<00:04, 13.5/s]`
  package var text: String {
    let name = label.isEmpty ? "" : "\(label): "
    guard let total, let fraction else { return "\(name)\(done) [\(facts)]" }
    return "\(name)\(Self.percent(fraction))|\(Self.bar(fraction))| \(done)/\(total) [\(facts)]"
  }

  /// `00:03<00:04, 13.5/s`
  package var facts: String {
    var text = Self.clock(seconds)
    if let left = secondsLeft { text += "<\(Self.clock(left))" }
    if let rate { text += ", \(Self.number(rate))/s" }
    return status == .stopped ? text + ", stopped" : text
  }

  private static let width = 20

  private static func bar(_ fraction: Double) -> String {
    let eighths = Int(fraction * Double(width * 8))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let filled = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    return filled + String(repeating: " ", count: width - filled.count)
  }

  private static func percent(_ fraction: Double) -> String {
    let text = "\(Int(fraction * 100))%"
    return String(repeating: " ", count: 4 - text.count) + text
  }

  /// `03:25`, or `1:03:25` from an hour on.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 359_999))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let text = "\(two(whole / 60 % 60)):\(two(whole % 60))"
    return whole >= 3600 ? "\(whole / 3600):\(text)" : text
  }

  /// Three digits that count, then letters for thousands: `0.25`, `13.5`, `4.20k`, `1.30M`.
  private static func number(_ value: Double) -> String {
    var (value, unit) = (value, "")
    for larger in ["k", "M", "G", "T"] where value >= 999.5 {
      value /= 1000
      unit = larger
    }
    let places = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
    let scale = [1.0, 10, 100][places]
    let digits = Int((value * scale).rounded())
    if places == 0 { return "\(digits)\(unit)" }
    let rest = String(digits % Int(scale))
    return "\(digits / Int(scale)).\(String(repeating: "0", count: places - rest.count))\(rest)\(unit)"
  }
}
