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

  /// - Parameter spacing: the room for one label, in pixels, that is aimed at where there is a choice.
  init(_ scale: any PositionScale, spacing: Double = 70) {
    if let level = Self.level(scale, spacing) {
      (ticks, isSlanted, height) = (level, false, Self.lineHeight)
    } else {
      ticks = Self.thinned(scale.ticks(atMost: 10)).shortened(to: Self.longestSlanted)
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

  /// As many level labels as fit beside each other; `nil` when names, which nobody could guess, would be left out.
  private static func level(_ scale: any PositionScale, _ spacing: Double) -> [Tick]? {
    if scale.bandwidth > 0 {
      let ticks = scale.ticks(atMost: 0)
      if fits(ticks) { return ticks }
      return ticks.allSatisfy({ Double($0.label) != nil }) ? thinnedLevel(ticks) : nil
    }
    var count = max(2, Int(scale.pixels.length / spacing))
    while count > 1 {
      let ticks = scale.ticks(atMost: count)
      if fits(ticks) { return ticks }
      count -= 1
    }
    return Array(scale.ticks(atMost: 1).prefix(1))
  }

  /// Every second, third, … number; a reader fills in the others.
  private static func thinnedLevel(_ ticks: [Tick]) -> [Tick] {
    for step in [2, 5, 10, 20, 50, 100, 200, 500, 1000] {
      let kept = stride(from: 0, to: ticks.count, by: step).map { ticks[$0] }
      if fits(kept) { return kept }
    }
    return Array(ticks.prefix(1))
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

  /// Every second, third, … tick where slanted lines of text would touch.
  private static func thinned(_ ticks: [Tick]) -> [Tick] {
    guard ticks.count > 1 else { return ticks }
    let distance = abs(ticks[1].position - ticks[0].position) * sin(radians)
    let stride = max(1, Int((lineHeight / max(distance, 0.01)).rounded(.up)))
    return Swift.stride(from: 0, to: ticks.count, by: stride).map { ticks[$0] }
  }
}
