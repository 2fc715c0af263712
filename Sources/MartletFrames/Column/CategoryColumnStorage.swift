/// The names of the categories once, in their order, and for each row its place among them.
public struct CategoryColumnStorage: ColumnStorage {
  /// The pool's order is that of the categories; there may be some that no row has.
  let texts: DictionaryColumnStorage

  init(_ texts: DictionaryColumnStorage) { self.texts = texts }

  public init(_ values: [Category]) { self.init(filling: values) }

  public init(filling values: [Category?]) {
    let (pool, _) = TextPool.merging(Set(values.compactMap { $0 }).sorted().map(\.name))
    let numbers = Dictionary(uniqueKeysWithValues: pool.texts.enumerated().map { ($1, Int32($0)) })
    texts = DictionaryColumnStorage(codes: values.map { $0.flatMap { numbers[$0.name] } ?? 0 }, pool: pool)
  }

  public var count: Int { texts.count }
  public subscript(row: Int) -> Category { Category(name: texts[row], code: Int(texts.codes[row])) }
  public var array: [Category] {
    let all = texts.pool.texts.enumerated().map { Category(name: $1, code: $0) }
    return texts.codes.map { all.isEmpty ? Category(name: "", code: 0) : all[Int($0)] }
  }
}
