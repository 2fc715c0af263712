import Foundation
import JSON

/// Pictures that a notebook's Markdown refers to, as data URIs.
///
/// Only files under the notebook's own folder are read, whatever a path or a link says: a notebook from elsewhere
/// must not put other files into a page.
struct PictureFiles {
  private static let sizeLimit = 32 << 20
  private static let types = [
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "svg": "image/svg+xml",
  ]

  /// The notebook's folder; without one, no files are read.
  var folder: URL?

  /// The picture at an address in a cell's Markdown.
  func dataURI(_ address: String, of cell: NotebookCell) -> String? {
    if References.isEmbeddedImage(address) { return address }
    if address.hasPrefix("attachment:") { return attachment(String(address.dropFirst(11)), of: cell) }
    return file(address)
  }

  private func attachment(_ name: String, of cell: NotebookCell) -> String? {
    let name = name.removingPercentEncoding ?? name
    for (type, content) in cell.attachments[name] ?? [:] where Self.types.values.contains(type) {
      guard let text = content.string else { continue }
      let base64 = type == "image/svg+xml" && text.contains("<") ? Data(text.utf8).base64EncodedString() : text
      return "data:\(type);base64," + base64.filter { !$0.isWhitespace }
    }
    return nil
  }

  private func file(_ address: String) -> String? {
    guard let folder, !address.contains(":"), let path = address.removingPercentEncoding, !path.hasPrefix("/") else {
      return nil
    }
    let root = folder.resolvingSymlinksInPath().standardizedFileURL
    let file = root.appendingPathComponent(path).resolvingSymlinksInPath().standardizedFileURL
    guard file.path.hasPrefix(root.path + "/"), let type = Self.types[file.pathExtension.lowercased()],
      let attributes = try? FileManager.default.attributesOfItem(atPath: file.path),
      attributes[.type] as? FileAttributeType == .typeRegular,
      let size = attributes[.size] as? Int, size <= Self.sizeLimit, let data = try? Data(contentsOf: file)
    else { return nil }
    return "data:\(type);base64,\(data.base64EncodedString())"
  }
}
