import Foundation
import MartletFrames
import MartletNumerics

extension RunStore {
  /// Writes runs to a text file, a JSON object in each line: `run`, `experiment`, `name`, `parent`, `status`, `started`,
  /// `seconds`, `problem`, `parameters`, `tags`, `metrics` with all their steps, and `artifacts` with their hashes.
  ///
  /// - Parameters:
  ///   - path: the file, which is replaced.
  ///   - experiment: what the runs belong to; `nil` for all.
  /// - Throws: ``RunStoreError``.
  public func export(to path: String, _ experiment: String? = nil) throws(RunStoreError) {
    var lines = ""
    for record in try records(experiment, []) { lines += try line(record).json + "\n" }
    do {
      try Data(lines.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch { throw RunStoreError(.file, "'\(path)' cannot be written: \(error.localizedDescription)") }
  }

  private func line(_ record: RunRecord) throws(RunStoreError) -> JSONTree {
    let reader = RunReader(database)
    var metrics: [(key: String, value: JSONTree)] = []
    for metric in record.metrics {
      let table = RunTable(frame: try reader.history(of: record.id, metric.name), path: path)
      let points = zip(try table.ints("step"), try table.numbers("value")).map { step, value in
        JSONTree.members([("step", .whole(step ?? 0)), ("value", .number(value ?? .nan))])
      }
      metrics.append((metric.name, .list(points)))
    }
    let artifacts = RunTable(frame: try open(record.id).artifacts, path: path)
    let files = zip(try artifacts.texts("name"), try artifacts.texts("sha256")).map { name, hash in
      JSONTree.members([("name", .text(name ?? "")), ("sha256", .text(hash ?? ""))])
    }
    return .members([
      ("run", .whole(record.id)), ("experiment", .text(record.experiment)),
      ("name", record.name.map(JSONTree.text) ?? .null), ("parent", record.parent.map(JSONTree.whole) ?? .null),
      ("status", .text(record.status.rawValue)),
      ("started", .text(record.started.formatted(.iso8601))),
      ("seconds", record.seconds.map(JSONTree.number) ?? .null),
      ("problem", record.problem.map(JSONTree.text) ?? .null),
      ("parameters", .members(record.parameters.map { ($0.name, $0.value.json) })),
      ("tags", .members(record.tags.map { ($0.name, .text($0.value)) })), ("metrics", .members(metrics)),
      ("artifacts", .list(files)),
    ])
  }
}

extension RunValue {
  fileprivate var json: JSONTree {
    switch self {
    case .int(let value): .whole(value)
    case .double(let value): .number(value)
    case .bool(let value): .bool(value)
    case .text(let value): .text(value)
    }
  }
}
