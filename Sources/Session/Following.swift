import Cells
import WorkerLink

/// Brings functions of earlier cells up to date after a redefinition, and names what stays behind.
///
/// A compiled function goes on calling what it was compiled with. A cell that holds nothing but functions can simply be
/// compiled and loaded again: nothing else happens by that. Cells with types or variables cannot, since their values
/// would start over; the user is told which they are.
struct Following {
  let engine: Engine
  let onEvent: (SessionEvent) -> Void

  /// More would keep the user waiting; the rest is named.
  private static let limit = 16

  private struct Remaining {
    var cell: FollowingCell
    var reason: String?
  }

  /// To be called when a cell has run to its end.
  ///
  /// - Returns: whether anything was compiled again.
  func bringUpToDate(after compiled: CompiledCell) -> Bool {
    var isChanged = false
    var causes = [compiled]
    var seen: Set<Int> = []
    var remaining: [Remaining] = []
    while let cause = causes.first {
      causes.removeFirst()
      for cell in engine.chain.followers(of: cause) where seen.insert(cell.number).inserted {
        guard cell.canFollow, seen.count <= Self.limit else {
          remaining.append(Remaining(cell: cell))
          continue
        }
        do throws(CellError) {
          guard let again = try rerun(cell) else { continue }
          isChanged = true
          causes.append(again)
        } catch {
          remaining.append(Remaining(cell: cell, reason: Self.firstMessage(of: error)))
        }
      }
    }
    for entry in remaining { onEvent(.stream(.standardError, Self.notice(entry))) }
    return isChanged
  }

  private func rerun(_ cell: FollowingCell) throws(CellError) -> CompiledCell? {
    guard let again = try engine.chain.compile(cell.text, number: cell.number, identifier: cell.identifier) else {
      return nil
    }
    let end = engine.execute(again, libraries: [], input: nil) { _ in }
    guard case .reported(let report) = end, report.status == .finished else {
      engine.chain.discard(again)
      return nil
    }
    engine.chain.conclude(again)
    return again
  }

  private static func notice(_ entry: Remaining) -> String {
    let cell = entry.cell
    let names = cell.names.map { "'\($0)'" }.joined(separator: ", ")
    let holder = "In[\(cell.number)] (\(cell.declared.prefix(4).joined(separator: ", ")))"
    if let reason = entry.reason {
      return "\(holder) does not compile with the new \(names) and goes on with the earlier one: \(reason)\n"
    }
    return "\(holder) goes on with the earlier \(names); run it again to change that.\n"
  }

  private static func firstMessage(of error: CellError) -> String {
    switch error {
    case .diagnosed(let diagnostics, _): diagnostics.first { $0.severity == .error }?.message ?? "unknown error"
    case .cancelled: "the compilation was interrupted"
    case .unavailable(let reason): reason
    }
  }
}
