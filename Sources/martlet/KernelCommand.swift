import Kernel

/// `martlet kernel`: serves a Jupyter frontend until it is asked to shut down.
enum KernelCommand {
  static func run(connectionFile: String) throws -> Int32 { try KernelMain.run(connectionFile: connectionFile) }
}
