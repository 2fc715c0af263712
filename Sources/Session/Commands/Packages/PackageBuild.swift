import Cells
import Foundation
import JSON

/// Builds a package with SwiftPM, wrapped into a package of our own whose one product is a shared library with everything in it.
///
/// SwiftPM itself links the library, so what packages say of their linking holds; and the arguments with which it compiles the
/// wrapper are those by which cells find the modules, the C ones included.
struct PackageBuild {
  /// Runs a program, tells its output line by line, and returns its exit code and what it wrote.
  typealias Runner = (_ arguments: [String], _ tells: Bool) throws(CellFailure) -> (succeeded: Bool, output: String)

  let request: PackageRequest
  let place: PackageFolder
  let toolchain: Toolchain
  let line: CommandLine
  let run: Runner

  /// The toolkit is built with the same: see `Package.swift`.
  static let flags = [
    "-Xswiftc", "-cross-module-optimization", "-Xcc", "-march=native", "-Xswiftc", "-Xllvm", "-Xswiftc",
    "-sil-disable-pass=dead-store-elimination",
  ]

  /// Builds, and keeps what came of it.
  func record() throws(CellFailure) -> PackageRecord {
    let root = try packageRoot()
    let products = try libraryProducts(of: root)
    try writeWrapper(products: products)
    let (succeeded, output) = try run(swift("build", ["-c", "release", "--product", place.wrapper] + Self.flags), true)
    guard succeeded else { throw .build(line, "The package does not build.", output) }
    let folders = try localFolders()
    var key = ContentKey()
    for folder in folders { key.add(folder: URL(fileURLWithPath: folder)) }
    if folders.isEmpty { key.add((try? String(contentsOf: resolvedVersions, encoding: .utf8)) ?? "") }
    do {
      return try keep(folders: folders, contentKey: key.text)
    } catch {
      throw .command(line, "What was built could not be kept in \(place.folder.path): \(error.localizedDescription)")
    }
  }

  private var resolvedVersions: URL { place.folder.appendingPathComponent("Package.resolved") }

  private func swift(_ tool: String, _ arguments: [String]) -> [String] {
    [toolchain.root.appendingPathComponent("bin/swift").path, tool, "--package-path", place.folder.path] + arguments
  }

  /// The folder of the package, fetched if need be.
  private func packageRoot() throws(CellFailure) -> String {
    switch request {
    case .folder(let path):
      guard FileManager.default.fileExists(atPath: path + "/Package.swift") else {
        throw .command(line, "There is no Package.swift in '\(path)'; %package takes the folder of a Swift package.")
      }
      return path
    case .repository(let address, _):
      try writeWrapper(products: [])
      let (succeeded, output) = try run(swift("package", ["resolve"]), true)
      guard succeeded else {
        throw .build(
          line, "\(address) could not be fetched. Without a network, clone it elsewhere and name the folder.", output)
      }
      let checkouts = place.scratch.appendingPathComponent("checkouts")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: checkouts.path)) ?? []
      guard let name = names.first(where: { $0.lowercased() == request.identity }) else {
        throw .command(line, "\(address) was fetched, but is not in \(checkouts.path).")
      }
      return checkouts.appendingPathComponent(name).path
    }
  }

  /// The names of the libraries that a package offers.
  private func libraryProducts(of root: String) throws(CellFailure) -> [String] {
    let swift = toolchain.root.appendingPathComponent("bin/swift").path
    let (succeeded, output) = try run([swift, "package", "--package-path", root, "dump-package"], false)
    guard succeeded, let start = output.firstIndex(of: "{"),
      let manifest = try? JSONValue(parsing: Data(output[start...].utf8))
    else { throw .build(line, "The package's manifest cannot be read.", output) }
    let products = (manifest["products"]?.array ?? []).filter { $0["type"]?["library"] != nil }
    let names = products.compactMap { $0["name"]?.string }
    if names.isEmpty { throw .command(line, "The package in '\(root)' offers no library that cells could import.") }
    return names
  }

  private func writeWrapper(products: [String]) throws(CellFailure) {
    let dependencies = products.map {
      ".product(name: \($0.debugDescription), package: \(request.identity.debugDescription))"
    }
    let target =
      ".target(name: \"\(place.wrapper)\", dependencies: [\(dependencies.joined(separator: ", "))])"
    let manifest = """
      // swift-tools-version: 5.9
      import PackageDescription
      let package = Package(
        name: "\(place.wrapper)",
        products: [.library(name: "\(place.wrapper)", type: .dynamic, targets: ["\(place.wrapper)"])],
        dependencies: [\(request.declaration)],
        targets: [\(target)])

      """
    do {
      try FileManager.default.createDirectory(at: place.sources, withIntermediateDirectories: true)
      try Self.write("enum \(place.wrapper) {}\n", to: place.sources.appendingPathComponent("Wrapper.swift"))
      try Self.write(manifest, to: place.manifest)
    } catch {
      throw .command(line, "\(place.folder.path) cannot be written: \(error.reason)")
    }
  }

  /// Leaves a file alone that has the text already, so that nothing is built again because of it.
  private static func write(_ text: String, to file: URL) throws {
    if (try? String(contentsOf: file, encoding: .utf8)) != text {
      try Data(text.utf8).write(to: file, options: .atomic)
    }
  }

  /// The folders of the package and of those that it depends on by path; versions from repositories do not change.
  private func localFolders() throws(CellFailure) -> [String] {
    guard case .folder(let path) = request else { return [] }
    let (succeeded, output) = try run(swift("package", ["show-dependencies", "--format", "json"]), false)
    guard succeeded, let start = output.firstIndex(of: "{"),
      let tree = try? JSONValue(parsing: Data(output[start...].utf8))
    else { return [path] }
    var folders: Set<String> = [path]
    func visit(_ node: JSONValue) {
      for dependency in node["dependencies"]?.array ?? [] {
        if dependency["version"]?.string == "unspecified", let path = dependency["path"]?.string {
          folders.insert(path)
        }
        visit(dependency)
      }
    }
    visit(tree)
    return folders.sorted()
  }
}
