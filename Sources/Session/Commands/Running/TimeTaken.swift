import WorkerLink

/// How long Swift took to compile and to run.
struct TimeTaken: Sendable {
  private(set) var compilation = Duration.zero
  private(set) var usage = CellUsage()

  /// Adds time that passed otherwise than in Swift.
  mutating func add(wall: Duration) { usage.wall += wall }

  /// Adds what one evaluation took.
  mutating func add(_ evaluation: Evaluation) {
    compilation += evaluation.compilation
    guard let used = evaluation.usage else { return }
    usage = CellUsage(
      wall: usage.wall + used.wall, processor: usage.processor + used.processor, system: usage.system + used.system)
  }
}

extension Duration {
  /// The duration as people read it, with three digits: `1.23 µs`, `45.6 ms`, `12 s`, `2 min 5 s`.
  package var shown: String {
    let seconds = Double(components.seconds) + Double(components.attoseconds) / 1e18
    if seconds >= 60 {
      let whole = Int(seconds.rounded())
      return "\(whole / 60) min \(whole % 60) s"
    }
    for (unit, size) in [("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)] where seconds >= size * 0.9995 {
      return Self.digits(seconds / size) + " " + unit
    }
    return Self.digits(seconds / 1e-9) + " ns"
  }

  /// Three digits, without zeros behind the point.
  private static func digits(_ value: Double) -> String {
    let places = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
    let text = value.formatted(places: places)
    guard text.contains(".") else { return text }
    return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
  }
}

extension Double {
  /// The number with a fixed number of decimal places.
  fileprivate func formatted(places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let whole = Int((self * scale).rounded())
    if places == 0 { return String(whole) }
    let fraction = String(whole % Int(scale))
    return "\(whole / Int(scale))." + String(repeating: "0", count: places - fraction.count) + fraction
  }
}
