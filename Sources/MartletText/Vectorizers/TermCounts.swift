import MartletNumerics

/// How often terms occur in documents: a row of the documents' terms, and the terms in the order of their numbers.
struct TermCounts {
  var terms: TermTable
  var rowStarts: [Int] = [0]
  var columns: [Int32] = []
  var counts: [Double] = []

  /// How many documents one piece of work has.
  private static let pieceLength = 512

  /// Counts all terms. The terms' numbers are in the order of their appearance.
  static func all(_ documents: [String], _ extractor: TermExtractor) -> TermCounts {
    merged(
      Parallel.mapRanges(documents.count, length: pieceLength) { range in
        var (counts, extractor) = (TermCounts(terms: TermTable(capacity: 4_096)), extractor)
        counts.add(documents[range], &extractor) { table, term in table.insert(term) }
        return counts
      })
  }

  /// Counts terms that are known, whose numbers they keep.
  static func known(_ documents: [String], _ extractor: TermExtractor, _ terms: TermTable) -> TermCounts {
    let pieces = Parallel.mapRanges(documents.count, length: pieceLength) { range in
      var (counts, extractor) = (TermCounts(terms: terms), extractor)
      counts.add(documents[range], &extractor) { table, term in table.number(of: term) }
      return counts
    }
    return joined(pieces, terms) { _ in nil }
  }

  @inline(__always)
  private mutating func add(
    _ documents: ArraySlice<String>, _ extractor: inout TermExtractor,
    _ number: (inout TermTable, UnsafeBufferPointer<UInt8>) -> Int?
  ) {
    // How often each term occurs in the document at hand; zero for all but those touched.
    var seen = [Int32](repeating: 0, count: max(terms.count, 1_024))
    var touched: [Int] = []
    for document in documents {
      extractor.forEachTerm(document) { term in
        guard let place = number(&terms, term) else { return }
        if place >= seen.count { seen += [Int32](repeating: 0, count: max(seen.count, place + 1 - seen.count)) }
        if seen[place] == 0 { touched.append(place) }
        seen[place] += 1
      }
      for place in touched {
        columns.append(Int32(place))
        counts.append(Double(seen[place]))
        seen[place] = 0
      }
      touched.removeAll(keepingCapacity: true)
      rowStarts.append(columns.count)
    }
  }

  private static func merged(_ pieces: [TermCounts]) -> TermCounts {
    guard var terms = pieces.first?.terms else { return TermCounts(terms: TermTable()) }
    var maps: [[Int32]?] = [nil]
    for piece in pieces.dropFirst() {
      maps.append((0..<piece.terms.count).map { Int32(terms.insert(piece.terms[$0])) })
    }
    return joined(pieces, terms) { maps[$0] }
  }

  private static func joined(_ pieces: [TermCounts], _ terms: TermTable, _ map: (Int) -> [Int32]?) -> TermCounts {
    var all = TermCounts(terms: terms)
    for (place, piece) in pieces.enumerated() {
      let before = all.columns.count
      all.rowStarts += piece.rowStarts.dropFirst().map { $0 + before }
      if let map = map(place) {
        all.columns += piece.columns.map { map[Int($0)] }
      } else {
        all.columns += piece.columns
      }
      all.counts += piece.counts
    }
    return all
  }

  /// In how many documents each term is.
  var documentFrequencies: [Int] {
    var frequencies = [Int](repeating: 0, count: terms.count)
    for column in columns { frequencies[Int(column)] += 1 }
    return frequencies
  }

  /// How often each term occurs in all.
  var totals: [Double] {
    var totals = [Double](repeating: 0, count: terms.count)
    for (column, count) in zip(columns, counts) { totals[Int(column)] += count }
    return totals
  }

  /// The counts of some terms, in ascending order of their new columns.
  /// - Parameter newColumns: each term's new column, negative for those left out.
  func matrix(_ newColumns: [Int32], columnCount: Int) -> SparseMatrix {
    var (starts, kept, values): ([Int], [Int32], [Double]) = ([0], [], [])
    kept.reserveCapacity(columns.count)
    values.reserveCapacity(columns.count)
    var row: [UInt64] = []
    for document in 0..<rowStarts.count - 1 {
      row.removeAll(keepingCapacity: true)
      for place in rowStarts[document]..<rowStarts[document + 1] where newColumns[Int(columns[place])] >= 0 {
        // Column and place in one number, which sorts fast.
        row.append(UInt64(newColumns[Int(columns[place])]) << 32 | UInt64(place - rowStarts[document]))
      }
      row.sort()
      for entry in row {
        kept.append(Int32(entry >> 32))
        values.append(counts[rowStarts[document] + Int(entry & 0xFFFF_FFFF)])
      }
      starts.append(kept.count)
    }
    return SparseMatrix(rowStarts: starts, columns: kept, values: values, columnCount: columnCount)
  }
}
