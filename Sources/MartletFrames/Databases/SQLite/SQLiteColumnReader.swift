internal import CSQLite
import Foundation

/// Collects the values of one column of a result.
struct SQLiteColumnReader {
  private let name: String
  private let declared: String
  private var values = GrowingColumn()

  init(name: String, declared: String) {
    self.name = name
    self.declared = declared
  }

  mutating func append(_ statement: OpaquePointer, _ column: Int32) throws(DatabaseError) {
    do throws(GrowingColumn.Mismatch) {
      switch sqlite3_column_type(statement, column) {
      case SQLITE_INTEGER: try values.append(Int(sqlite3_column_int64(statement, column)))
      case SQLITE_FLOAT: try values.append(sqlite3_column_double(statement, column))
      case SQLITE_TEXT:
        let count = Int(sqlite3_column_bytes(statement, column))
        if let bytes = sqlite3_column_text(statement, column) { try values.append(text: bytes, count) }
      case SQLITE_NULL: values.appendMissing()
      default: throw GrowingColumn.Mismatch(description: "a blob, which a frame does not hold")
      }
    } catch {
      throw DatabaseError(
        .type,
        "Column '\(name)' has in row \(values.count) \(error.description). Choose one type in SQL: cast(… as text), or hex(…) for blobs."
      )
    }
  }

  /// The column, of the declared type where every value can be.
  var column: AnyColumn {
    let column = values.column(name, expecting: declaredType)
    switch (column.content, declaredType) {
    case (.int(let ints), .bool) where ints.storage.values.allSatisfy { $0 == 0 || $0 == 1 }:
      return .bools(name, ints.storage.values.map { $0 == 1 }, column.validity)
    case (.string, .date): return column.asDates().column ?? column
    default: return column
    }
  }

  /// What the table says; by SQLite's rules of affinity that binds nobody.
  private var declaredType: ColumnType {
    if declared.contains("INT") { return .int }
    if declared.hasPrefix("BOOL") { return .bool }
    if declared.hasPrefix("DATE") || declared.hasPrefix("TIMESTAMP") { return .date }
    return ["REAL", "FLOA", "DOUB"].contains { declared.contains($0) } ? .double : .string
  }
}
