import Foundation
import MartletDisplay
import MartletFrames
import MartletModels
import MartletPlots

extension RunComparison: RichDisplayable, CustomStringConvertible {
  private static let mostCharts = 6

  private var table: ModelTable {
    let frame = frame
    let columns = frame.columns.map { column -> [String] in
      guard column.type == .double, let numbers = try? column.numbers() else { return column.texts().map { $0 ?? "" } }
      let shown = FrameNumberFormat.texts(numbers.compactMap { $0 })
      var place = 0
      return numbers.map { number in
        guard number != nil else { return "" }
        defer { place += 1 }
        return shown[place]
      }
    }
    return ModelTable(
      title: runs.map(\.experiment).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        .joined(separator: ", "),
      facts: ["\(runs.count) run\(runs.count == 1 ? "" : "s")"], header: frame.columnNames,
      rows: runs.indices.map { row in columns.map { $0[row] } })
  }

  /// The charts that tell the runs apart.
  private var charts: [Chart] {
    let withSteps = metrics.filter { curves[$0]?.contains { $0.steps.count > 1 } ?? false }
    var charts = withSteps.prefix(Self.mostCharts).compactMap { try? chart($0) }
    if runs.count > 2, let chart = try? parallelCoordinates() { charts.append(chart.title("Runs")) }
    if charts.isEmpty, runs.count > 1 { charts = metrics.prefix(Self.mostCharts).compactMap { try? chart($0) } }
    return charts
  }

  /// The table.
  public var description: String { table.text }

  /// The table, with charts below it.
  public func displayBundle() -> DisplayBundle {
    var bundle = table.displayBundle()
    guard case .text(let html)? = bundle[.html] else { return bundle }
    let pictures = charts.map { "<div style=\"display: inline-block\">\($0.svg)</div>" }
    bundle[.html] = .text(html + pictures.joined())
    return bundle
  }
}
