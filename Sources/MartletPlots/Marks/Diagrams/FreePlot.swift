extension MarkDemands {
  /// A plot without axes, for diagrams whose places mean nothing by themselves; wider ones than 576 pixels get 612.
  ///
  /// Cells are at most 64 pixels wide where there are no axes, and the plot is a whole number of them.
  static func free(width: Double, height: Double, color: ColorDemand? = nil) -> MarkDemands {
    let cells =
      width > 576
      ? (columns: 100, rows: max(1, Int((height / 612 * 100).rounded())))
      : (columns: max(1, Int((width / 64).rounded())), rows: max(1, Int((height / 64).rounded())))
    return MarkDemands(color: color, cells: cells)
  }

  /// A square plot whose two axes have the same unit, so that circles are round.
  static func square(around points: [(x: Double, y: Double)], color: ColorDemand? = nil) -> MarkDemands {
    let finite = points.filter { $0.x.isFinite && $0.y.isFinite }
    guard let left = finite.map(\.x).min(), let right = finite.map(\.x).max(), let bottom = finite.map(\.y).min(),
      let top = finite.map(\.y).max()
    else { return MarkDemands(color: color) }
    let half = max(right / 2 - left / 2, top / 2 - bottom / 2) * 1.04
    func demand(_ low: Double, _ high: Double) -> AxisDemand {
      AxisDemand(.numbers([low / 2 + high / 2 - half, low / 2 + high / 2 + half]), isTight: true)
    }
    func own(_ low: Double, _ high: Double) -> AxisDemand {
      let edge = max((high / 2 - low / 2) * 0.04, half * 0.02)
      return AxisDemand(.numbers([low - edge, high + edge]), isTight: true)
    }
    return MarkDemands(
      x: demand(left, right), y: demand(bottom, top), color: color, cells: (5, 5),
      unsquared: (own(left, right), own(bottom, top)))
  }
}
