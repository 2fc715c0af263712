import MartletFrames

/// The tables of a file of runs.
enum RunSchema {
  static let version = 1
  /// "mrun", by which the file is known to be ours.
  private static let identifier = 0x6D72_756E
  private static let tables = ["artifacts", "metrics", "parameters", "runs", "tags"]

  /// What a file is.
  enum State {
    case empty
    case current
    case newer(Int)
    case foreign(String)
    case damaged(String)
  }

  static func state(of database: SQLiteDatabase) throws(DatabaseError) -> State {
    let identifier = try number(database, "application_id")
    let version = try number(database, "user_version")
    let found = try database.tables.filter { !$0.hasPrefix("sqlite_") }
    if identifier == 0, version == 0, found.isEmpty { return .empty }
    guard identifier == Self.identifier else { return .foreign(found.prefix(8).joined(separator: ", ")) }
    if version > Self.version { return .newer(version) }
    let missing = tables.filter { !found.contains($0) }
    return missing.isEmpty ? .current : .damaged(missing.joined(separator: ", "))
  }

  private static func number(_ database: SQLiteDatabase, _ name: String) throws(DatabaseError) -> Int {
    try database.query("pragma \(name)").rows.first?[name, Int.self] ?? 0
  }

  /// Times are seconds since 1970. A metric that is not a number is NULL, as SQLite has no other word for it.
  static let statements = [
    """
    create table runs (
      id integer primary key autoincrement, experiment text not null, name text, parent integer references runs(id)
        on delete cascade, status text not null check (status in ('running', 'finished', 'failed')),
      started real not null, ended real, problem text)
    """,
    """
    create table parameters (
      run integer not null references runs(id) on delete cascade, name text not null,
      kind text not null check (kind in ('int', 'double', 'bool', 'text')), value text not null,
      primary key (run, name))
    """,
    """
    create table metrics (
      id integer primary key, run integer not null references runs(id) on delete cascade, name text not null,
      step integer not null, value real, time real not null)
    """,
    "create index metrics_of_run on metrics (run, name, step)",
    """
    create table tags (
      run integer not null references runs(id) on delete cascade, name text not null, value text not null,
      primary key (run, name))
    """,
    """
    create table artifacts (
      run integer not null references runs(id) on delete cascade, name text not null, sha256 text not null,
      bytes integer not null, time real not null, primary key (run, name))
    """,
    "create index runs_of_experiment on runs (experiment)",
    "pragma application_id = \(identifier)",
    "pragma user_version = \(version)",
  ]
}
