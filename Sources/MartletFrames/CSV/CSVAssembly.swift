import Foundation

/// Puts the parts of a column together.
enum CSVAssembly {
  static func column(_ name: String, _ column: Int, _ parts: [CSVPart], kind: CSVColumnBuilder.Kind) -> AnyColumn {
    let validity = validity(column, parts)
    switch kind {
    case .int: return .ints(name, values(column, parts), validity)
    case .double: return .doubles(name, values(column, parts), validity)
    case .bool: return .bools(name, values(column, parts), validity)
    case .date: return .ticks(name, values(column, parts), validity)
    case .string, .skipped, .classified:
      let (codes, pool) = texts(column, parts)
      return .texts(name, codes, pool, validity)
    }
  }

  private static func values<Value: BitwiseCopyable>(_ column: Int, _ parts: [CSVPart]) -> [Value] {
    let count = parts.reduce(0) { $0 + $1.rowCount }
    return [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      LargePages.ask(buffer.baseAddress, count * MemoryLayout<Value>.stride)
      var place = 0
      for part in parts where part.rowCount > 0 {
        memcpy(buffer.baseAddress! + place, part.builders[column].values, part.rowCount * MemoryLayout<Value>.stride)
        place += part.rowCount  // there is a row, so there is an address
      }
      initialized = count
    }
  }

  private static func validity(_ column: Int, _ parts: [CSVPart]) -> ValidityBitmap {
    ValidityBitmap.joined(
      parts.map { part in
        guard let words = part.builders[column].validity else { return ValidityBitmap(allValid: part.rowCount) }
        var copy = Array(UnsafeBufferPointer(start: words, count: (part.rowCount + 63) / 64))
        if part.rowCount % 64 != 0, let last = copy.indices.last { copy[last] |= .max << UInt64(part.rowCount % 64) }
        return ValidityBitmap(words: copy, count: part.rowCount)
      })
  }

  /// The texts of all parts with one numbering, in order of appearance, so that it does not depend on the cutting.
  private static func texts(_ column: Int, _ parts: [CSVPart]) -> ([Int32], TextPool) {
    let count = parts.reduce(0) { $0 + $1.rowCount }
    let table = TextTable(slotCount: 1024, byteCount: 8192)
    let translations = parts.map { part -> [Int32] in
      guard let texts = part.builders[column].table else { return [] }
      return texts._withUnsafeGuaranteedRef { texts in
        (0..<texts.count).map { code in texts.withBytes(code) { table.code(for: $0, $1) } }
      }
    }
    // Missing values point to text 0.
    if table.count == 0 && count > 0 { _ = table.code(for: "") }
    let codes = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      LargePages.ask(buffer.baseAddress, count * MemoryLayout<Int32>.stride)
      var place = 0
      for (part, translation) in zip(parts, translations) {
        let read = part.builders[column].values.assumingMemoryBound(to: Int32.self)
        // A part without any text has nothing to translate.
        translation.withUnsafeBufferPointer { translation in
          for row in 0..<part.rowCount { buffer[place + row] = translation.isEmpty ? 0 : translation[Int(read[row])] }
        }
        place += part.rowCount
      }
      initialized = count
    }
    return (codes, table.pool())
  }
}
