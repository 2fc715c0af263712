/// Two frames and the keys in which rows have to agree.
struct Join {
  private let left: DataFrame
  private let right: DataFrame
  private let leftKeys: [AnyColumn]
  private let rightKeys: [AnyColumn]
  private let suffix: String
  /// Equal where keys are equal, -1 where one is missing: the left frame's rows, then the right frame's.
  private let codes: [Int32]
  private let limit: Int

  init(
    left: DataFrame, right: DataFrame, on names: [String], equalTo others: [String], suffix: String
  ) throws(FrameError) {
    guard names.count == others.count, !names.isEmpty else {
      throw FrameError(
        kind: .unknownColumn,
        description: "A join needs as many columns on the right as on the left: \(names) and \(others).")
    }
    self.left = left
    self.right = right
    self.suffix = suffix
    leftKeys = try left.select(names).columns
    rightKeys = try right.select(others).columns
    var both: [AnyColumn] = []
    for (a, b) in zip(leftKeys, rightKeys) {
      guard a.type == b.type else {
        throw FrameError(
          kind: .type,
          description: """
            '\(a.name)' holds \(a.type) on the left, '\(b.name)' \(b.type) on the right; keys to join on are of one type.
            """)
      }
      both.append(AnyColumn.concatenating([a, b]))
    }
    let keys = KeyCodes(of: both, rowCount: left.rowCount + right.rowCount)
    limit = keys.limit
    let validity = both.reduce(ValidityBitmap(allValid: keys.codes.count)) { $0.intersection($1.validity) }
    codes = validity.hasMissing ? keys.codes.indices.map { validity[$0] ? keys.codes[$0] : -1 } : keys.codes
  }

  /// The left frame's rows that have a partner, or those that have none.
  func filtered(keepingMatched: Bool) -> DataFrame {
    var isThere = [Bool](repeating: false, count: limit)
    for code in codes[left.rowCount...] where code >= 0 { isThere[Int(code)] = true }
    let rows = (0..<left.rowCount).filter { row in
      (codes[row] >= 0 && isThere[Int(codes[row])]) == keepingMatched
    }
    return left.taking(RowIndex(rows))
  }

  func keepingLeft(unmatched: Bool, unmatchedRight: Bool) throws(FrameError) -> DataFrame {
    let matches = JoinMatches(codes, leftCount: left.rowCount, limit: limit, keepsUnmatched: unmatched)
    let addition = try renamedRight()
    let mayBeAbsent = unmatched
    let right = RowIndex(matches.right, mayBeAbsent: mayBeAbsent)
    guard unmatchedRight else {
      // Where every left row stays where it is, its columns are shared, not copied.
      let columns = matches.keepsLeft ? left.columns : left.taking(RowIndex(matches.left)).columns
      return try DataFrame(columns + addition.map { $0.taking(right) })
    }
    var isTaken = [Bool](repeating: false, count: self.right.rowCount)
    for row in matches.right where row >= 0 { isTaken[Int(row)] = true }
    let rest = RowIndex((0..<self.right.rowCount).filter { !isTaken[$0] })
    let matched = matches.keepsLeft ? left : left.taking(RowIndex(matches.left))
    let below = left.columns.map { column -> AnyColumn in
      if let key = leftKeys.firstIndex(where: { $0.name == column.name }) {
        return rightKeys[key].taking(rest).renamed(column.name)
      }
      return AnyColumn.allMissing(column.name, column.type, count: rest.count)
    }
    let leftSide = zip(matched.columns, below).map { AnyColumn.concatenating([$0, $1]) }
    return try DataFrame(
      leftSide + addition.map { AnyColumn.concatenating([$0.taking(right), $0.taking(rest)]) })
  }

  func keepingRight() throws(FrameError) -> DataFrame {
    let turned = Array(codes[left.rowCount...]) + Array(codes[..<left.rowCount])
    let matches = JoinMatches(turned, leftCount: right.rowCount, limit: limit, keepsUnmatched: true)
    let rightRows = matches.keepsLeft ? RowIndex(0..<right.rowCount) : RowIndex(matches.left)
    let leftRows = RowIndex(matches.right, mayBeAbsent: true)
    let leftSide = left.columns.map { column in
      if let key = leftKeys.firstIndex(where: { $0.name == column.name }) {
        return rightKeys[key].taking(rightRows).renamed(column.name)
      }
      return column.taking(leftRows)
    }
    return try DataFrame(leftSide + renamedRight().map { $0.taking(rightRows) })
  }

  /// The right frame's columns but the keys, under names that the left frame does not have.
  private func renamedRight() throws(FrameError) -> [AnyColumn] {
    let keys = Set(rightKeys.map(\.name))
    return Self.renamed(
      right.columns.filter { !keys.contains($0.name) }, suffix: suffix, besides: left.columnNames)
  }

  static func renamed(_ columns: [AnyColumn], suffix: String, besides names: [String]) -> [AnyColumn] {
    let taken = Set(names)
    return columns.map { taken.contains($0.name) ? $0.renamed($0.name + suffix) : $0 }
  }
}
