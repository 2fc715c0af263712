import Glibc
import JupyterWire
import Session

/// What `martlet kernel CONNECTION_FILE` does.
package enum KernelMain {
  /// Serves the frontend that wrote the connection file, until it is told to end.
  ///
  /// Takes over SIGINT, which interrupts the running cell, and SIGTERM and SIGHUP, which end the kernel.
  ///
  /// - Returns: the process's exit code.
  /// - Throws: `ConnectionFileError`, or `ZeroMQError` when a port cannot be had.
  package static func run(connectionFile path: String) throws -> Int32 {
    let connection = try ConnectionFile(path: path)
    let signals = SignalWatcher(signals: [SIGINT, SIGTERM, SIGHUP, SIGPIPE])
    let log = KernelLog.standardError
    let history = CellHistory(file: HistoryFile.usual()) { log($0) }
    let server = try KernelServer(connection: connection, evaluator: SessionStarter(history: history), log: log)
    signals.start { signal in
      switch signal {
      case SIGINT: server.interrupt()
      // Whoever wrote to a pipe that nobody reads has the error in hand.
      case SIGPIPE: break
      default: server.requestShutdown()
      }
    }
    ParentWatcher.start(parentDied: server.requestShutdown)
    server.waitForShutdown()
    // Whatever a cell has done to its worker, the process is gone soon.
    _ = OwnedThread(named: "martlet-exit") {
      sleep(10)
      _exit(1)
    }
    server.close()
    return 0
  }
}
