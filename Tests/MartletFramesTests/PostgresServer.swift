import Foundation

/// A PostgreSQL server of our own, in a temporary folder and reached through a socket there.
final class PostgresServer {
  private let folder: String
  private let programs: String

  /// The folder of initdb and pg_ctl, wherever Debian's version of the day put it.
  private static let programFolder: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root))?.sorted() ?? []
    return versions.map { "\(root)/\($0)/bin" }.last { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
  }()

  static var isInstalled: Bool { programFolder != nil }

  struct Failure: Error {
    let output: String
  }

  init() throws {
    programs = Self.programFolder ?? ""
    folder = "/tmp/martlet-postgres-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // The server refuses to run as root.
    if getuid() == 0 { try run("chown", ["postgres", folder], asServer: false) }
    try run(programs + "/initdb", ["-D", folder + "/data", "-A", "trust", "-E", "UTF8", "-U", "postgres", "--no-sync"])
    try run(
      programs + "/pg_ctl",
      [
        "-D", folder + "/data", "-w", "-o", "-k \(folder) -c listen_addresses='' -c fsync=off", "-l", folder + "/log",
        "start",
      ])
  }

  var settings: String { "host=\(folder) user=postgres dbname=postgres" }

  func stop() {
    try? run(programs + "/pg_ctl", ["-D", folder + "/data", "-m", "immediate", "stop"])
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Runs a program and waits for it alone: Foundation's `Process` would also wait for the server that it leaves behind.
  private func run(_ program: String, _ arguments: [String], asServer: Bool = true) throws {
    let prefix = asServer && getuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []
    let words = (prefix + [program] + arguments).map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }
    let output = folder + "-output"
    defer { try? FileManager.default.removeItem(atPath: output) }
    let line = "cd /tmp; " + words.joined(separator: " ") + " > \(output) 2>&1"
    var child: pid_t = 0
    var texts: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", line].map { (text: String) in strdup(text) }
    texts.append(nil)
    defer { for text in texts { free(text) } }
    var status: CInt = 0
    guard posix_spawn(&child, "/bin/sh", nil, nil, texts, nil) == 0, waitpid(child, &status, 0) == child, status == 0
    else { throw Failure(output: (try? String(contentsOfFile: output, encoding: .utf8)) ?? "") }
  }
}
