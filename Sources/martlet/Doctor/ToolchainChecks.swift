import Foundation

/// Whether the Swift toolchain is there and is the one that this program understands.
enum ToolchainChecks {
  /// The version whose compiler and parser the engine is written for.
  private static let version = "6.3"
  private static let remedy =
    "Install Swift \(version) from swift.org/install and put its usr/bin folder first in PATH."

  static func toolchain() -> [Check] {
    guard let folder = binaries else { return [Check("toolchain", "no swiftc in PATH", remedy: remedy)] }
    let found = Subprocess.output(of: folder.appendingPathComponent("swift-frontend").path, ["--version"]) ?? ""
    let number = found.firstRange(of: "Swift version ").map { found[$0.upperBound...].prefix { !$0.isWhitespace } }
    guard let number else {
      return [Check("toolchain", "swift-frontend in \(folder.path) does not run", remedy: remedy)]
    }
    guard number == version || number.hasPrefix(version + ".") else {
      return [Check("toolchain", "Swift \(number) in \(folder.path), but Martlet needs \(version)", remedy: remedy)]
    }
    return [Check("toolchain", "Swift \(number) in \(folder.path)")]
  }

  static func linker() -> [Check] {
    let places =
      (binaries.map { [$0.path] } ?? [])
      + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for name in ["ld.lld", "lld", "ld.gold", "ld"] {
      for place in places where FileManager.default.isExecutableFile(atPath: "\(place)/\(name)") {
        return [Check("linker", "\(place)/\(name)")]
      }
    }
    return [Check("linker", "none found", remedy: "Install one: apt-get install binutils")]
  }

  /// The folder of the toolchain's programs.
  private static var binaries: URL? {
    let environment = ProcessInfo.processInfo.environment
    if let given = environment["MARTLET_TOOLCHAIN"] { return URL(fileURLWithPath: given).appendingPathComponent("bin") }
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      let compiler = URL(fileURLWithPath: String(folder)).appendingPathComponent("swiftc")
      if FileManager.default.isExecutableFile(atPath: compiler.path) {
        return compiler.resolvingSymlinksInPath().deletingLastPathComponent()
      }
    }
    return nil
  }
}
