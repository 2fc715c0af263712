/// Where the parts of one legend block stand, from the block's top left corner.
struct LegendArrangement {
  /// One name with its look.
  struct Item {
    let entry: LegendBlock.Entry
    /// The name as it is written, shortened where it is too long.
    let text: String
    let x: Double
    /// The middle of the line.
    let y: Double
  }

  let block: LegendBlock
  private(set) var title: String?
  private(set) var items: [Item] = []
  private(set) var width = 0.0
  private(set) var height = 0.0
  /// Where the bar of colours starts and ends.
  private(set) var bar: (left: Double, top: Double, width: Double)?

  private static let widestName = 180.0
  private static let titleHeight = 20.0
  private static let barWidth = 200.0
  private static let barHeight = 38.0

  /// - Parameters:
  ///   - width: the room from left to right, in pixels.
  ///   - isUpright: whether names stand below each other, under the title.
  init(_ block: LegendBlock, width: Double, isUpright: Bool) {
    self.block = block
    title = block.title.map { TextMetrics.fitted($0, size: FontSize.legend, width: isUpright ? width : width / 2) }
    let titleWidth = title.map { TextMetrics.width(of: $0, size: FontSize.legend) } ?? 0
    let start = title == nil ? 0 : isUpright ? 0 : titleWidth + 12
    let top = isUpright && title != nil ? Self.titleHeight : 0
    switch block.content {
    case .entries(let entries): arrange(entries, start: start, top: top, room: width, isUpright: isUpright)
    case .ramp:
      // The first tick's label reaches to the left of the bar.
      let left = isUpright ? 10.0 : start
      let length = min(Self.barWidth, max(40, width - left - 20))
      bar = (left, top, length)
      (self.width, height) = (left + length + 12, top + Self.barHeight)
    }
    if isUpright { self.width = max(self.width, titleWidth) }
  }

  private mutating func arrange(
    _ entries: [LegendBlock.Entry], start: Double, top: Double, room: Double, isUpright: Bool
  ) {
    let lineHeight = max(20, (entries.map(\.look.width).max() ?? 0) + 4)
    let lookWidth = isUpright ? entries.map(\.look.width).max() ?? 0 : nil
    var (x, y) = (start, top)
    for (index, entry) in entries.enumerated() {
      let space = (lookWidth ?? entry.look.width) + 5
      let text = TextMetrics.fitted(entry.text, size: FontSize.legend, width: min(Self.widestName, room - space - 4))
      let length = space + TextMetrics.width(of: text, size: FontSize.legend)
      if index > 0, isUpright || x + length > room { (x, y) = (0, y + lineHeight) }
      let middle = y + 6.5 + (lineHeight - 20) / 2
      // Looks of different sizes stand below each other with their middles.
      items.append(
        Item(
          entry: entry, text: text, x: x + ((lookWidth ?? 0) - (lookWidth == nil ? 0 : entry.look.width)) / 2, y: middle
        ))
      width = max(width, x + length)
      x += length + 14
    }
    height = y + (entries.isEmpty ? 0 : lineHeight)
  }

  /// Where the name of an item starts.
  func textX(_ item: Item, isUpright: Bool) -> Double {
    guard isUpright, case .entries(let entries) = block.content else { return item.x + item.entry.look.width + 5 }
    return (entries.map(\.look.width).max() ?? 0) + 5
  }
}
