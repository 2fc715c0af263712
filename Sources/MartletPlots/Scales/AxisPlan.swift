/// The scale of an axis before its pixels are known.
struct AxisPlan: Sendable {
  let scale: any PositionScale
  let title: String?

  /// - Parameters:
  ///   - demands: what the marks need of the axis.
  ///   - kind: linear or logarithmic, where the axis is one of numbers.
  ///   - domain: the part of the axis to show; `nil` for all.
  ///   - label: the user's title; `nil` for the columns' names, empty for none.
  /// - Returns: `nil` when there is nothing to make a scale from.
  init?(_ demands: [AxisDemand], kind: ScaleKind, domain: ClosedRange<Double>?, label: String?) {
    guard let scale = Self.scale(demands, kind, domain) else { return nil }
    self.scale = scale
    let title = label ?? demands.compactMap(\.title).first
    self.title = title?.isEmpty == true ? nil : title
  }

  private static func scale(
    _ demands: [AxisDemand], _ kind: ScaleKind, _ domain: ClosedRange<Double>?
  ) -> (any PositionScale)? {
    let pixels = PixelSpan(start: 0, end: 1)
    let names = demands.flatMap(\.extent.names)
    if !names.isEmpty {
      let gap = demands.map(\.gap).min() ?? 0
      return BandScale(categories: names.removingDuplicates(), gap: gap, pixels: pixels)
    }
    var numbers = demands.flatMap(\.extent.quantities).filter(\.isFinite)
    let isTight = domain != nil || demands.allSatisfy(\.isTight)
    if let domain { numbers = [domain.lowerBound, domain.upperBound].filter(\.isFinite) }
    if kind == .log { return log(numbers, isTight: isTight) }
    if domain == nil, demands.contains(where: \.includesZero), !numbers.isEmpty { numbers.append(0) }
    guard let lower = numbers.min(), let upper = numbers.max() else { return nil }
    let scale = LinearScale(lower: lower, upper: upper, pixels: pixels)
    return isTight ? scale : scale.nice()
  }

  private static func log(_ numbers: [Double], isTight: Bool) -> LogScale? {
    let positive = numbers.filter { $0 > 0 }
    guard let lower = positive.min(), let upper = positive.max() else { return nil }
    let scale = LogScale(lower: lower, upper: upper, pixels: PixelSpan(start: 0, end: 1))
    return isTight ? scale : scale.nice()
  }
}
