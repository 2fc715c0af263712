import Foundation

/// A short text that is another one whenever something in some folders is.
///
/// FNV-1a over names and contents: not against attackers, who could change the package itself.
struct ContentKey {
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The text so far.
  var text: String { String(hash, radix: 16) }

  /// What is built or belongs to tools, not to the package.
  private static let ignored: Set<String> = [".build", ".git", ".swiftpm", "DerivedData"]

  mutating func add(_ text: String) {
    add(text.utf8)
    add(CollectionOfOne(0))
  }

  /// Adds the names and contents of all files in a folder.
  mutating func add(folder: URL) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    for name in names where !Self.ignored.contains(name) {
      let place = folder.appendingPathComponent(name)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) else { continue }
      add(name)
      if isFolder.boolValue {
        add(folder: place)
      } else if let data = try? Data(contentsOf: place, options: .mappedIfSafe) {
        data.withUnsafeBytes { add($0) }
      }
    }
  }

  private mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  }
}
