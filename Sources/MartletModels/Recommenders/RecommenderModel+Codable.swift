import MartletNumerics

extension MatrixFactorization.Model: Codable where User: Codable, Item: Codable {
  private enum CodingKeys: String, CodingKey { case table, users, items, history }

  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(table, forKey: .table)
    try file.encode(tastes.users, forKey: .users)
    try file.encode(tastes.items, forKey: .items)
    try file.encode(history, forKey: .history)
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let table = try file.decode(RatingTable<User, Item>.self, forKey: .table)
    let users = try RatingTable<User, Item>.rows(file, .users, count: table.users.count)
    let items = try RatingTable<User, Item>.rows(file, .items, count: table.items.count, width: users.width)
    self.init(
      table: table, tastes: Tastes(users: users, items: items), mean: table.ratings.mean,
      history: try file.decode([Double].self, forKey: .history))
  }
}

extension ImplicitFactorization.Model: Codable where User: Codable, Item: Codable {
  private enum CodingKeys: String, CodingKey { case table, users, items }

  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(table, forKey: .table)
    try file.encode(users, forKey: .users)
    try file.encode(itemRows, forKey: .items)
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    table = try file.decode(RatingTable<User, Item>.self, forKey: .table)
    users = try RatingTable<User, Item>.rows(file, .users, count: table.users.count)
    itemRows = try RatingTable<User, Item>.rows(file, .items, count: table.items.count, width: users.width)
  }
}

extension NeighborRecommender.Model: Codable where User: Codable, Item: Codable {
  private enum CodingKeys: String, CodingKey { case table, side, neighbors, shrinkage }

  /// Writes the ratings; who is alike follows from them.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(table, forKey: .table)
    try file.encode(side, forKey: .side)
    try file.encode(neighbors, forKey: .neighbors)
    try file.encode(table.shrinkage, forKey: .shrinkage)
  }

  /// Reads what was encoded, and looks for those alike again; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let table = try file.decode(RatingTable<User, Item>.self, forKey: .table)
    let method = NeighborRecommender(
      try file.decode(NeighborRecommender.Side.self, forKey: .side),
      neighbors: try file.decode(Int.self, forKey: .neighbors), shrinkage: try ModelChecks.spread(file, .shrinkage))
    do {
      self = try method.fit(table.ratings)
    } catch {
      throw DecodingError.dataCorruptedError(forKey: .neighbors, in: file, debugDescription: "\(error)")
    }
  }
}

extension RatingTable {
  /// Places among hidden tastes, one for each user or item.
  fileprivate static func rows<Key>(
    _ file: KeyedDecodingContainer<Key>, _ key: Key, count: Int, width: Int? = nil
  ) throws -> TasteRows {
    let rows = try file.decode(TasteRows.self, forKey: key)
    try ModelChecks.fits(
      rows.fits(count: count) && rows.width == width ?? rows.width, file, key, "\(count) rows of finite numbers")
    return rows
  }
}
