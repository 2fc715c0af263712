extension AnyColumn {
  /// The values of several columns of one type, one below the other, under the name of the first.
  static func concatenating(_ parts: [AnyColumn]) -> AnyColumn {
    guard parts.count > 1 else { return parts[0] }  // never called without any
    let validity = ValidityBitmap.joined(parts.map(\.validity))
    let name = parts[0].name
    switch parts[0].content {
    case .double: return doubles(name, parts.flatMap { $0.doublePart }, validity)
    case .int: return ints(name, parts.flatMap { $0.intPart }, validity)
    case .bool: return bools(name, parts.flatMap { $0.boolPart }, validity)
    case .date: return ticks(name, parts.flatMap { $0.tickPart }, validity)
    case .string:
      let texts = parts.compactMap { part -> DictionaryColumnStorage? in
        if case .string(let column) = part.content { return column.storage }
        return nil
      }
      let pool = texts[0].pool
      if texts.allSatisfy({ $0.pool.isIdentical(to: pool) }) {
        return Self.texts(name, texts.flatMap(\.codes), pool, validity)
      }
      let table = TextTable(slotCount: 1024, byteCount: 4096)
      var codes: [Int32] = []
      codes.reserveCapacity(validity.count)
      for part in texts {
        let translation = (0..<part.pool.count).map { code in part.pool.withBytes(code) { table.code(for: $0, $1) } }
        codes.append(contentsOf: part.codes.lazy.map { translation[Int($0)] })
      }
      return Self.texts(name, codes, table.pool(), validity)
    }
  }

  private var doublePart: [Double] { if case .double(let column) = content { column.storage.values } else { [] } }
  private var intPart: [Int] { if case .int(let column) = content { column.storage.values } else { [] } }
  private var boolPart: [Bool] { if case .bool(let column) = content { column.storage.values } else { [] } }
  private var tickPart: [Int] { if case .date(let column) = content { column.storage.ticks } else { [] } }
}
