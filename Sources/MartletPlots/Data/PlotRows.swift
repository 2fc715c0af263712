/// The columns of one mark, checked to belong together.
struct PlotRows: Sendable {
  var x: PlotColumn?
  var y: PlotColumn?
  var color: PlotColumn?
  /// Further columns that say something to readers, by the channel's name.
  var others: [String: PlotColumn]
  let count: Int

  /// - Throws: `ChartError` when columns with one value for each row differ in length.
  init(
    _ mark: String, x: PlotColumn? = nil, y: PlotColumn? = nil, color: PlotColumn? = nil,
    others: [String: PlotColumn] = [:]
  ) throws(ChartError) {
    (self.x, self.y, self.color, self.others) = (x, y, color, others)
    let named = [("x", x), ("y", y), ("color", color)] + others.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let lengths = named.compactMap { name, column in
      column.flatMap { $0.isConstant ? nil : (name: name, count: $0.count) }
    }
    count = lengths.first?.count ?? 1
    if lengths.contains(where: { $0.count != count }) {
      throw ChartError(.lengthsDiffer(mark: mark, lengths.map { "\($0.name) has \($0.count)" }))
    }
  }

  /// The rows whose position is known in both directions.
  var drawable: [Int] {
    (0..<count).filter { row in (x.map { $0[row] != .missing } ?? true) && (y.map { $0[row] != .missing } ?? true) }
  }

  /// The rows by the category of their colour, in the column's order or that of appearance; one group without a name where colour means
  /// nothing or a quantity.
  func series(of rows: [Int]) -> [(category: String?, rows: [Int])] {
    guard let color, !color.isNumeric else { return [(nil, rows)] }
    var order: [String] = []
    var groups: [String: [Int]] = [:]
    for row in rows {
      guard case .category(let name) = color[row] else { continue }
      if groups[name] == nil { order.append(name) }
      groups[name, default: []].append(row)
    }
    let names = color.order == nil ? order : color.namesInOrder.filter { groups[$0] != nil }
    return names.map { ($0, groups[$0] ?? []) }
  }

  /// What a reader is told about a row when pointing at it.
  func summary(of row: Int) -> String {
    let columns = [(x, "x"), (y, "y"), (color, "color")] + others.sorted { $0.key < $1.key }.map { ($0.value, $0.key) }
    let lines = columns.compactMap { column, fallback -> String? in
      guard let column, !column.isConstant || column.name != nil || fallback.count == 1, let text = column[row].text
      else { return nil }
      return "\(column.name ?? fallback): \(text)"
    }
    // One column may have several channels.
    return lines.removingDuplicates().joined(separator: "\n")
  }
}
