import Foundation
import Session
import Testing

/// Everything that needs a real engine: one test at a time, since each starts a compiler and a worker of its own.
@Suite(.serialized) enum EngineTests {
  /// A new session on the staged installation: `MARTLET_HOME`, or what `make` puts into `.build/martlet`.
  static func makeSession() throws -> Session {
    _ = home
    return try Session()
  }

  private static let home: String = {
    if let given = ProcessInfo.processInfo.environment["MARTLET_HOME"] { return given }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let staged = package.appendingPathComponent(".build/martlet").path
    setenv("MARTLET_HOME", staged, 1)
    return staged
  }()
}
