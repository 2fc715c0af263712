import MartletDisplay
import MartletModels

extension RunStore: RichDisplayable, CustomStringConvertible {
  private var table: ModelTable {
    let records = (try? records(nil, [])) ?? []
    let groups = RunRecord.names([records.map(\.experiment)]).map { name in
      (name, records.filter { $0.experiment == name })
    }
    let rows = groups.map { name, runs in
      let failed = runs.count { $0.status == .failed }
      let running = runs.count { $0.status == .running }
      return [name, "\(runs.count)", "\(running)", "\(failed)"]
    }
    return ModelTable(title: path, facts: [], header: ["experiment", "runs", "running", "failed"], rows: rows)
  }

  /// The experiments and how many runs they have.
  public var description: String { table.text }
  /// The same as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
