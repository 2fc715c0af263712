import Cells
import Foundation

/// A chain with folders of its own; cells are compiled as in a session, and counted as run to their end.
final class ChainFixture {
  let chain: CellChain
  private let folder: URL
  private var count = 0

  /// - Parameter cache: the folder of kept cells; `nil` to keep none.
  init(cache: URL? = nil, limit: Int = 1 << 30) throws {
    folder = try Self.makeFolder()
    chain = CellChain(
      folder: folder, toolchain: try Toolchain.find(), installation: try Installation.find(),
      cache: cache.flatMap { CellCache(folder: $0, limit: limit) })
  }

  deinit {
    chain.shutdown()
    try? FileManager.default.removeItem(at: folder)
  }

  func compile(_ text: String, identifier: String? = nil) throws -> CompiledCell {
    count += 1
    guard let compiled = try chain.compile(text, number: count, identifier: identifier) else {
      throw FixtureError(text: text)
    }
    return compiled
  }

  @discardableResult
  func run(_ text: String, identifier: String? = nil) throws -> CompiledCell {
    let compiled = try compile(text, identifier: identifier)
    chain.conclude(compiled)
    return compiled
  }

  /// How the compiled code of some cells came about.
  func origins(_ texts: [String]) throws -> [CompiledCell.Origin] { try texts.map { try run($0).origin } }

  static func makeFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    return folder
  }
}

/// A cell that should have given something to run.
struct FixtureError: Error {
  var text: String
}
