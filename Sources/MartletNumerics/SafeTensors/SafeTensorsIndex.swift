import Foundation

/// The list of a model that comes in several files: which tensor is in which.
///
/// Format: `model.safetensors.index.json` of Hugging Face, an object whose `weight_map` has a file's name for each tensor's.
struct SafeTensorsIndex {
  /// The files' paths, in the order of their names.
  let files: [String]
  private let tensors: Set<String>
  private let path: String

  init(path: String) throws(SafeTensorsError) {
    self.path = path
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw SafeTensorsError(path, "The file cannot be read.")
    }
    let root: JSONTree
    do { root = try JSONTreeParser.parse(data) } catch {
      throw SafeTensorsError(path, "The index is not JSON. \(error)")
    }
    guard let members = root["weight_map"]?.members, !members.isEmpty else {
      throw SafeTensorsError(path, "The index has no weight_map with a file for each tensor.")
    }
    var names: Set<String> = []
    for (tensor, file) in members {
      // A name, not a path: an index leads to no other folder.
      guard let name = file.text, !name.isEmpty, !name.contains("/"), name != ".." else {
        throw SafeTensorsError(
          path, "The tensor '\(tensor)' is to be in a file of the same folder; found \(file.text ?? file.kind).")
      }
      names.insert(name)
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    files = names.sorted().map { folder.appendingPathComponent($0).path }
    tensors = Set(members.map(\.key))
  }

  /// Refuses files that lack a tensor of the list.
  func check(_ names: Set<String>) throws(SafeTensorsError) {
    guard let missing = tensors.subtracting(names).min() else { return }
    throw SafeTensorsError(path, "The tensor '\(missing)' is in the index and in none of its \(files.count) files.")
  }
}
