import Cells
import Foundation
import Glibc

/// Where a package is built and where what came of it is kept, for all kernels of a user: one folder for each package,
/// toolchain and way of building.
struct PackageFolder: Sendable {
  let folder: URL
  /// The name of the module and library in which the package is wrapped; no two packages share one.
  let wrapper: String

  init(for request: PackageRequest, toolchain: Toolchain) throws {
    var key = ContentKey()
    key.add(request.declaration)
    key.add(toolchain.root.path)
    // Another compiler at the same place reads no modules of this one.
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: toolchain.frontend.resolvingSymlinksInPath().path)
    key.add("\(attributes?[.size] ?? 0) \(attributes?[.modificationDate] ?? 0)")
    for flag in PackageBuild.flags { key.add(flag) }
    let name = request.identity.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    wrapper = "MartletPackage_\(name)_\(key.text)"
    folder = Self.cache.appendingPathComponent("\(name)-\(key.text)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  var record: URL { folder.appendingPathComponent("record.json") }
  /// The package that wraps the one that was asked for.
  var manifest: URL { folder.appendingPathComponent("Package.swift") }
  var sources: URL { folder.appendingPathComponent("Sources/\(wrapper)") }
  var scratch: URL { folder.appendingPathComponent(".build") }
  var products: URL { scratch.appendingPathComponent("release") }
  /// What was built from some content: never changed again, since processes may have it loaded.
  func built(_ contentKey: String) -> URL { folder.appendingPathComponent("built/\(contentKey)") }

  /// Beside the cells' compiled C modules.
  private static var cache: URL {
    let environment = ProcessInfo.processInfo.environment
    let caches =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
      ?? URL(fileURLWithPath: NSHomeDirectory()).appendingPathComponent(".cache")
    return caches.appendingPathComponent("martlet/packages")
  }
}

/// A lock that kernels share; it goes with the process that holds it.
final class FileLock {
  private let descriptor: Int32

  /// - Parameter file: made where it is missing.
  init?(_ file: URL) {
    descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor < 0 { return nil }
  }

  deinit { close(descriptor) }

  /// Takes the lock unless another process has it.
  func take() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}
