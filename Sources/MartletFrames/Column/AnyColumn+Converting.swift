import Foundation
import MartletNumerics

extension AnyColumn {
  /// The same values as another type, see ``DataFrame/converting(_:to:)``.
  ///
  ///     try df["code"].converted(to: .string)
  /// - Throws: ``FrameError`` of kind `type`, with the first value that the type does not hold, or `arithmetic` for a
  ///   number that does not fit it.
  public func converted(to type: ColumnType) throws(FrameError) -> AnyColumn {
    if type == self.type { return self }
    switch type.plain {
    case .double: return .doubles(name, try numbers(for: type), validity)
    case .float: return try floats()
    case .int: return .ints(name, try wholeNumbers(Int.self, type), validity)
    case .int32:
      let values = try wholeNumbers(Int32.self, type)
      return AnyColumn(Column<Int32>(name: name, storage: PlainColumnStorage(values), validity: validity))
    case .bool: return try truths()
    case .string: return AnyColumn(Column(name, texts()))
    case .date: return try dates(type)
    case .categorical: return try categorized(type)
    case .list(of: .double): return try lists(type, Column<[Double]>.self) { NestedText.numbers($0, NumberText.double) }
    case .list(of: .int): return try lists(type, Column<[Int]>.self) { NestedText.numbers($0, NumberText.int) }
    case .list(of: .string): return try lists(type, Column<[String]>.self, NestedText.texts)
    case .tensor: return try tensors(type)
    default: throw .noConversion(name, from: self.type, to: type)
    }
  }

  /// The first row whose value does not become a type; `nil` where the type, not a value, is the problem.
  func firstRow(refusedBy type: ColumnType) -> Int? {
    var (low, high) = (0, count)
    // The first n rows are refused from some n on.
    func isRefused(_ count: Int) -> Bool { (try? taking(RowIndex(0..<count)).converted(to: type)) == nil }
    guard !isRefused(0), isRefused(count) else { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if isRefused(middle) { high = middle } else { low = middle }
    }
    return high - 1
  }

  /// The numbers of a column of numbers, truth values or text.
  private func numbers(for type: ColumnType) throws(FrameError) -> [Double] {
    if case .string(let texts) = content {
      return try texts.parsed(as: type, blank: 0) { NumberText.double($0) }
    }
    guard isNumeric || self.type == .bool else { throw .noConversion(name, from: self.type, to: type) }
    return try doubleValues()
  }

  private func floats() throws(FrameError) -> AnyColumn {
    let numbers = try numbers(for: .float)
    let values = numbers.map { Float($0) }
    if let row = values.indices.first(where: { validity[$0] && values[$0].isInfinite && numbers[$0].isFinite }) {
      throw .doesNotFit("\(numbers[row])", name, row: row, .float)
    }
    return AnyColumn(Column<Float>(name: name, storage: PlainColumnStorage(values), validity: validity))
  }

  private func wholeNumbers<Whole: FixedWidthInteger & PlainColumnElement>(
    _ whole: Whole.Type, _ type: ColumnType
  ) throws(FrameError) -> [Whole] {
    switch content {
    case .int(let column): return try fitting(column.storage.values, type) { Whole(exactly: $0) }
    case .int32(let column): return try fitting(column.storage.values, type) { Whole(exactly: $0) }
    case .bool(let column): return column.storage.values.map { $0 ? 1 : 0 }
    case .string(let texts):
      let parsed = try texts.parsed(as: type, blank: 0) { NumberText.int($0) }
      return try fitting(parsed, type) { Whole(exactly: $0) }
    default: return try fitting(try numbers(for: type), type) { Whole(exactly: $0) }
    }
  }

  private func fitting<Value, Result: PlainColumnElement>(
    _ values: [Value], _ type: ColumnType, _ convert: (Value) -> Result?
  ) throws(FrameError) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(values.count)
    for (row, value) in values.enumerated() {
      if let result = validity[row] ? convert(value) : Result._blank {
        results.append(result)
      } else {
        throw .doesNotFit("\(value)", name, row: row, type)
      }
    }
    return results
  }

  private func truths() throws(FrameError) -> AnyColumn {
    if case .string(let texts) = content {
      return .bools(name, try texts.parsed(as: .bool, blank: false) { NumberText.bool($0) }, validity)
    }
    let numbers = try numbers(for: .bool)
    if let row = numbers.indices.first(where: { validity[$0] && numbers[$0] != 0 && numbers[$0] != 1 }) {
      throw .doesNotFit("\(numbers[row])", name, row: row, .bool)
    }
    return .bools(name, numbers.map { $0 == 1 }, validity)
  }

  private func dates(_ type: ColumnType) throws(FrameError) -> AnyColumn {
    if case .date = content { return self }
    guard case .string(let texts) = content else { throw .noConversion(name, from: self.type, to: type) }
    guard case .dates(let format) = type.reading else {
      return .ticks(name, try texts.parsed(as: type, blank: 0) { DateParser.ticks($0) }, validity)
    }
    let pattern = try DatePattern(format)
    return .ticks(name, try texts.parsed(as: type, blank: 0) { pattern.ticks($0) }, validity)
  }

  private func categorized(_ type: ColumnType) throws(FrameError) -> AnyColumn {
    var wanted: [String]?
    if case .categories(let categories) = type.reading { wanted = categories }
    switch content {
    case .categorical(let column): return wanted == nil ? self : AnyColumn(try column.names.categorized(wanted))
    case .string(let column): return AnyColumn(try column.categorized(wanted))
    case .int, .int32, .double, .float, .bool, .date:
      // In the order of the values, which is not that of their texts: 9 comes before 10.
      let groups = RowGroups(by: [self], rowCount: count)
      let names = taking(RowIndex(groups.firstRows)).texts().compactMap { $0 }
      return AnyColumn(try Column(name, texts()).categorized(wanted ?? names.removingRepeats()))
    default: throw .noConversion(name, from: self.type, to: type)
    }
  }

  private func lists<Element: ListElement>(
    _ type: ColumnType, _ lists: Column<[Element]>.Type, _ parse: (String) -> [Element]?
  ) throws(FrameError) -> AnyColumn {
    switch content {
    case .string(let texts):
      let values = try texts.parsed(as: type, blank: [], parse)
      return AnyColumn(Column<[Element]>(name: name, storage: ValueColumnStorage(values), validity: validity))
    case .doubleLists, .intLists, .tensor:
      // By way of the text: whole numbers may become fractions so, fractions not whole numbers.
      return try Column(name, texts()).erasedText.converted(to: type)
    default: throw .noConversion(name, from: self.type, to: type)
    }
  }

  private func tensors(_ type: ColumnType) throws(FrameError) -> AnyColumn {
    let values: [Tensor<Float>]
    switch content {
    case .string(let texts): values = try texts.parsed(as: type, blank: ._blankValue) { NestedText.tensor($0) }
    case .doubleLists(let lists):
      values = lists.storage.values.map { list in Tensor(list.map { Float($0) }, shape: [list.count]) }
    case .intLists(let lists):
      values = lists.storage.values.map { list in Tensor(list.map { Float($0) }, shape: [list.count]) }
    default: throw .noConversion(name, from: self.type, to: type)
    }
    return AnyColumn(Column<Tensor<Float>>(name: name, storage: ValueColumnStorage(values), validity: validity))
  }
}

extension Column where Element == String {
  fileprivate var erasedText: AnyColumn { AnyColumn(self) }

  /// What each text means; every different one is looked at once.
  func parsed<Value>(
    as type: ColumnType, blank: Value, _ parse: (String) -> Value?
  ) throws(FrameError) -> [Value] {
    let parsed = storage.pool.texts.map(parse)
    let codes = storage.codes
    if let row = indices.first(where: { validity[$0] && parsed[Int(codes[$0])] == nil }) {
      throw .notA(type, storage[row], name, row: row)
    }
    return indices.map { validity[$0] ? parsed[Int(codes[$0])] ?? blank : blank }
  }
}

extension DataFrame {
  /// The frame with some columns' values as another type.
  ///
  ///     try df.converting("age", "rooms", to: .int32)
  ///     try df.converting("size", to: .categorical(["S", "M", "L"]))
  ///     try df.converting("paid", to: .date(format: "dd/MM/yyyy"))
  ///
  /// No value changes: a fraction does not become a whole number, a number that is too large is refused; only digits that
  /// a `Float` has no room for are rounded off. Text becomes a number, truth value, date, list or tensor where every row
  /// is one; anything becomes text, as CSV files have it. Categories come from text, numbers, truth values and dates.
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type` where a value is not of the type, or `arithmetic` where a
  ///   number does not fit it.
  public func converting(_ names: String..., to type: ColumnType) throws(FrameError) -> DataFrame {
    var frame = self
    for name in names { frame = try frame.adding(try column(name).converted(to: type)) }
    return frame
  }

  /// The frame with all fractions rounded to so many decimals, halves to the nearest even digit; for showing it.
  ///
  ///     try iris.grouped(by: "species").aggregate(.mean("petalLength")).rounded(2)
  ///
  /// Whole numbers and other columns stay as they are.
  /// - Parameter decimals: how many digits stay after the point; negative numbers round to tens, hundreds, ….
  public func rounded(_ decimals: Int) -> DataFrame {
    let columns = columns.map { column -> AnyColumn in
      switch column.content {
      case .double(let doubles):
        return .doubles(column.name, doubles.storage.values.map { $0.rounded(decimals: decimals) }, column.validity)
      case .float(let floats):
        let values = floats.storage.values.map { Float(Double($0).rounded(decimals: decimals)) }
        return AnyColumn(
          Column<Float>(name: column.name, storage: PlainColumnStorage(values), validity: column.validity))
      default: return column
      }
    }
    return DataFrame(fitting: columns, rowCount: rowCount)
  }
}

extension Double {
  /// With so many decimals; numbers too large to have any stay as they are.
  func rounded(decimals: Int) -> Double {
    let scale = pow(10, Double(decimals))
    let rounded = (self * scale).rounded(.toNearestOrEven) / scale
    return rounded.isFinite ? rounded : self
  }
}

extension [String] {
  /// Each once, where it is first.
  fileprivate func removingRepeats() -> [String] {
    var known: Set<String> = []
    return filter { known.insert($0).inserted }
  }
}
