/// The chart's colour scale and its legend's title, from what the marks need.
struct ColorPlan: Sendable {
  let scale: ColorScale
  let title: String?
  let showsLegend: Bool

  init(_ demands: [ColorDemand], options: ChartOptions) {
    scale = Self.scale(demands, options)
    let title = options.colorLabel ?? demands.compactMap(\.title).first
    self.title = title?.isEmpty == true ? nil : title
    showsLegend = !options.hidesLegend && demands.contains(where: \.showsLegend)
  }

  private static func scale(_ demands: [ColorDemand], _ options: ChartOptions) -> ColorScale {
    let names = demands.flatMap(\.extent.names)
    if !names.isEmpty { return .categories(names.removingDuplicates(), options.palette) }
    let numbers = demands.flatMap(\.extent.quantities).filter(\.isFinite)
    guard let lower = numbers.min(), let upper = numbers.max() else { return .none }
    let isCentred = demands.contains(where: \.isCentred)
    let farthest = max(abs(lower), abs(upper))
    let domain = LinearScale(
      lower: isCentred ? -farthest : lower, upper: isCentred ? farthest : upper, pixels: PixelSpan(start: 0, end: 1))
    return .numbers(domain, options.ramp ?? demands.compactMap(\.ramp).first ?? .viridis)
  }
}
