extension DataFrame {
  /// Reads what a query gives from a PostgreSQL server.
  ///
  ///     try DataFrame(postgres: "host=localhost dbname=shop", query: "select * from orders where price > $1", [10])
  /// - Parameter settings: as ``PostgresDatabase`` takes them.
  /// - Throws: ``DatabaseError``.
  public init(postgres settings: String, query sql: String, _ values: [DatabaseValue] = []) throws(DatabaseError) {
    self = try PostgresDatabase(settings).query(sql, values)
  }

  /// Reads what a query gives from a PostgreSQL server, with variables for its values.
  /// - Throws: ``DatabaseError``.
  @_disfavoredOverload
  public init(
    postgres settings: String, query sql: String, _ values: [(any DatabaseConvertible)?]
  ) throws(DatabaseError) {
    self = try PostgresDatabase(settings).query(sql, values)
  }
}
