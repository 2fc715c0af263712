extension [Tick] {
  /// The ticks with labels no wider than that, in pixels. Names that would look the same without their ends lose their
  /// middles instead.
  func shortened(to width: Double) -> [Tick] {
    let cut = map { TextMetrics.fitted($0.label, size: FontSize.tick, width: width) }
    let areDistinct = Set(cut).count == Set(map(\.label)).count
    return zip(self, cut).map { tick, label in
      var tick = tick
      tick.label =
        areDistinct ? label : TextMetrics.fitted(tick.label, size: FontSize.tick, width: width, keepsEnd: true)
      return tick
    }
  }
}
