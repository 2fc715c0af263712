import Foundation
import MartletFrames
import MartletModels

/// Makes records of what the tables hold.
struct RunReader {
  private let database: RunDatabase

  init(_ database: RunDatabase) { self.database = database }

  /// - Parameter condition: a condition on `runs` in our own words, never in a user's.
  func records(where condition: String, _ values: [DatabaseValue]) throws(RunStoreError) -> [RunRecord] {
    let runs = try table("select * from runs where \(condition) order by id", values)
    let own = "where run in (select id from runs where \(condition))"
    let parameters = try parameters(own, values)
    let tags = try table("select run, name, value from tags \(own) order by rowid", values)
    let tagsOfRun = try tags.grouped(try tags.texts("value"))
    let metrics = try metrics(own, values)
    let (ids, experiments, names) = (try runs.ints("id"), try runs.texts("experiment"), try runs.texts("name"))
    let (parents, states, problems) = (try runs.ints("parent"), try runs.texts("status"), try runs.texts("problem"))
    let (starts, ends) = (try runs.numbers("started"), try runs.numbers("ended"))
    return ids.indices.map { row in
      let (id, start) = (ids[row] ?? 0, starts[row] ?? 0)
      return RunRecord(
        id: id, experiment: experiments[row] ?? "", name: names[row], parent: parents[row],
        status: states[row].flatMap(RunRecord.Status.init) ?? .failed, started: Date(timeIntervalSince1970: start),
        seconds: ends[row].map { $0 - start }, problem: problems[row], parameters: parameters[id] ?? [],
        metrics: (metrics[id] ?? []).map { RunRecord.Metric(name: $0.name, value: $0.value) }, tags: tagsOfRun[id] ?? []
      )
    }
  }

  private func parameters(
    _ own: String, _ values: [DatabaseValue]
  ) throws(RunStoreError) -> [Int: [(name: String, value: RunValue)]] {
    let table = try table("select run, name, kind, value from parameters \(own) order by rowid", values)
    let pairs = zip(try table.texts("kind"), try table.texts("value"))
    return try table.grouped(pairs.map { RunValue(kind: $0 ?? "", text: $1 ?? "") })
  }

  /// The last values, in the order in which the metrics were logged first.
  private func metrics(
    _ own: String, _ values: [DatabaseValue]
  ) throws(RunStoreError) -> [Int: [(name: String, value: Double)]] {
    let table = try table(
      """
      select run, name, value from (
        select *, row_number() over (partition by run, name order by step desc, id desc) as place,
          min(id) over (partition by run, name) as first
        from metrics \(own))
      where place = 1 order by first
      """, values)
    return try table.grouped(try table.numbers("value").map { $0 ?? .nan })
  }

  func table(_ sql: String, _ values: [DatabaseValue]) throws(RunStoreError) -> RunTable {
    RunTable(frame: try database.query(sql, values), path: database.path)
  }
}

extension RunReader {
  /// Every value of a metric of a run.
  func history(of run: Int, _ metric: String) throws(RunStoreError) -> DataFrame {
    let table = try table(
      "select step, value, time from metrics where run = ? and name = ? order by step, id",
      [.int(run), .string(metric)])
    return TableNames.frame([
      AnyColumn(Column("step", try table.ints("step"))),
      AnyColumn(Column("value", try table.numbers("value").map { $0 ?? .nan })),
      AnyColumn(Column("time", try table.numbers("time").map { $0.map(Date.init(timeIntervalSince1970:)) })),
    ])
  }
}
