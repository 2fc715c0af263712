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
  private static let lineHeight = 13.0

  init(_ scale: any PositionScale) {
    if let level = Self.level(scale) {
      (ticks, isSlanted, height) = (level, false, Self.lineHeight)
    } else {
      ticks = Self.thinned(Self.shortened(scale.ticks(atMost: 10)))
      isSlanted = true
      let longest = ticks.map { TextMetrics.width(of: $0.label, size: FontSize.tick) }.max() ?? 0
      height = longest * sin(Self.radians) + Self.lineHeight * cos(Self.radians)
    }
  }

  /// How far the labels reach beyond the left and the right end of the pixels they belong to.
  func overhang(_ pixels: PixelSpan) -> (left: Double, right: Double) {
    var (left, right) = (0.0, 0.0)
    for tick in ticks {
      let width = TextMetrics.width(of: tick.label, size: FontSize.tick)
      let toLeft = isSlanted ? width * cos(Self.radians) + 4 : width / 2
      left = max(left, toLeft - (tick.position - pixels.start))
      right = max(right, (isSlanted ? 4 : width / 2) - (pixels.end - tick.position))
    }
    return (left, right)
  }

  /// As many level labels as fit beside each other; `nil` when names would have to be left out.
  private static func level(_ scale: any PositionScale) -> [Tick]? {
    let isBands = scale.bandwidth > 0
    var count = max(2, Int((scale.ticks(atMost: 2).isEmpty ? 0 : pixels(of: scale)) / 70))
    while true {
      let ticks = scale.ticks(atMost: count)
      if fits(ticks) { return ticks }
      if isBands { return nil }
      if count == 1 { return ticks.first.map { [$0] } ?? [] }
      count -= 1
    }
  }

  private static func pixels(of scale: any PositionScale) -> Double {
    switch scale {
    case let scale as LinearScale: scale.pixels.length
    case let scale as LogScale: scale.pixels.length
    default: 0
    }
  }

  private static func fits(_ ticks: [Tick]) -> Bool {
    var end = -Double.infinity
    for tick in ticks {
      let half = TextMetrics.width(of: tick.label, size: FontSize.tick) / 2
      if tick.position - half < end + smallestGap { return false }
      end = tick.position + half
    }
    return true
  }

  private static func shortened(_ ticks: [Tick]) -> [Tick] {
    ticks.map { tick in
      var tick = tick
      tick.label = TextMetrics.fitted(tick.label, size: FontSize.tick, width: longestSlanted)
      return tick
    }
  }

  /// Every second, third, … tick where slanted lines of text would touch.
  private static func thinned(_ ticks: [Tick]) -> [Tick] {
    guard ticks.count > 1 else { return ticks }
    let distance = abs(ticks[1].position - ticks[0].position) * sin(radians)
    let stride = max(1, Int((lineHeight / max(distance, 0.01)).rounded(.up)))
    return Swift.stride(from: 0, to: ticks.count, by: stride).map { ticks[$0] }
  }
}
