import Glibc

/// How a total comes about: every change starts where the one before ended.
///
///     Chart { WaterfallMark(["base", "age", "income"], changes: [0.3, 0.15, -0.05]) }
///
/// Names stand on the vertical axis, the first at the top. Increases and decreases have a colour each.
public struct WaterfallMark: Mark {
  private let names, changes: any PlotChannel
  private let start: Double

  /// - Parameters:
  ///   - names: of the changes; different from each other.
  ///   - changes: in any one unit, of either sign.
  ///   - start: from where the first change starts; default 0.
  public init(_ names: any PlotChannel, changes: any PlotChannel, start: Double = 0) {
    (self.names, self.changes, self.start) = (names, changes, start)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let changes = try numericColumn(changes, of: "WaterfallMark", channel: "changes", in: table)
    let rows = try PlotRows("WaterfallMark", x: changes, y: names.plotColumn(in: table).asCategories)
    return ResolvedMark(Layer(rows: rows, start: start))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let start: Double

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { false }

    /// From where to where each change goes; `nil` for rows that are missing.
    private var steps: [(from: Double, to: Double)?] {
      var total = start
      return (0..<rows.count).map { row in
        guard let change = rows.x?[row].number, rows.y?[row] != .missing else { return nil }
        defer { total += change }
        return (total, total + change)
      }
    }

    var demands: MarkDemands {
      let ends = steps.flatMap { $0.map { [$0.from, $0.to] } ?? [] }
      // Room for the numbers beside the bars.
      let (low, high) = (min(ends.min() ?? 0, start), max(ends.max() ?? 0, start))
      let room = (high / 2 - low / 2) * 0.24
      return MarkDemands(
        x: AxisDemand(.numbers([low - room, high + room]), title: rows.x?.name, isTight: true),
        y: rows.y.map { AxisDemand($0) })
    }

    func draw(on canvas: inout Canvas) {
      var last: (x: Double, bottom: Double)?
      for (row, step) in steps.enumerated() {
        guard let step, let y = rows.y, let middle = canvas.y.position(of: y[row]),
          let from = canvas.x.position(of: step.from), let to = canvas.x.position(of: step.to)
        else {
          canvas.skipped += 1
          continue
        }
        let half = canvas.y.bandwidth / 2
        if let last { connect(last, to: (from, middle - half), on: &canvas) }
        let isUp = step.to >= step.from
        canvas.svg.element(
          "rect",
          [
            "x": .number(min(from, to)), "y": .number(middle - half), "width": .number(max(abs(to - from), 1)),
            "height": .number(2 * half), "fill": .text((isUp ? Color.vermilion : .blue).css),
          ],
          tooltip: "\(y[row].text ?? ""): \(NumberText.short(step.to - step.from)), then \(NumberText.short(step.to))")
        write(step.to - step.from, beside: to, middle, isUp: isUp, on: &canvas)
        last = (to, middle + half)
      }
    }

    private func connect(
      _ start: (x: Double, bottom: Double), to end: (x: Double, top: Double), on canvas: inout Canvas
    ) {
      canvas.svg.element(
        "line",
        [
          "x1": .number(start.x), "y1": .number(start.bottom), "x2": .number(end.x), "y2": .number(end.top),
          "class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.5, "stroke-dasharray": "2 2",
        ])
    }

    private func write(_ change: Double, beside x: Double, _ y: Double, isUp: Bool, on canvas: inout Canvas) {
      canvas.svg.element(
        "text",
        [
          "x": .number(x + (isUp ? 5 : -5)), "y": .number(y + 4), "text-anchor": isUp ? .absent : "end",
          "class": "ink halo", "fill": .text(Theme.light.ink.css),
        ], content: (change > 0 ? "+" : "") + NumberText.significant(change))
    }
  }
}

extension NumberText {
  /// At most three significant digits.
  static func significant(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return short(value) }
    let unit = pow(10, Double(decimalExponent(of: value) - 2))
    let rounded = (value / unit).rounded() * unit
    return short(rounded.isFinite ? rounded : value)
  }
}
