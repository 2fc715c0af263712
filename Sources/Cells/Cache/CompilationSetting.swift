import Foundation
import Glibc
import Synchronization

/// All that compiled code depends on besides the cells: the toolchain, Martlet's own modules, the flags, the processor.
final class CompilationSetting: Sendable {
  /// Changed whenever what is kept, or how, has changed.
  private static let format = "2"

  private let toolchain: Toolchain
  private let installation: Installation
  private let known = Mutex<Digest?>(nil)

  init(toolchain: Toolchain, installation: Installation) {
    self.toolchain = toolchain
    self.installation = installation
  }

  /// Found out at first use: some dozens of files are looked at.
  var fingerprint: Digest {
    known.withLock { known in
      if let known { return known }
      let digest = Digest(of: material.joined(separator: "\n").utf8)
      known = digest
      return digest
    }
  }

  private var material: [String] {
    var lines = [Self.format]
    lines += CompileJob.languageArguments(toolchain) + CompileJob.processArguments
    lines.append(Self.processor)
    lines.append(FileStamp.text(of: toolchain.frontend.resolvingSymlinksInPath().path))
    for file in [installation.toolkit, installation.toolchainVersion] { lines.append(FileStamp.text(of: file.path)) }
    for folder in [installation.modules, installation.headers] {
      let names = (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []).sorted()
      lines += names.map { FileStamp.text(of: folder.appendingPathComponent($0).path) }
    }
    return lines
  }

  /// The processor's model and what it can do: cells are compiled for the one that they run on.
  private static var processor: String {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return "" }
    let first = text.components(separatedBy: "\n\n").first ?? ""
    let facts = ["model name", "flags", "Features", "CPU part", "CPU implementer"]
    return first.split(separator: "\n").filter { line in facts.contains { line.hasPrefix($0) } }.joined(separator: "\n")
  }
}

/// By what a file is known to be unchanged without reading it.
enum FileStamp {
  static func text(of path: String) -> String {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return "\(path) -" }
    return "\(path) \(facts.st_ino) \(facts.st_size) \(facts.st_mtim.tv_sec).\(facts.st_mtim.tv_nsec)"
  }
}
