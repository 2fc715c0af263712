/// The labels to the left of a plot.
struct VerticalAxis {
  let ticks: [Tick]
  /// The room the labels take to the left of the axis.
  let width: Double

  private static let widest = 190.0
  private static let lineHeight = 14.0

  /// - Parameter spacing: the room for one label, in pixels, that is aimed at where there is a choice.
  init(_ scale: any PositionScale, format: TickFormat = .automatic, height: Double, spacing: Double = 44) {
    let labels = { (count: Int) in
      format.applied(to: scale.ticks(atMost: count)).map { tick in
        var tick = tick
        (tick.label, tick.context) = (tick.fullLabel, nil)
        return tick
      }
    }
    var count = max(2, Int(height / spacing))
    var ticks = labels(count)
    while count > 1, scale.bandwidth == 0, !Self.fits(ticks) {
      count -= 1
      ticks = labels(count)
    }
    if scale.bandwidth == 0 { ticks = ticks.atLeastTwo(labels, from: count, Self.fits) }
    self.ticks = (Self.fits(ticks) ? ticks : Self.thinned(ticks)).shortened(to: Self.widest)
    width = self.ticks.map { TextMetrics.width(of: $0.label, size: FontSize.tick) }.max() ?? 0
  }

  private static func fits(_ ticks: [Tick]) -> Bool {
    zip(ticks, ticks.dropFirst()).allSatisfy { abs($0.position - $1.position) >= lineHeight }
  }

  private static func thinned(_ ticks: [Tick]) -> [Tick] {
    guard ticks.count > 1 else { return ticks }
    let distance = abs(ticks[1].position - ticks[0].position)
    let stride = max(1, Int((lineHeight / max(distance, 0.01)).rounded(.up)))
    return Swift.stride(from: 0, to: ticks.count, by: stride).map { ticks[$0] }
  }
}
