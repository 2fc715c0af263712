/// Each different text once, and for each row its number: what repeats takes four bytes a row.
public struct DictionaryColumnStorage: ColumnStorage {
  /// For each row, the place of its text in the pool.
  package let codes: [Int32]
  /// Each different text once. There may be texts that no row has any more.
  let pool: TextPool

  init(codes: [Int32], pool: TextPool) {
    self.codes = codes
    self.pool = pool
  }

  public init(_ values: [String]) {
    let table = TextTable()
    codes = values.map { table.code(for: $0) }
    pool = table.pool()
  }

  public init(filling values: [String?]) {
    let table = TextTable()
    codes = values.map { $0.map { table.code(for: $0) } ?? 0 }
    // A column of nothing but missing values has no text for its codes to point to.
    if table.count == 0 && !values.isEmpty { _ = table.code(for: "") }
    pool = table.pool()
  }

  public var count: Int { codes.count }
  public subscript(row: Int) -> String { pool[Int(codes[row])] }
  public var array: [String] {
    // Making a String takes longer than copying one.
    guard pool.count < codes.count else { return codes.map { pool[Int($0)] } }
    let texts = pool.texts
    return codes.map { texts[Int($0)] }
  }
}
