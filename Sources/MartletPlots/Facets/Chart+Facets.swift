extension Chart {
  /// The same chart, divided into a table of panels: a column of panels for every value of one column of the frame, a
  /// row of panels for every value of another.
  ///
  ///     try Chart(penguins) { PointMark(x: "bill_length", y: "body_mass", color: "species") }
  ///       .facet(row: "sex", column: "island")
  ///
  /// Marks of arrays that are not as long as the frame, and rules at one place, appear in every panel. Names stand in
  /// order of appearance, numbers in rising order. Rows without a value are left out and counted in a note.
  ///
  /// - Parameters:
  ///   - row: what divides the panels from top to bottom.
  ///   - column: what divides the panels from left to right.
  ///   - scales: whether all panels have the same axes. Default shared.
  /// - Throws: `ChartError` when a column is missing, or there would be more than 400 panels.
  public func facet(
    row: (any PlotChannel)? = nil, column: (any PlotChannel)? = nil, scales: FacetScales = .shared
  ) throws(ChartError) -> Chart {
    let down = try optionalColumn(row, in: table)
    let across = try optionalColumn(column, in: table)
    if let down, let across, down.count != across.count {
      throw ChartError(.lengthsDiffer(mark: "facet", ["row has \(down.count)", "column has \(across.count)"]))
    }
    guard let count = down?.count ?? across?.count else { return self }
    let rows = down.map { FacetValues($0) } ?? FacetValues(undivided: count)
    let columns = across.map { FacetValues($0) } ?? FacetValues(undivided: count)
    try Self.check(rows.rows.count * columns.rows.count)
    var panels: [Facets.Panel] = []
    for (i, rowRows) in rows.rows.enumerated() {
      let members = Set(rowRows)
      for (j, columnRows) in columns.rows.enumerated() {
        let layers = try layers(of: columnRows.filter(members.contains), among: count)
        panels.append(Facets.Panel(row: i, column: j, title: nil, layers: layers))
      }
    }
    let counted = Set(rows.rows.joined()).intersection(columns.rows.joined()).count
    return divided(
      Facets(
        panels: panels, rowTitles: rows.titles, columnTitles: columns.titles, rowCount: rows.rows.count,
        columnCount: columns.rows.count, scales: scales, leftOut: count - counted))
  }

  /// The same chart, divided into a panel for every value of a column, in lines of panels.
  ///
  ///     try Chart(sales) { LineMark(x: "date", y: "amount") }.facet(wrap: "product", columns: 4)
  ///
  /// - Parameters:
  ///   - wrap: what divides the panels.
  ///   - columns: how many panels stand beside each other, at least 1. By default as many as make the whole about
  ///     twice as many panels wide as high, and at most 6.
  ///   - scales: whether all panels have the same axes. Default shared.
  /// - Throws: `ChartError` when the column is missing, or there would be more than 400 panels.
  public func facet(
    wrap: any PlotChannel, columns: Int? = nil, scales: FacetScales = .shared
  ) throws(ChartError) -> Chart {
    let values = FacetValues(try wrap.plotColumn(in: table))
    let count = values.rows.count
    try Self.check(count)
    let width = max(1, min(columns ?? Self.columns(for: count), max(1, count)))
    var panels: [Facets.Panel] = []
    for (index, rows) in values.rows.enumerated() {
      panels.append(
        Facets.Panel(
          row: index / width, column: index % width, title: values.titles[index],
          layers: try layers(of: rows, among: values.count)))
    }
    return divided(
      Facets(
        panels: panels, rowTitles: [], columnTitles: [], rowCount: max(1, (count + width - 1) / width),
        columnCount: width, scales: scales, leftOut: values.count - values.rows.joined().count))
  }

  /// As many columns as make the whole about twice as many panels wide as high; one more or fewer where that leaves
  /// fewer places empty.
  private static func columns(for count: Int) -> Int {
    if count <= 3 { return max(count, 1) }
    let wanted = min(6, max(3, Int((2 * Double(count)).squareRoot().rounded())))
    let candidates = [wanted, wanted - 1, wanted + 1].filter { (2...6).contains($0) }
    return candidates.min { (count + $0 - 1) / $0 * $0 < (count + $1 - 1) / $1 * $1 } ?? wanted
  }

  private static let mostPanels = 400

  private static func check(_ count: Int) throws(ChartError) {
    if count > mostPanels { throw ChartError(.tooManyPanels(count, most: mostPanels)) }
  }

  private func layers(of rows: [Int], among count: Int) throws(ChartError) -> [any MarkLayer] {
    try Self.resolve(marks, in: FacetTable(base: table, rowCount: count, rows: rows))
  }

  private func divided(_ facets: Facets) -> Chart {
    var copy = self
    copy.facets = facets
    return copy
  }
}
