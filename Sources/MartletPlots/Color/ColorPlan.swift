/// The chart's colour scale and its legend's title, from what the marks need.
struct ColorPlan: Sendable {
  let scale: ColorScale
  let title: String?
  let showsLegend: Bool
  let format: TickFormat

  /// - Parameter shared: the colours that names have in other charts of the same grid.
  init(_ demands: [ColorDemand], options: ChartOptions, shared: [String: Color] = [:]) {
    scale = Self.scale(demands, options, shared)
    let named = demands.filter { !$0.extent.names.isEmpty }
    let title = options.color.label ?? (named.isEmpty ? demands : named).compactMap(\.title).first
    self.title = title?.isEmpty == true ? nil : title
    showsLegend = demands.contains(where: \.showsLegend)
    format = options.color.format
  }

  private static func scale(
    _ demands: [ColorDemand], _ options: ChartOptions, _ shared: [String: Color]
  ) -> ColorScale {
    var names = demands.flatMap(\.extent.names)
    if !names.isEmpty {
      if case .names(let given)? = options.color.domain { names = given + names }
      let own = demands.reduce(into: [:]) { $0.merge($1.fixed) { first, _ in first } }
      let fixed = own.merging(shared) { own, _ in own }
      let categories = ColorScale.categories(
        CategoryColors(names.removingDuplicates(), options.palette, fixed: fixed))
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
