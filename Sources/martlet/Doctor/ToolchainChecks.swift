import Cells
import Foundation

/// Whether the Swift toolchain is there and is the one that built Martlet.
enum ToolchainChecks {
  /// A compiler reads only the modules that it wrote itself, so the version must be the same to the last letter.
  static func toolchain() -> [Check] {
    let toolchain: Toolchain
    do { toolchain = try Toolchain.find() } catch {
      let places = error.searched.filter { !$0.isEmpty }.joined(separator: ", ")
      return [
        Check(
          "toolchain", "no Swift in " + (places.isEmpty ? "PATH, which is empty" : places),
          remedy: "Install Swift 6.3 from swift.org/install, then put its usr/bin folder first in PATH.")
      ]
    }
    let reported = Subprocess.output(of: toolchain.frontend.path, ["--version"])
    guard let found = reported.flatMap(firstLine) else {
      let remedy = "Install the toolchain again, or put another's usr/bin folder first in PATH."
      return [Check("toolchain", "\(toolchain.frontend.path) does not run", remedy: remedy)]
    }
    return [compared("\(found) in \(toolchain.root.path)", found: found, needed: neededVersion)]
  }

  /// The linker, which makes cells into libraries.
  static func linker() -> [Check] {
    guard let toolchain = try? Toolchain.find() else { return [] }
    guard Subprocess.output(of: toolchain.linker.path, ["--version"]) != nil else {
      return [Check("linker", "\(toolchain.linker.path) does not run", remedy: "Install one: apt-get install binutils")]
    }
    return [Check("linker", toolchain.linker.path)]
  }

  private static func compared(_ place: String, found: String, needed: String?) -> Check {
    guard let needed, needed != found else { return Check("toolchain", place) }
    return Check(
      "toolchain", "\(place), but Martlet was built with \(needed)",
      remedy: "Put that toolchain first in PATH, or build and install Martlet again with this one.")
  }

  /// The compiler that built this installation; `nil` without one, which a check of its own reports.
  private static var neededVersion: String? {
    guard let file = try? Installation.find().toolchainVersion,
      let text = try? String(contentsOf: file, encoding: .utf8)
    else { return nil }
    return firstLine(of: text)
  }

  private static func firstLine(of text: String) -> String? { text.split(separator: "\n").first.map(String.init) }
}
