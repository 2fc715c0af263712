extension DataFrame {
  /// Reads what a query gives from a SQLite file.
  ///
  ///     try DataFrame(sqlite: "shop.db", query: "select city, price from orders where price > ?", [10])
  /// - Throws: ``DatabaseError``.
  public init(sqlite path: String, query sql: String, _ values: [DatabaseValue] = []) throws(DatabaseError) {
    self = try SQLiteDatabase(path, createsFile: false).query(sql, values)
  }

  /// Reads what a query gives from a SQLite file, with variables for its values.
  /// - Throws: ``DatabaseError``.
  @_disfavoredOverload
  public init(sqlite path: String, query sql: String, _ values: [(any DatabaseConvertible)?]) throws(DatabaseError) {
    try self.init(sqlite: path, query: sql, values.map { DatabaseValue($0) })
  }

  /// Reads a table of a SQLite file.
  /// - Throws: ``DatabaseError``.
  public init(sqlite path: String, table: String) throws(DatabaseError) {
    try self.init(sqlite: path, query: "select * from \(SQLText.identifier(table))")
  }

  /// Writes the frame to a table of a SQLite file, all of it or nothing.
  /// - Throws: ``DatabaseError``.
  public func writeSQLite(to path: String, table: String, ifExists: ExistingTable = .fail) throws(DatabaseError) {
    try SQLiteDatabase(path).write(self, to: table, ifExists: ifExists)
  }

  /// What a SQL query makes of this frame and others.
  ///
  ///     try orders.query("select city, sum(price) as total from frame group by city")
  ///     try orders.query("select * from frame join people using (id)", with: ["people": people])
  ///
  /// The frames are copied to a SQLite database in memory; there this one is called `frame`, and `df` as well.
  /// - Throws: ``DatabaseError``.
  public func query(
    _ sql: String, _ values: [DatabaseValue] = [], with others: [String: DataFrame] = [:]
  ) throws(DatabaseError) -> DataFrame {
    let database = try SQLiteDatabase(":memory:")
    try database.write(self, to: "frame")
    for name in others.keys.sorted() {
      if let other = others[name] { try database.write(other, to: name) }
    }
    if !others.keys.contains(where: { $0.lowercased() == "df" }) {
      try database.execute("create view df as select * from frame")
    }
    return try database.query(sql, values)
  }

  /// What a SQL query makes of this frame and others, with variables for its values.
  /// - Throws: ``DatabaseError``.
  @_disfavoredOverload
  public func query(
    _ sql: String, _ values: [(any DatabaseConvertible)?], with others: [String: DataFrame] = [:]
  ) throws(DatabaseError) -> DataFrame {
    try query(sql, values.map { DatabaseValue($0) }, with: others)
  }
}
