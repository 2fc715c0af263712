/// The chart's colour scale and its legend's title, from what the marks need.
struct ColorPlan: Sendable {
  let scale: ColorScale
  let title: String?
  let showsLegend: Bool
  let format: TickFormat

  init(_ demands: [ColorDemand], options: ChartOptions) {
    scale = Self.scale(demands, options)
    let named = demands.filter { !$0.extent.names.isEmpty }
    let title = options.color.label ?? (named.isEmpty ? demands : named).compactMap(\.title).first
    self.title = title?.isEmpty == true ? nil : title
    showsLegend = demands.contains(where: \.showsLegend)
    format = options.color.format
  }

  private static func scale(_ demands: [ColorDemand], _ options: ChartOptions) -> ColorScale {
    var names = demands.flatMap(\.extent.names)
    if !names.isEmpty {
      if case .names(let given)? = options.color.domain { names = given + names }
      let categories = ColorScale.categories(names.removingDuplicates(), options.palette)
      let quantities = quantities(demands, options)
      if case .none = quantities { return categories }
      return .layered(names: categories, quantities: quantities)
    }
    return quantities(demands, options)
  }

  private static func quantities(_ demands: [ColorDemand], _ options: ChartOptions) -> ColorScale {
    var numbers = demands.flatMap(\.extent.quantities).filter(\.isFinite)
    if case .numbers(let domain)? = options.color.domain, !numbers.isEmpty {
      numbers = [domain.lowerBound, domain.upperBound].filter(\.isFinite)
    }
    let middle = options.colorMiddle ?? (demands.contains(where: \.isCentred) ? 0 : nil)
    if let middle, let lower = numbers.min(), let upper = numbers.max() {
      let farthest = max(upper - middle, middle - lower)
      numbers = [middle - farthest, middle + farthest].filter(\.isFinite)
    }
    let isTime = demands.contains(where: \.extent.isTime)
    let given = options.ramp ?? demands.compactMap(\.ramp).first
    let ramp = given ?? (options.colorMiddle == nil ? .viridis : .diverging)
    if isTime, let lower = numbers.min(), let upper = numbers.max() {
      return .numbers(TimeScale(lower: lower, upper: upper, pixels: PixelSpan(start: 0, end: 1)), ramp)
    }
    guard let scale = AxisPlan.quantities(options.color.kind, numbers, isTight: true) else { return .none }
    return .numbers(scale, ramp)
  }
}
