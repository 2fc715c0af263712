import Foundation

/// Where Jupyter looks for kernels.
package enum JupyterFolders {
  /// This user's own folder of Jupyter data, by Jupyter's rules for Linux.
  package static func userData(environment: [String: String], home: String) -> URL {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let folder = value("JUPYTER_DATA_DIR") { return URL(fileURLWithPath: folder) }
    let shared = value("XDG_DATA_HOME") ?? home + "/.local/share"
    return URL(fileURLWithPath: shared).appendingPathComponent("jupyter")
  }

  /// Where a kernel of the given name may be registered, in the order in which Jupyter looks.
  ///
  /// - Parameter prefixes: folders of programs, such as `/usr/local`, whose `share/jupyter` is looked into last.
  package static func kernels(
    named name: String, prefixes: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
    home: String = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
  ) -> [URL] {
    let given = (environment["JUPYTER_PATH"] ?? "").split(separator: ":").map { URL(fileURLWithPath: String($0)) }
    let activated = environment["VIRTUAL_ENV"].map { [$0] } ?? []
    let shared = (activated + prefixes).map { URL(fileURLWithPath: $0).appendingPathComponent("share/jupyter") }
    let folders = given + [userData(environment: environment, home: home)] + shared
    return folders.map { $0.appendingPathComponent("kernels/\(name)").standardizedFileURL }
  }

  /// The folder that a kernel of the given name is registered in; with no prefix, this user's own.
  package static func kernel(
    named name: String, prefix: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
    home: String = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
  ) -> URL {
    let data =
      prefix.map { URL(fileURLWithPath: $0).appendingPathComponent("share/jupyter") }
      ?? userData(environment: environment, home: home)
    return data.appendingPathComponent("kernels").appendingPathComponent(name).standardizedFileURL
  }
}
