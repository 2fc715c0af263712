import MartletFrames

/// What a query gave, whose columns may be of other types than we wrote: SQLite lets others write anything.
struct RunTable {
  let frame: DataFrame
  let path: String

  func ints(_ name: String) throws(RunStoreError) -> [Int?] { Array(try column(name, Int.self)) }
  func texts(_ name: String) throws(RunStoreError) -> [String?] { Array(try column(name, String.self)) }

  func numbers(_ name: String) throws(RunStoreError) -> [Double?] {
    try read { () throws(FrameError) in try frame.column(name).numbers() }
  }

  /// The present values of rows that have a name, by the runs that they belong to.
  func grouped<Value>(_ values: [Value?]) throws(RunStoreError) -> [Int: [(name: String, value: Value)]] {
    let (runs, names) = (try ints("run"), try texts("name"))
    var groups: [Int: [(name: String, value: Value)]] = [:]
    for row in values.indices {
      if let run = runs[row], let name = names[row], let value = values[row] {
        groups[run, default: []].append((name, value))
      }
    }
    return groups
  }

  private func column<Element: ColumnElement>(
    _ name: String, _ type: Element.Type
  ) throws(RunStoreError) -> Column<Element> {
    // Without rows there is no type to be wrong.
    if frame.rowCount == 0 { return Column(name, [Element]()) }
    return try read { () throws(FrameError) in try frame.column(name).typed(as: type) }
  }

  private func read<Value>(_ ask: () throws(FrameError) -> Value) throws(RunStoreError) -> Value {
    do {
      return try ask()
    } catch { throw RunStoreError(.file, "'\(path)' holds what no run has logged: \(error.description)") }
  }
}
