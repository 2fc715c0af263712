import Cells
import Foundation

extension Installation {
  /// The program of this installation: what Jupyter is to start, and not a copy that a build has left elsewhere.
  var program: URL {
    library.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("bin/martlet")
  }

  /// The folder under which the installation lies: its `PREFIX`.
  var prefix: String { program.deletingLastPathComponent().deletingLastPathComponent().path }
}
