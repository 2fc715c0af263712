/// A stretch of the text that is read by itself, from the start of a row to the start of another.
struct CSVPart {
  var start: Int
  let end: Int
  /// About how many bytes a row has, as far as rows were read; the memory for the values is taken by this.
  private(set) var bytesPerRow: Int?
  private(set) var rowCount = 0
  /// Where reading stopped: at the start of the next part, unless that was guessed wrongly.
  private(set) var stopped: Int
  private(set) var problem: CSVField.Problem?
  private(set) var builders: [CSVColumnBuilder] = []
  /// The values of all columns, in one block: the system gives large pages for it, which are there sooner.
  private var memory: UnsafeMutableRawPointer?

  init(start: Int, end: Int) {
    self.start = start
    self.end = end
    stopped = start
  }

  /// Gives the memory back.
  mutating func clear() {
    for builder in builders { builder.deallocate() }
    builders = []
    memory?.deallocate()
    memory = nil
    rowCount = 0
    problem = nil
    stopped = start
  }

  /// Reads the rows; at most `sample` of them where that is given.
  mutating func read(
    _ text: CSVBytes, _ format: CSVFormat, kinds: [CSVColumnBuilder.Kind], sample: Int? = nil
  ) {
    clear()
    let expected = (end - start) / max(bytesPerRow ?? 4 * kinds.count, 1)
    let capacity = min(expected + expected / 16 + 64, sample ?? .max)
    builders = makeBuilders(kinds, capacity)
    var row = 0
    var place = start
    do throws(CSVField.Problem) {
      try builders.withUnsafeMutableBufferPointer { builders throws(CSVField.Problem) in
        try Self.readRows(
          UnsafePointer(text.start), count: text.count, &place, end: end, &row, capacity: capacity,
          limit: sample ?? .max, format, builders)
      }
    } catch {
      problem = error
    }
    rowCount = row
    stopped = place
    if row > 0 { bytesPerRow = (place - start) / row }
  }

  private mutating func makeBuilders(_ kinds: [CSVColumnBuilder.Kind], _ capacity: Int) -> [CSVColumnBuilder] {
    let sizes = kinds.map { (capacity * $0.width + 63) / 64 * 64 }
    let total = max(sizes.reduce(0, +), 64)
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: total, alignment: total < LargePages.size ? 64 : LargePages.size)
    LargePages.ask(block, total)
    memory = block
    var start = block
    return zip(kinds, sizes).map { kind, size in
      defer { start += size }
      return CSVColumnBuilder(kind: kind, capacity: capacity, memory: start)
    }
  }

  private static func readRows(
    _ bytes: UnsafePointer<UInt8>, count: Int, _ place: inout Int, end: Int, _ row: inout Int, capacity: Int,
    limit: Int, _ format: CSVFormat, _ builders: UnsafeMutableBufferPointer<CSVColumnBuilder>
  ) throws(CSVField.Problem) {
    let separators = CSVSeparators(format.separator)
    let last = builders.count - 1
    var capacity = capacity
    while place < end && row < limit {
      if bytes[place] == 10 || bytes[place] == 13 {
        // An empty line is no row.
        place += 1
        continue
      }
      if row == capacity {
        capacity += capacity / 2 + 64
        for column in 0...last { builders[column].grow(to: capacity) }
      }
      let rowStart = place
      for column in 0...last {
        let field = try CSVField.next(bytes, count: count, &place, separators: separators, number: column + 1)
        builders[column].append(bytes, field, row: row, format)
        let isSeparator = bytes[place] == format.separator && place < count
        if isSeparator == (column == last) {
          throw fieldCount(bytes, count, rowStart, separators, format, expected: last + 1)
        }
        if isSeparator { place += 1 }
      }
      place += bytes[place] == 13 && place + 1 < count && bytes[place + 1] == 10 ? 2 : 1
      row += 1
    }
    place = min(place, count)
  }

  private static func fieldCount(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ rowStart: Int, _ separators: CSVSeparators, _ format: CSVFormat,
    expected: Int
  ) -> CSVField.Problem {
    var place = rowStart
    var found = 1
    while (try? CSVField.next(bytes, count: count, &place, separators: separators, number: 1)) != nil,
      place < count, bytes[place] == format.separator
    {
      found += 1
      place += 1
    }
    return CSVField.Problem(
      kind: .fieldCount, position: rowStart, field: nil,
      message: "\(found) fields where the first row has \(expected).")
  }
}
