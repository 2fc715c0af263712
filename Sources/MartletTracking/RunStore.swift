import Foundation
import MartletFrames

/// A file in which runs of experiments are kept: what was tried, how it went, and what came of it.
///
///     let store = try RunStore("runs.sqlite")
///     try store.run("titanic") { run in
///       try run.log(parameter: "depth", 3)
///       try run.log(metric: "accuracy", 0.8, step: 1)
///     }
///     try store.search("titanic", .metric("accuracy", 0.75...))
///     try store.compare("titanic")
///
/// The file is a SQLite database that other programs can read, too. Several notebooks may write to it at the same time.
/// Files that runs log are copied to a folder beside it.
public final class RunStore: Sendable {
  let database: RunDatabase
  /// The file's path.
  public var path: String { database.path }
  /// The folder that files are copied to: `runs.sqlite` has `runs-artifacts`.
  public let artifactsPath: String

  /// Opens a file of runs, or makes it.
  /// - Parameter path: the file.
  /// - Throws: ``RunStoreError`` of kind `file` when it cannot be opened, or is a file of something else.
  public init(_ path: String = "martlet-runs.sqlite") throws(RunStoreError) {
    database = try RunDatabase(path)
    artifactsPath = URL(fileURLWithPath: path).deletingPathExtension().path + "-artifacts"
  }

  // MARK: Runs

  /// Begins a run, has it made, and ends it: as failed, with the reason, when an error is thrown.
  ///
  /// A run whose cell is interrupted stays `running` until ``Run/finish()``.
  /// - Parameters:
  ///   - experiment: what the run belongs to.
  ///   - name: the run's own name; `nil` for its number.
  ///   - body: gets the run to log to.
  /// - Throws: what `body` throws; ``RunStoreError`` when it cannot be kept.
  @discardableResult
  public func run<Value>(_ experiment: String, name: String? = nil, _ body: (Run) throws -> Value) throws -> Value {
    try start(experiment, name: name).ending(body)
  }

  /// Begins a run that ``Run/finish()`` ends: for runs of several cells.
  /// - Throws: ``RunStoreError``.
  public func start(_ experiment: String, name: String? = nil) throws(RunStoreError) -> Run {
    try start(experiment, name: name, parent: nil)
  }

  func start(_ experiment: String, name: String?, parent: Int?) throws(RunStoreError) -> Run {
    try RunNames.check(experiment, "an experiment")
    if let name { try RunNames.check(name, "a run") }
    let id = try database.insert(
      "insert into runs (experiment, name, parent, status, started) values (?, ?, ?, 'running', ?)",
      [
        .string(experiment), name.map(DatabaseValue.string) ?? .missing, parent.map(DatabaseValue.int) ?? .missing,
        .double(RunNames.now),
      ])
    return Run(store: self, id: id, experiment: experiment)
  }

  /// A run to log more to.
  /// - Throws: ``RunStoreError`` of kind `run` when there is none of this number.
  public func open(_ id: Int) throws(RunStoreError) -> Run {
    Run(store: self, id: id, experiment: try record(id).experiment)
  }

  /// Removes a run, its parts and their files.
  /// - Throws: ``RunStoreError``.
  public func delete(_ id: Int) throws(RunStoreError) {
    _ = try record(id)
    let family = try database.query(
      """
      with recursive family(id) as (select ? union select runs.id from runs join family on runs.parent = family.id)
      select runs.id as id from runs join family using (id)
      """, [.int(id)])
    try database.change([("delete from runs where id = ?", [.int(id)])])
    for row in family.rows {
      if let id = row["id", Int.self] { try? FileManager.default.removeItem(atPath: "\(artifactsPath)/\(id)") }
    }
  }

  // MARK: Looking

  /// The names of all experiments.
  public var experiments: [String] {
    get throws(RunStoreError) {
      let found = try database.query("select experiment, min(id) as first from runs group by experiment order by first")
      return found.rowCount == 0 ? [] : found["experiment"].texts().compactMap { $0 }
    }
  }

  /// The runs that all filters hold for, the oldest first, as a table: a column for each of `parameters.…`, `metrics.…` and
  /// `tags.…`.
  ///
  ///     try store.search("titanic", .metric("accuracy", 0.8...)).sorted(by: "metrics.accuracy", .descending)
  /// - Parameters:
  ///   - experiment: what they belong to; `nil` for all.
  ///   - filters: what they must be like.
  /// - Throws: ``RunStoreError``.
  public func search(_ experiment: String? = nil, _ filters: RunFilter...) throws(RunStoreError) -> DataFrame {
    RunRecord.frame(try records(experiment, filters))
  }

  /// The runs that all filters hold for, the oldest first.
  /// - Throws: ``RunStoreError``.
  public func runs(_ experiment: String? = nil, _ filters: RunFilter...) throws(RunStoreError) -> [RunRecord] {
    try records(experiment, filters)
  }

  /// A run by its number.
  /// - Throws: ``RunStoreError`` of kind `run` when there is none.
  public func record(_ id: Int) throws(RunStoreError) -> RunRecord {
    guard let record = try RunReader(database).records(where: "runs.id = ?", [.int(id)]).first else {
      throw RunStoreError(.run, "There is no run \(id) in '\(path)'.")
    }
    return record
  }

  func records(_ experiment: String?, _ filters: [RunFilter]) throws(RunStoreError) -> [RunRecord] {
    let reader = RunReader(database)
    let all =
      if let experiment { try reader.records(where: "runs.experiment = ?", [.string(experiment)]) } else {
        try reader.records(where: "true", [])
      }
    return all.filter { record in filters.allSatisfy { $0.holds(record) } }
  }
}
