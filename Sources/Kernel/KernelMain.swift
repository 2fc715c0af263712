import Glibc
import JupyterWire
import Session

/// What `martlet kernel CONNECTION_FILE` does.
package enum KernelMain {
  /// Serves the frontend that wrote the connection file, or that the launcher of a registration file starts it for, until
  /// it is told to end.
  ///
  /// Takes over SIGINT, which interrupts the running cell, and SIGTERM and SIGHUP, which end the kernel.
  ///
  /// - Returns: the process's exit code.
  /// - Throws: `ConnectionFileError`, or `ZeroMQError` when a port cannot be had.
  package static func run(connectionFile path: String) throws -> Int32 {
    let startup = try StartupFile(path: path)
    let signals = SignalWatcher(signals: [SIGINT, SIGTERM, SIGHUP, SIGPIPE])
    let log = KernelLog.standardError
    let history = CellHistory(file: HistoryFile.usual()) { log($0) }
    let server = try KernelServer(
      connection: connection(of: startup), evaluator: SessionStarter(history: history), log: log)
    signals.start { signal in
      switch signal {
      case SIGINT: server.interrupt()
      // Whoever wrote to a pipe that nobody reads has the error in hand.
      case SIGPIPE: break
      default: server.requestShutdown()
      }
    }
    if case .registration(let file) = startup { register(server, with: file, log: log) }
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

  private static func connection(of startup: StartupFile) -> ConnectionFile {
    switch startup {
    case .connection(let file): file
    case .registration(let file):
      ConnectionFile(
        freePortsOf: Registration.ownAddress(towards: file.address, port: file.port), signer: file.signer)
    }
  }

  /// Tells the launcher the ports; a kernel that nobody takes note of ends.
  private static func register(_ server: KernelServer, with file: RegistrationFile, log: KernelLog) {
    let registration = Registration(file: file, ports: server.ports)
    _ = OwnedThread(named: "martlet-register") {
      do {
        if try registration.run(log: log) { return }
        log(
          "Nobody at \(file.endpoint) has acknowledged this kernel within \(Registration.limit.components.seconds) s.")
      } catch {
        log("This kernel cannot be registered. \(error)")
      }
      server.requestShutdown()
    }
  }
}
