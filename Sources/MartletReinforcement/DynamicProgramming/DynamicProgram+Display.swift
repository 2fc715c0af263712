import Foundation
import MartletDisplay
import MartletModels

extension DynamicProgram: RichDisplayable, CustomStringConvertible {
  /// What each state is worth, and what to do there.
  private var table: ModelTable {
    let sweeps = "\(changes.count) sweep\(changes.count == 1 ? "" : "s")"
    return ModelTable(
      title: "\(values.count) states, \(hasConverged ? "settled" : "not settled") after \(sweeps)", facts: [],
      header: ["state", "worth", "action"],
      rows: values.indices.map { state in
        ["\(state)", String(format: "%.4f", values[state]), "\(policy.action(in: state))"]
      })
  }

  /// What each state is worth, and what to do there.
  public var description: String { table.text }

  /// What each state is worth, and what to do there.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
