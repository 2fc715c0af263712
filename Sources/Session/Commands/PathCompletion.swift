import Foundation
import Intelligence

/// The files and folders that a path may go on to.
struct PathCompletion {
  /// Where relative paths begin.
  let folder: String
  let onlyFolders: Bool
  /// Longer lists help nobody.
  private static let limit = 500

  /// - Parameter typed: the path so far; its last part may be the beginning of a name.
  func completions(of typed: String) -> [Completion] {
    let start = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (parent, prefix) = (String(typed[..<start]), typed[start...])
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place(of: parent))) ?? []
    let visible = names.filter { $0.hasPrefix(prefix) && (prefix.hasPrefix(".") || !$0.hasPrefix(".")) }.sorted()
    return visible.prefix(Self.limit).compactMap { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: place(of: parent) + "/" + name, isDirectory: &isFolder)
      if onlyFolders && !isFolder.boolValue { return nil }
      let shown = isFolder.boolValue ? name + "/" : name
      return Completion(
        text: parent + shown, label: shown, kind: .path, typeName: "", signature: shown, documentation: "")
    }
  }

  private func place(of parent: String) -> String {
    if parent.hasPrefix("/") { return parent }
    if parent.hasPrefix("~/") { return NSHomeDirectory() + parent.dropFirst() }
    return folder + "/" + parent
  }
}
