import Foundation
import Glibc

/// Keeps compiled cells, across sessions and for all kernels of a user: what was compiled once is not compiled again.
///
/// Each cell is one file named by its ``CompilationKey``, written whole or not at all. The folder is the user's alone;
/// one that others could write to is not used, since what lies in it is run.
package final class CellCache: Sendable {
  private let folder: URL
  /// In bytes.
  private let limit: Int
  /// Writing waits for nobody.
  private let queue = DispatchQueue(label: "martlet.cache", qos: .utility)

  private enum Part {
    static let library = "library"
    static let interface = "interface"
    static let documentation = "documentation"
    static let libraries = "libraries"
    static let warnings = "warnings"
  }

  /// What is kept of a cell besides its files.
  struct Facts {
    /// The libraries that it needs.
    var libraries: [String] = []
    /// What the compiler warned of.
    var warnings: [Diagnostic] = []
  }

  /// The cache in the user's cache folder; `nil` where it is switched off or cannot be kept safely.
  ///
  /// `MARTLET_CACHE_LIMIT` bounds its size, in megabytes: 512 unless set, and none with 0.
  package static func forUser(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> CellCache? {
    let limit = environment["MARTLET_CACHE_LIMIT"].flatMap(Int.init) ?? 512
    guard limit > 0 else { return nil }
    let folder = CompileJob.moduleCache.deletingLastPathComponent().appendingPathComponent("cells")
    return CellCache(folder: folder, limit: min(limit, 1 << 20) << 20)
  }

  /// - Parameters:
  ///   - folder: made if need be; `nil` is returned where it is not the user's alone.
  ///   - limit: in bytes.
  package init?(folder: URL, limit: Int) {
    self.folder = folder
    self.limit = limit
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    var facts = stat()
    guard lstat(folder.path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR, facts.st_uid == geteuid(),
      facts.st_mode & 0o022 == 0
    else { return nil }
  }

  /// Puts a cell's files into the session's folder; returns `nil` when there is no such cell, or none that is whole.
  func restore(_ key: CompilationKey, into module: CellModule) -> Facts? {
    let file = file(key)
    guard let data = try? Data(contentsOf: file) else { return nil }
    guard let entry = CacheEntry([UInt8](data)), let libraries = entry[Part.libraries] else {
      unlink(file.path)
      return nil
    }
    // The order of use is the order in which entries are kept.
    utimensat(AT_FDCWD, file.path, nil, 0)
    do {
      if let library = entry[Part.library] { try Data(library).write(to: module.library) }
      if let interface = entry[Part.interface] { try Data(interface).write(to: module.interface) }
      if let documentation = entry[Part.documentation] { try Data(documentation).write(to: module.documentation) }
    } catch {
      return nil
    }
    let warnings = entry[Part.warnings].flatMap { try? JSONDecoder().decode([Diagnostic].self, from: Data($0)) }
    return Facts(
      libraries: String(decoding: libraries, as: UTF8.self).split(separator: "\n").map(String.init),
      warnings: warnings ?? [])
  }

  /// Keeps a cell's files; they are read now and written a little later.
  func store(
    _ key: CompilationKey, _ module: CellModule, hasModule: Bool, hasLibrary: Bool = true, facts: Facts = Facts()
  ) {
    var entry = CacheEntry()
    entry.add(Part.libraries, Array(facts.libraries.joined(separator: "\n").utf8))
    if !facts.warnings.isEmpty, let warnings = try? JSONEncoder().encode(facts.warnings) {
      entry.add(Part.warnings, [UInt8](warnings))
    }
    if hasLibrary {
      guard let library = try? Data(contentsOf: module.library) else { return }
      entry.add(Part.library, [UInt8](library))
    }
    if hasModule {
      guard let interface = try? Data(contentsOf: module.interface) else { return }
      entry.add(Part.interface, [UInt8](interface))
      if let documentation = try? Data(contentsOf: module.documentation) {
        entry.add(Part.documentation, [UInt8](documentation))
      }
    }
    let file = file(key)
    // A cell that cannot be kept is compiled again next time.
    queue.async { [entry] in try? Data(entry.encoded).write(to: file, options: .atomic) }
  }

  /// Removes what was used longest ago, until what is left is well within the limit.
  func prune() {
    queue.async { [self] in
      let entries = contents()
      var total = entries.reduce(0) { $0 + $1.size }
      guard total > limit else { return }
      for entry in entries.sorted(by: { $0.used < $1.used }) where total > limit / 10 * 9 {
        unlink(folder.appendingPathComponent(entry.name).path)
        total -= entry.size
      }
    }
  }

  /// Makes room for what was stored, and waits until it is written.
  func finish() {
    prune()
    queue.sync {}
  }

  private func file(_ key: CompilationKey) -> URL { folder.appendingPathComponent(key.fileName) }

  private func contents() -> [(name: String, size: Int, used: Int)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.compactMap { name in
      var facts = stat()
      guard lstat(folder.appendingPathComponent(name).path, &facts) == 0 else { return nil }
      return (name, Int(facts.st_size), facts.st_mtim.tv_sec)
    }
  }
}
