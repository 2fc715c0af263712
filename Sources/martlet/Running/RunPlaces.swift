import Foundation

/// Where a notebook is and where what comes of it goes.
package struct RunPlaces: Equatable, Sendable {
  /// Several notebooks cannot share one output file.
  package struct NotAFolder: Error, CustomStringConvertible {
    package let option: String
    package let path: String
    package var description: String { "With several notebooks, '\(option)' names a folder; '\(path)' is a file." }
  }

  /// The notebook as it was typed.
  package var name: String
  package var notebook: URL
  package var output: URL?
  package var html: URL?

  /// The places of all notebooks; folders for output are made where they are missing.
  package static func all(for options: RunOptions) throws -> [RunPlaces] {
    let isSeveral = options.notebooks.count > 1
    return try options.notebooks.map { name in
      let notebook = URL(fileURLWithPath: name).standardizedFileURL
      let base = notebook.deletingPathExtension().lastPathComponent
      return RunPlaces(
        name: name, notebook: notebook,
        output: try file(options.output, option: "--output", named: base + ".ipynb", inFolder: isSeveral),
        html: try file(options.html, option: "--html", named: base + ".html", inFolder: isSeveral))
    }
  }

  private static func file(_ path: String?, option: String, named name: String, inFolder: Bool) throws -> URL? {
    guard let path else { return nil }
    let url = URL(fileURLWithPath: path).standardizedFileURL
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    if exists && isFolder.boolValue { return url.appendingPathComponent(name) }
    if exists && inFolder { throw NotAFolder(option: option, path: path) }
    let folder = inFolder || path.hasSuffix("/") ? url : url.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder == url ? url.appendingPathComponent(name) : url
  }
}
