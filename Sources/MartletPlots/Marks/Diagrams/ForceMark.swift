/// A sum as a tug of war: increases push from the left towards the total, decreases from the right.
///
///     Chart { ForceMark(["age", "income", "debt"], changes: [0.3, 0.15, -0.05], total: 0.6) }
///
/// The largest changes stand next to the total. Names are written below the pieces that have room for the whole of them;
/// all pieces say theirs when they are pointed at.
public struct ForceMark: Mark {
  private let names, changes: any PlotChannel
  private let total: Double

  /// - Parameters:
  ///   - names: of the changes.
  ///   - changes: in any one unit, of either sign.
  ///   - total: what the changes lead to.
  public init(_ names: any PlotChannel, changes: any PlotChannel, total: Double) {
    (self.names, self.changes, self.total) = (names, changes, total)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let changes = try numericColumn(changes, of: "ForceMark", channel: "changes", in: table)
    let names = try names.plotColumn(in: table).asCategories
    let rows = try PlotRows("ForceMark", x: changes, others: ["names": names])
    return ResolvedMark(Layer(rows: rows, names: names, total: total))
  }

  /// One change with its place.
  private struct Piece: Sendable {
    let name: String
    let change, from, to: Double
  }

  private struct Layer: MarkLayer {
    let pieces: [Piece]
    let rowCount: Int
    let missing: Int
    let takesSeriesColor = false

    init(rows: PlotRows, names: PlotColumn, total: Double) {
      let known = (0..<rows.count).compactMap { row in
        rows.x?[row].number.map { (name: names[row].text ?? "", change: $0) }
      }.sorted { abs($0.change) > abs($1.change) }
      var (left, right) = (total, total)
      pieces = known.map { name, change in
        if change >= 0 {
          defer { left -= change }
          return Piece(name: name, change: change, from: left - change, to: left)
        }
        defer { right -= change }
        return Piece(name: name, change: change, from: right - change, to: right)
      }
      rowCount = rows.count
      missing = rows.count - known.count
    }

    var demands: MarkDemands {
      MarkDemands(
        x: AxisDemand(.numbers(pieces.flatMap { [$0.from, $0.to] }), title: "prediction"),
        y: AxisDemand(.numbers([0, 1]), isTight: true))
    }

    func draw(on canvas: inout Canvas) {
      canvas.skipped += missing
      guard let top = canvas.y.position(of: 0.84), let bottom = canvas.y.position(of: 0.42) else { return }
      for piece in pieces {
        guard let from = canvas.x.position(of: piece.from), let to = canvas.x.position(of: piece.to) else { continue }
        draw(piece, from, to, top, bottom, on: &canvas)
      }
    }

    /// A band with an arrow's head on its way to the total.
    private func draw(
      _ piece: Piece, _ from: Double, _ to: Double, _ top: Double, _ bottom: Double, on canvas: inout Canvas
    ) {
      let middle = (top + bottom) / 2
      let head = min(8, abs(to - from)) * (to >= from ? 1 : -1)
      var path = SVGPath()
      path.move(from, top)
      path.line(to - head, top)
      path.line(to, middle)
      path.line(to - head, bottom)
      path.line(from, bottom)
      path.line(from + min(abs(head), abs(to - from)) * (to >= from ? 1 : -1) * 0.9, middle)
      path.close()
      let isUp = piece.change >= 0
      canvas.svg.element(
        "path",
        [
          "d": .text(path.data), "fill": .text((isUp ? Color.vermilion : .blue).css), "stroke": "white",
          "stroke-width": 1,
        ], tooltip: "\(piece.name): \(isUp ? "+" : "")\(NumberText.short(piece.change))")
      let room = abs(to - from) - 6
      let change = (isUp ? "+" : "") + NumberText.significant(piece.change)
      write([change], (from + to) / 2, middle + 4, room, "white", &canvas)
      // A feature above its value, so that narrow pieces have room for both.
      let lines = piece.name.split(separator: " = ", maxSplits: 1).map(String.init)
      write(lines, (from + to) / 2, bottom + 16, room + 4, nil, &canvas)
    }

    /// Lines below each other, all of them or none: a part of a name says nothing.
    private func write(
      _ lines: [String], _ x: Double, _ y: Double, _ room: Double, _ color: String?, _ canvas: inout Canvas
    ) {
      guard lines.allSatisfy({ TextMetrics.fitted($0, size: 11, width: room) == $0 }) else { return }
      for (line, text) in lines.enumerated() {
        canvas.svg.element(
          "text",
          [
            "x": .number(x), "y": .number(y + 14 * Double(line)), "text-anchor": "middle", "font-size": 11,
            "class": color == nil ? "ink" : .absent, "fill": .text(color ?? Theme.light.ink.css),
          ], content: text)
      }
    }
  }
}
