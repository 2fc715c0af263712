import Foundation

/// Writes a frame to a table.
struct SQLiteWriter {
  private let frame: DataFrame
  private let table: String

  init(_ frame: DataFrame, _ table: String) {
    self.frame = frame
    self.table = table
  }

  func write(
    to database: SQLiteDatabase, _ connection: OpaquePointer, _ ifExists: ExistingTable
  ) throws(DatabaseError) {
    guard !frame.columns.isEmpty else { throw DatabaseError(.statement, "A table has at least one column.") }
    let exists = try database.tables.contains { $0.lowercased() == table.lowercased() }
    let name = SQLText.identifier(table)
    if exists {
      switch ifExists {
      case .fail:
        throw DatabaseError(
          .tableExists, "'\(database.path)' has a table '\(table)' already. Give ifExists: .replace or .append.")
      case .replace: try database.execute("drop table \(name)")
      case .append: break
      }
    }
    if !exists || ifExists == .replace {
      let columns = frame.columns.map { "\(SQLText.identifier($0.name)) \(Self.declaration($0))" }
      try database.execute("create table \(name) (\(columns.joined(separator: ", ")))")
    }
    try insert(connection, name)
  }

  private func insert(_ connection: OpaquePointer, _ name: String) throws(DatabaseError) {
    let columns = frame.columnNames.map(SQLText.identifier).joined(separator: ", ")
    let places = Array(repeating: "?", count: frame.columns.count).joined(separator: ", ")
    let statement = try SQLiteStatement(connection, "insert into \(name) (\(columns)) values (\(places))")
    for row in 0..<frame.rowCount {
      for (place, column) in frame.columns.enumerated() {
        do throws(DatabaseError) {
          try statement.bind(column.databaseValue(row), Int32(place + 1))
        } catch {
          throw DatabaseError(error.kind, "Row \(row) of '\(column.name)': \(error.description) Drop or fill it first.")
        }
      }
      _ = try statement.step()
      statement.reset()
    }
  }

  private static func declaration(_ column: AnyColumn) -> String {
    switch column.content {
    case .int, .int32: "INTEGER"
    case .double, .float: "REAL"
    case .bool: "BOOLEAN"
    case .string, .categorical, .doubleLists, .intLists, .textLists, .tensor: "TEXT"
    case .date(let dates): DateText(dates).isDaysOnly ? "DATE" : "TIMESTAMP"
    }
  }
}

extension AnyColumn {
  /// The value of a row, for a statement.
  func databaseValue(_ row: Int) -> DatabaseValue {
    guard isPresent(row) else { return .missing }
    return switch content {
    case .int(let column): .int(column.storage[row])
    case .double(let column): .double(column.storage[row])
    case .float(let column): .double(Double(column.storage[row]))
    case .int32(let column): .int(Int(column.storage[row]))
    case .bool(let column): .bool(column.storage[row])
    case .string(let column): .string(column.storage[row])
    case .date(let column): .date(column.storage[row])
    case .categorical(let column): .string(column.storage[row].name)
    case .doubleLists(let column): .string(NestedText.list(column.storage[row]))
    case .intLists(let column): .string(NestedText.list(column.storage[row]))
    case .textLists(let column): .string(NestedText.list(column.storage[row]))
    case .tensor(let column): .string(NestedText.tensor(column.storage[row]))
    }
  }
}
