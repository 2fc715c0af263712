/// What cells may import besides the toolkit: libraries that were added to a session while it ran.
package struct Libraries: Sendable, Equatable {
  /// The arguments by which the compiler's frontend finds the modules: `-I`, and `-Xcc` for those of C.
  package var compilerArguments: [String]
  /// The shared libraries to be loaded before a cell, in this order.
  package var paths: [String]

  /// No libraries, unless some are given.
  package init(compilerArguments: [String] = [], paths: [String] = []) {
    self.compilerArguments = compilerArguments
    self.paths = paths
  }
}
