/// What `%timeit` has measured.
struct Timings: CustomStringConvertible {
  /// How often the statement was run in a row.
  let loops: Int
  /// The nanoseconds that each such row took.
  let runs: [Double]

  /// - Parameter text: the number of loops and the nanoseconds of each run, in brackets.
  init?(_ text: String) {
    let numbers = text.split { !$0.isNumber }.compactMap { Double($0) }
    guard numbers.count >= 2, numbers[0] >= 1 else { return nil }
    loops = Int(numbers[0])
    runs = Array(numbers.dropFirst())
  }

  init(loops: Int, runs: [Double]) { (self.loops, self.runs) = (loops, runs) }

  private var perLoop: [Double] { runs.map { $0 / Double(loops) } }

  /// In nanoseconds.
  var mean: Double { perLoop.reduce(0, +) / Double(runs.count) }
  /// Of the runs at hand, in nanoseconds.
  var standardDeviation: Double {
    let mean = mean
    return (perLoop.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs.count)).squareRoot()
  }
  var best: Double { perLoop.min() ?? 0 }

  var description: String {
    let (mean, deviation, best) = (Self.shown(mean), Self.shown(standardDeviation), Self.shown(best))
    let runs = "\(runs.count) run\(runs.count == 1 ? "" : "s")"
    return "\(mean) ± \(deviation) per loop (mean ± std. dev. of \(runs), \(Self.grouped(loops)) "
      + "loop\(loops == 1 ? "" : "s") each; best \(best))"
  }

  private static func shown(_ nanoseconds: Double) -> String {
    // Picoseconds, so that what takes less than a nanosecond keeps its digits.
    Duration(
      secondsComponent: Int64(nanoseconds / 1e9),
      attosecondsComponent: Int64(nanoseconds.truncatingRemainder(dividingBy: 1e9) * 1e9)
    )
    .shown
  }

  /// The number with a comma before every third digit.
  private static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.enumerated().reduce("") { text, digit in
      text + (digit.offset > 0 && (digits.count - digit.offset) % 3 == 0 ? "," : "") + String(digit.element)
    }
  }
}
