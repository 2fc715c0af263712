import CMartletRuntime
import MartletWidgets

/// How far a long fit has come, shown below the cell without being asked for.
///
/// A bar appears after two seconds and goes when the fit ends: short fits show nothing, stored notebooks keep nothing.
package enum FitProgress {
  /// Whether the caller is a part of something longer that has a bar already, on a thread that is no cell's.
  @TaskLocal static var isPart = false

  /// A bar that lasts as long as what is returned is held on to, and counts as it is told to; `nil` for a part of something
  /// longer, and on a thread that works for no cell.
  package static func begin(_ label: String, of total: Int? = nil) -> PassingProgress? {
    let isNobodys = martlet_has_comms() != 0 && martlet_origin() == 0
    return isPart || isNobodys ? nil : PassingProgress(label, total: total)
  }
}
