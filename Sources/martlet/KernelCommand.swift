import Kernel

/// `martlet kernel`: serves a Jupyter frontend.
enum KernelCommand {
  /// The kernel is not in this build.
  struct NotBuilt: Error, CustomStringConvertible {
    var description: String { "This build has no Jupyter kernel." }
  }

  static func run(connectionFile: String) throws -> Int32 {
    #if MARTLET_KERNEL
      return try KernelMain.run(connectionFile: connectionFile)
    #else
      throw NotBuilt()
    #endif
  }
}
