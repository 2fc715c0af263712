import MartletNumerics

extension ModelChecks {
  /// A matrix of finite numbers with at least one row and column, and as many of them as other parts ask for.
  static func matrix<Key>(
    _ container: KeyedDecodingContainer<Key>, _ key: Key, rows: Int? = nil, columns: Int? = nil
  ) throws -> Matrix {
    let matrix = try container.decode(Matrix.self, forKey: key)
    let shape = matrix.shape
    try fits(
      shape.count == 2 && shape[0] > 0 && shape[1] > 0 && rows ?? shape[0] == shape[0]
        && columns ?? shape[1] == shape[1],
      container, key,
      "shape [\(rows.map(String.init) ?? "rows"), \(columns.map(String.init) ?? "columns")], found \(shape)"
    )
    try fits(matrix.scalars.allSatisfy(\.isFinite), container, key, "finite numbers")
    return matrix
  }

  /// Whole numbers of `0..<bound`, as places of something else.
  static func places<Key>(
    _ container: KeyedDecodingContainer<Key>, _ key: Key, count: Int? = nil, below bound: Int, from least: Int = 0
  ) throws -> [Int] {
    let places = try container.decode([Int].self, forKey: key)
    if let count { try fits(places.count == count, container, key, "\(count) numbers, found \(places.count)") }
    try fits(places.allSatisfy { $0 >= least && $0 < bound }, container, key, "numbers from \(least) below \(bound)")
    return places
  }
}
