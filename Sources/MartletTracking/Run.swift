import Foundation
import MartletFrames

/// A run that is being made: what is tried is logged to it, and how it goes.
///
///     try store.run("titanic", name: "shallow") { run in
///       try run.log(parameters: ["depth": 3, "criterion": "gini"])
///       for epoch in 1...10 { try run.log(metric: "loss", 1 / Double(epoch), step: epoch) }
///       try run.log(artifact: "model.json")
///     }
///
/// Several threads may log to the same run.
public struct Run: Sendable {
  let store: RunStore
  /// Its number in the store.
  public let id: Int
  /// What it belongs to.
  public let experiment: String

  private var database: RunDatabase { store.database }

  // MARK: Logging

  /// Logs what was chosen: a number, a truth value, or the text of anything else.
  /// - Throws: ``RunStoreError``, of kind `value` when the parameter was logged with another value.
  public func log(parameter name: String, _ value: some Sendable) throws(RunStoreError) {
    try log(parameters: [name: value])
  }

  /// Logs several parameters, all or none.
  ///
  ///     try run.log(parameters: ["depth": 3, "criterion": "gini", "learning rate": 0.1])
  /// - Throws: ``RunStoreError``, of kind `value` when one was logged with another value.
  public func log(parameters: KeyValuePairs<String, any Sendable>) throws(RunStoreError) {
    let known = try store.record(id)
    var statements: [(sql: String, values: [DatabaseValue])] = []
    for (name, any) in parameters {
      try RunNames.check(name, "a parameter")
      let value = RunValue(any)
      if let old = known.value(name) {
        if old == value { continue }
        throw RunStoreError(
          .value, "The parameter '\(name)' of run \(id) is \(old.text) already, not \(value.text). Begin another run.")
      }
      statements.append(
        (
          "insert into parameters (run, name, kind, value) values (?, ?, ?, ?)",
          [.int(id), .string(name), .string(value.kind), .string(value.text)]
        ))
    }
    try database.change(statements)
  }

  /// Logs how well it goes.
  ///
  /// - Parameters:
  ///   - name: what was measured.
  ///   - value: the number, which may be infinite or not a number.
  ///   - step: how far the run was: an epoch, a fold; default 0.
  /// - Throws: ``RunStoreError``.
  public func log(metric name: String, _ value: Double, step: Int = 0) throws(RunStoreError) {
    try log(points: [(name, value, step)])
  }

  /// Logs several metrics of one step, all or none.
  ///
  ///     try run.log(metrics: ["accuracy": 0.81, "log loss": 0.43])
  /// - Throws: ``RunStoreError``.
  public func log(metrics: KeyValuePairs<String, Double>, step: Int = 0) throws(RunStoreError) {
    try log(points: metrics.map { ($0.key, $0.value, step) })
  }

  /// Logs many measurements, all or none.
  func log(points: [(name: String, value: Double, step: Int)]) throws(RunStoreError) {
    for point in points { try RunNames.check(point.name, "a metric") }
    let time = DatabaseValue.double(RunNames.now)
    try database.change(
      points.map { point in
        (
          "insert into metrics (run, name, step, value, time) values (?, ?, ?, ?, ?)",
          [
            .int(id), .string(point.name), .int(point.step), point.value.isNaN ? .missing : .double(point.value), time,
          ]
        )
      })
  }

  /// Sets a tag: a word to find the run by, which may change.
  ///
  ///     try run.log(tag: "data", "2026-11")
  /// - Throws: ``RunStoreError``.
  public func log(tag name: String, _ value: String) throws(RunStoreError) {
    try RunNames.check(name, "a tag")
    try database.change([
      ("insert or replace into tags (run, name, value) values (?, ?, ?)", [.int(id), .string(name), .string(value)])
    ])
  }

  // MARK: Looking

  /// What was logged so far.
  /// - Throws: ``RunStoreError``.
  public var record: RunRecord { get throws(RunStoreError) { try store.record(id) } }

  /// Every value of a metric: `step`, `value` and `time`, in the order of the steps.
  /// - Throws: ``RunStoreError``.
  public func history(_ metric: String) throws(RunStoreError) -> DataFrame {
    try RunReader(database).history(of: id, metric)
  }

  // MARK: The end

  /// A part of this run, as one fold or one candidate, which is a run itself.
  /// - Parameter name: the part's name; `nil` for its number.
  /// - Throws: what `body` throws; ``RunStoreError`` when it cannot be kept.
  @discardableResult
  public func child<Value>(_ name: String? = nil, _ body: (Run) throws -> Value) throws -> Value {
    try store.start(experiment, name: name, parent: id).ending(body)
  }

  /// Ends the run.
  /// - Throws: ``RunStoreError``.
  public func finish() throws(RunStoreError) { try end(.finished, nil) }

  /// Ends the run with a reason for which it is of no use.
  /// - Throws: ``RunStoreError``.
  public func fail(_ problem: String) throws(RunStoreError) { try end(.failed, problem) }

  private func end(_ status: RunRecord.Status, _ problem: String?) throws(RunStoreError) {
    try database.change([
      (
        "update runs set status = ?, ended = ?, problem = ? where id = ?",
        [
          .string(status.rawValue), .double(RunNames.now), problem.map(DatabaseValue.string) ?? .missing, .int(id),
        ]
      )
    ])
  }

  func ending<Value>(_ body: (Run) throws -> Value) throws -> Value {
    do {
      let value = try body(self)
      try finish()
      return value
    } catch {
      // The body's error says more than one of writing it down.
      try? fail("\(error)")
      throw error
    }
  }
}
