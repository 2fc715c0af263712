/// What a frame does with values without knowing their type.
protocol ColumnLayout: ColumnStorage {
  /// The given rows; anything for those that are not there.
  func taking(_ rows: RowIndex) -> Self
  /// The values of all parts, one after the other; there is at least one part.
  static func joined(_ parts: [Self]) -> Self
  /// So many rows of which none has a value.
  static func blank(count: Int) -> Self
}

extension PlainColumnStorage: ColumnLayout {
  func taking(_ rows: RowIndex) -> Self { Self(rows.gather(values, blank: Element._blank)) }

  static func joined(_ parts: [Self]) -> Self { Self(parts.flatMap(\.values)) }

  static func blank(count: Int) -> Self { Self([Element](repeating: Element._blank, count: count)) }
}

extension DateColumnStorage: ColumnLayout {
  func taking(_ rows: RowIndex) -> Self { Self(ticks: rows.gather(ticks, blank: 0)) }

  static func joined(_ parts: [Self]) -> Self { Self(ticks: parts.flatMap(\.ticks)) }

  static func blank(count: Int) -> Self { Self(ticks: [Int](repeating: 0, count: count)) }
}

extension DictionaryColumnStorage: ColumnLayout {
  func taking(_ rows: RowIndex) -> Self {
    // Code 0 may stand for a row that is not there only where there is a text 0.
    let pool = pool.count == 0 && rows.count > 0 ? TextPool.blank : pool
    return Self(codes: rows.gather(codes, blank: 0), pool: pool)
  }

  static func joined(_ parts: [Self]) -> Self {
    let pool = parts[0].pool
    if parts.allSatisfy({ $0.pool.isIdentical(to: pool) }) { return Self(codes: parts.flatMap(\.codes), pool: pool) }
    let table = TextTable(slotCount: 1024, byteCount: 4096)
    var codes: [Int32] = []
    codes.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts {
      let translation = (0..<part.pool.count).map { code in part.pool.withBytes(code) { table.code(for: $0, $1) } }
      codes.append(contentsOf: part.codes.lazy.map { translation.isEmpty ? 0 : translation[Int($0)] })
    }
    return Self(codes: codes, pool: table.pool())
  }

  static func blank(count: Int) -> Self { Self(codes: [Int32](repeating: 0, count: count), pool: .blank) }
}

extension CategoryColumnStorage: ColumnLayout {
  func taking(_ rows: RowIndex) -> Self {
    Self(DictionaryColumnStorage(codes: rows.gather(texts.codes, blank: 0), pool: texts.pool))
  }

  /// The first part's categories in their order, then those that only later ones have.
  static func joined(_ parts: [Self]) -> Self { Self(DictionaryColumnStorage.joined(parts.map(\.texts))) }

  static func blank(count: Int) -> Self {
    Self(DictionaryColumnStorage(codes: [Int32](repeating: 0, count: count), pool: .empty))
  }
}

extension ValueColumnStorage: ColumnLayout {
  func taking(_ rows: RowIndex) -> Self { Self(rows.rows.map { $0 < 0 ? Element._blankValue : values[Int($0)] }) }

  static func joined(_ parts: [Self]) -> Self { Self(parts.flatMap(\.values)) }

  static func blank(count: Int) -> Self { Self([Element](repeating: Element._blankValue, count: count)) }
}

/// A column whose values' type does not matter for what is done with it.
protocol ErasedColumn: Sendable {
  var name: String { get set }
  var validity: ValidityBitmap { get }
  func taking(_ rows: RowIndex) -> AnyColumn
  func renamed(_ name: String) -> AnyColumn
  func withValidity(_ validity: ValidityBitmap) -> AnyColumn
  /// The values of parts of the same type, one below the other, under this one's name.
  func joined(_ parts: [AnyColumn], _ validity: ValidityBitmap) -> AnyColumn
}

extension Column: ErasedColumn where Element.Storage: ColumnLayout {
  func taking(_ rows: RowIndex) -> AnyColumn {
    AnyColumn(Column(name: name, storage: storage.taking(rows), validity: rows.gather(validity)))
  }

  func renamed(_ name: String) -> AnyColumn {
    AnyColumn(Column(name: name, storage: storage, validity: validity))
  }

  func withValidity(_ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(Column(name: name, storage: storage, validity: validity))
  }

  func joined(_ parts: [AnyColumn], _ validity: ValidityBitmap) -> AnyColumn {
    let storages = parts.compactMap { Element._restore($0)?.storage }
    return AnyColumn(Column(name: name, storage: Element.Storage.joined(storages), validity: validity))
  }

  static func allMissing(_ name: String, count: Int) -> AnyColumn {
    AnyColumn(
      Column(name: name, storage: Element.Storage.blank(count: count), validity: ValidityBitmap(allMissing: count)))
  }
}
