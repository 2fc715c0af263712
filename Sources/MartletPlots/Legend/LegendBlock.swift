/// What one channel means: a title with names and their looks, or with a bar of colours.
struct LegendBlock: Sendable {
  /// One name and what it looks like.
  struct Entry: Sendable {
    let text: String
    var look: Look
  }
  /// A small square of a colour, or a dot; `nil` as colour stands for that of quiet text.
  enum Look: Sendable {
    case square(Color)
    case dot(PlotSymbol, Color?, diameter: Double, opacity: Double)
    case nothing

    var width: Double {
      switch self {
      case .square: 11
      case .dot(_, _, let diameter, _): max(diameter, 11)
      case .nothing: 0
      }
    }
  }
  enum Content: Sendable {
    case entries([Entry])
    case ramp(any PositionScale, ColorRamp, TickFormat)
  }

  let title: String?
  let content: Content
}

extension LegendBlock {
  static let mostNames = 40
  private static let symbolDiameter = 9.0

  /// All blocks of a chart, at most one for each channel.
  static func blocks(_ color: ColorPlan, _ channels: ChannelPlan) -> [LegendBlock] {
    var blocks: [LegendBlock] = []
    var isMerged = false
    if color.showsLegend {
      let (names, quantities) = color.scale.parts
      if case .categories(let names)? = names {
        isMerged = Set(names.names) == Set(channels.symbols) && color.title == channels.symbolTitle
        let entries = zip(names.names, names.colors).map { name, color -> Entry in
          let symbol = isMerged ? channels.symbol(of: name) : nil
          let look = symbol.map { Look.dot($0, color, diameter: symbolDiameter, opacity: 1) }
          return Entry(text: name, look: look ?? .square(color))
        }
        blocks.append(LegendBlock(title: color.title, content: .entries(entries)))
      }
      if case .numbers(let scale, let ramp)? = quantities {
        blocks.append(
          LegendBlock(title: names == nil ? color.title : nil, content: .ramp(scale, ramp, color.format)))
      }
    }
    if !isMerged, !channels.symbols.isEmpty { blocks.append(symbols(channels)) }
    if let size = channels.size { blocks.append(sizes(size, channels.sizeTitle)) }
    if let opacity = channels.opacity { blocks.append(opacities(opacity, channels.opacityTitle)) }
    return blocks.map(\.cut)
  }

  private static func symbols(_ channels: ChannelPlan) -> LegendBlock {
    let entries = channels.symbols.compactMap { name in
      channels.symbol(of: name).map {
        Entry(text: name, look: .dot($0, nil, diameter: symbolDiameter, opacity: 1))
      }
    }
    return LegendBlock(title: channels.symbolTitle, content: .entries(entries))
  }

  private static func sizes(_ scale: SizeScale, _ title: String?) -> LegendBlock {
    let entries = scale.examples.map { value in
      Entry(
        text: NumberText.example(value),
        look: .dot(.circle, nil, diameter: scale.diameter(of: value) ?? 0, opacity: 0.6))
    }
    return LegendBlock(title: title, content: .entries(entries))
  }

  private static func opacities(_ scale: OpacityScale, _ title: String?) -> LegendBlock {
    let entries = scale.scale.ticks(atMost: 3).compactMap { tick in
      tick.value.map {
        Entry(text: tick.label, look: .dot(.circle, nil, diameter: 11, opacity: scale.opacity(of: $0)))
      }
    }
    return LegendBlock(title: title, content: .entries(entries))
  }

  /// The block with no more names than anyone reads.
  private var cut: LegendBlock {
    guard case .entries(let entries) = content, entries.count > Self.mostNames else { return self }
    let rest = Entry(text: "and \(entries.count - Self.mostNames) more", look: .nothing)
    return LegendBlock(title: title, content: .entries(entries.prefix(Self.mostNames) + [rest]))
  }
}
