/// The chart's scales for sizes, symbols and opacities, from what the marks need.
struct ChannelPlan: Sendable {
  let size: SizeScale?
  let sizeTitle: String?
  /// The names that symbols stand for, in the order in which they take them.
  let symbols: [String]
  let symbolTitle: String?
  let opacity: OpacityScale?
  let opacityTitle: String?

  init(_ demands: [MarkDemands], _ options: ChartOptions) {
    let (sizes, shapes) = (demands.compactMap(\.size), demands.compactMap(\.symbol))
    let opacities = demands.compactMap(\.opacity)
    size = SizeScale(sizes.flatMap(\.extent.quantities))
    sizeTitle = Self.title(options.sizeLabel, sizes)
    symbols = shapes.flatMap(\.extent.names).removingDuplicates()
    symbolTitle = Self.title(options.symbolLabel, shapes)
    opacity = OpacityScale(opacities.flatMap(\.extent.quantities))
    opacityTitle = Self.title(options.opacityLabel, opacities)
  }

  private static func title(_ given: String?, _ demands: [ChannelDemand]) -> String? {
    let title = given ?? demands.compactMap(\.title).first
    return title?.isEmpty == true ? nil : title
  }

  /// The symbol of a name; after the last shape they begin again.
  func symbol(of name: String) -> PlotSymbol? {
    symbols.firstIndex(of: name).map { PlotSymbol.all[$0 % PlotSymbol.all.count] }
  }
}
