import Glibc

/// The labels below a plot, level where they fit, slanted where they do not.
struct HorizontalAxis {
  let ticks: [Tick]
  let isSlanted: Bool
  /// The room the labels take below the axis.
  let height: Double

  /// 40°, in radians: steep enough for many labels, flat enough to read.
  static let slant = 40.0
  private static let radians = slant * .pi / 180
  private static let smallestGap = 8.0
  private static let longestSlanted = 150.0
  static let lineHeight = 13.0

  /// - Parameter spacing: the room for one label, in pixels, that is aimed at where there is a choice.
  init(_ scale: any PositionScale, format: TickFormat = .automatic, spacing: Double = 70) {
    let labels = { (count: Int) in
      format.applied(to: scale.ticks(atMost: count)).sorted { $0.position < $1.position }
    }
    if let level = Self.level(scale, labels, spacing) {
      let lines = level.contains { $0.context != nil } ? 2.0 : 1
      (ticks, isSlanted, height) = (level, false, Self.lineHeight * lines)
    } else {
      ticks = Self.thinned(labels(10)).shortened(to: Self.longestSlanted)
      isSlanted = true
      let longest = ticks.map { TextMetrics.width(of: $0.label, size: FontSize.tick) }.max() ?? 0
      height = longest * sin(Self.radians) + Self.lineHeight * cos(Self.radians)
    }
  }

  /// How far the labels reach beyond the left and the right end of the pixels they belong to.
  func overhang(_ pixels: PixelSpan) -> (left: Double, right: Double) {
    var (left, right) = (0.0, 0.0)
    for tick in ticks {
      let width = tick.labelWidth
      let toLeft = isSlanted ? width * cos(Self.radians) + 4 : width / 2
      left = max(left, toLeft - (tick.position - pixels.lower))
      right = max(right, (isSlanted ? 4 : width / 2) - (pixels.upper - tick.position))
    }
    return (left, right)
  }

  /// As many level labels as fit beside each other; `nil` when names, which nobody could guess, would be left out.
  private static func level(
    _ scale: any PositionScale, _ labels: (Int) -> [Tick], _ spacing: Double
  ) -> [Tick]? {
    if scale.bandwidth > 0 {
      let ticks = labels(0)
      if fits(ticks) { return ticks }
      return ticks.allSatisfy({ Double($0.label) != nil }) ? thinnedLevel(ticks) : nil
    }
    // Dates are short for what they say: the line below them takes the rest.
    let room = scale is TimeScale ? min(spacing, 52) : spacing
    var count = max(2, Int(scale.pixels.length / room))
    while count > 1 {
      let ticks = labels(count)
      if fits(ticks) { return ticks.atLeastTwo(labels, from: count, fits) }
      count -= 1
    }
    return Array(labels(1).prefix(1))
  }

  /// Every second, third, … number; a reader fills in the others.
  private static func thinnedLevel(_ ticks: [Tick]) -> [Tick] {
    for step in [2, 5, 10, 20, 50, 100, 200, 500, 1000] {
      let kept = stride(from: 0, to: ticks.count, by: step).map { ticks[$0] }
      if fits(kept) { return kept }
    }
    return Array(ticks.prefix(1))
  }

  /// Whether no label touches its neighbour, on the line of labels and on that below.
  private static func fits(_ ticks: [Tick]) -> Bool {
    func areApart(_ texts: [(position: Double, text: String)]) -> Bool {
      var end = -Double.infinity
      for (position, text) in texts {
        let half = TextMetrics.width(of: text, size: FontSize.tick) / 2
        if position - half < end + smallestGap { return false }
        end = position + half
      }
      return true
    }
    return areApart(ticks.map { ($0.position, $0.label) })
      && areApart(ticks.compactMap { tick in tick.context.map { (tick.position, $0) } })
  }

  /// Every second, third, … tick where slanted lines of text would touch.
  private static func thinned(_ ticks: [Tick]) -> [Tick] {
    guard ticks.count > 1 else { return ticks }
    let distance = abs(ticks[1].position - ticks[0].position) * sin(radians)
    let stride = max(1, Int((lineHeight / max(distance, 0.01)).rounded(.up)))
    return Swift.stride(from: 0, to: ticks.count, by: stride).map { ticks[$0] }
  }
}

extension [Tick] {
  /// Of a single tick nobody can read a scale: where round numbers are so far apart that only one of them is on the axis,
  /// the next closer ones that still fit.
  func atLeastTwo(_ labels: (Int) -> [Tick], from count: Int, _ fits: ([Tick]) -> Bool) -> [Tick] {
    guard self.count < 2 else { return self }
    let more = (count + 1...count + 8).lazy.map(labels).first { $0.count >= 2 }
    return more.flatMap { fits($0) ? $0 : nil } ?? self
  }
}

extension Tick {
  /// The width of the label or of the line below it, whichever is wider.
  var labelWidth: Double {
    max(
      TextMetrics.width(of: label, size: FontSize.tick), TextMetrics.width(of: context ?? "", size: FontSize.tick))
  }

  /// Label and context on one line: `Jan 1958`.
  var fullLabel: String { context.map { "\(label) \($0)" } ?? label }
}
