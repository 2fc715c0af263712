/// The scale of an axis before its pixels are known.
struct AxisPlan: Sendable {
  let scale: any PositionScale
  let title: String?
  let options: AxisOptions
  /// Whether bars stand on the axis's zero, which is then drawn.
  let standsOnZero: Bool
  let format: TickFormat

  private static let pixels = PixelSpan(start: 0, end: 1)

  /// - Parameters:
  ///   - demands: what the marks need of the axis.
  ///   - options: what the chart's methods set for the axis.
  /// - Returns: `nil` when there is nothing to make a scale from.
  init?(_ demands: [AxisDemand], _ options: AxisOptions) {
    guard let scale = Self.scale(demands, options) else { return nil }
    self.scale = scale
    self.options = options
    standsOnZero = scale.hasZero && demands.contains(where: \.includesZero)
    format = options.format.isAutomatic && demands.contains(where: \.isShare) ? .percent : options.format
    let title = options.label ?? demands.compactMap(\.title).first
    self.title = title?.isEmpty == true || options.isHidden ? nil : title
  }

  private static func scale(_ demands: [AxisDemand], _ options: AxisOptions) -> (any PositionScale)? {
    let names = demands.flatMap(\.extent.names)
    if !names.isEmpty {
      let gap = demands.map(\.gap).min() ?? 0
      if case .names(let given)? = options.domain {
        return BandScale(categories: given.removingDuplicates(), gap: gap, pixels: pixels)
      }
      return BandScale(categories: names.removingDuplicates(), gap: gap, pixels: pixels)
    }
    let isTime = demands.contains(where: \.extent.isTime)
    var numbers = demands.flatMap(\.extent.quantities).filter(\.isFinite)
    var isTight = demands.allSatisfy(\.isTight)
    if case .numbers(let domain)? = options.domain {
      numbers = [domain.lowerBound, domain.upperBound].filter(\.isFinite)
      isTight = true
    } else if !isTime, options.kind != .log, demands.contains(where: \.includesZero), !numbers.isEmpty {
      numbers.append(0)
    }
    if isTime { return time(numbers, isTight: isTight) }
    let isWhole = demands.allSatisfy { $0.isWhole || $0.extent.quantities.isEmpty }
    return quantities(options.kind, numbers, isTight: isTight, isWhole: isWhole)
  }

  /// The scale over the values' range, which grows to round ends unless it is tight.
  static func quantities(
    _ kind: ScaleKind, _ numbers: [Double], isTight: Bool, isWhole: Bool = false
  ) -> (any PositionScale)? {
    let usable = kind == .log ? numbers.filter { $0 > 0 } : numbers
    guard let lower = usable.min(), let upper = usable.max() else { return nil }
    switch kind.name {
    case .linear:
      var scale = LinearScale(lower: lower, upper: upper, pixels: pixels)
      scale.isWhole = isWhole
      return isTight ? scale : scale.nice()
    case .log:
      let scale = LogScale(lower: lower, upper: upper, pixels: pixels)
      return isTight ? scale : scale.nice()
    case .power(let exponent):
      let scale = TransformedScale(.power(exponent), lower: lower, upper: upper, pixels: pixels)
      return isTight ? scale : scale.nice()
    case .symmetricLog(let constant):
      let scale = TransformedScale(.symmetricLog(constant), lower: lower, upper: upper, pixels: pixels)
      return isTight ? scale : scale.nice()
    }
  }

  private static func time(_ instants: [Double], isTight: Bool) -> (any PositionScale)? {
    guard let lower = instants.min(), let upper = instants.max() else { return nil }
    let scale = TimeScale(lower: lower, upper: upper, pixels: pixels)
    return isTight ? scale : scale.nice()
  }

  /// The scale over pixels that it covers from left to right, or upwards; backwards where the chart says so.
  func scale(over pixels: PixelSpan) -> any PositionScale {
    scale.over(options.isReversed ? pixels.reversed : pixels)
  }
}
