import Foundation
import MartletNumerics

extension Datasets {
  /// A file from the network, downloaded once and kept, whose contents are known by their hash.
  ///
  ///     let path = try Datasets.fetch("https://example.org/wells.csv", sha256: "9f86d081884c7d65…")
  ///     let wells = try DataFrame(csv: path)
  ///
  /// What was fetched before is read from the folder and no connection is made. Its hash is checked every time: a file
  /// that has changed is fetched anew.
  ///
  /// - Parameters:
  ///   - address: where the file is, by `http`, `https` or `file`.
  ///   - sha256: the file's SHA-256, 64 hexadecimal digits: `sha256sum FILE` prints it.
  ///   - maximumSize: how many bytes are taken at most; 1 GiB by default.
  ///   - folder: where files are kept; by default what `MARTLET_CACHE` names, else `martlet` in the user's folder for
  ///     caches (`XDG_CACHE_HOME` or `~/.cache`).
  /// - Returns: the path of the file.
  /// - Throws: ``DatasetError`` when the address cannot be reached, the file is too large, or its hash is another; such
  ///   a file is not kept.
  public static func fetch(
    _ address: String, sha256: String, maximumSize: Int = 1 << 30, folder: String? = nil
  ) throws(DatasetError) -> String {
    let hash = sha256.lowercased()
    try check(hash.count == 64 && hash.allSatisfy(\.isHexDigit), "sha256", "64 hexadecimal digits", "'\(sha256)'")
    guard let url = URL(string: address), let scheme = url.scheme, ["http", "https", "file"].contains(scheme) else {
      throw DatasetError(description: "A file is fetched by http, https or file; '\(address)' is no such address.")
    }
    let cache = FileCache(folder: folder)
    let kept = cache.place(of: url, hash: hash)
    if cache.holds(kept, hash: hash) { return kept.path }
    let download = try cache.newFile()
    defer { try? FileManager.default.removeItem(at: download) }
    let found = try Download(url, to: download, maximumSize: maximumSize).run()
    guard found == hash else {
      throw DatasetError(
        description: """
          \(address) is not the file that was meant: its SHA-256 is \(found), expected \(hash). \
          The file has changed or the hash belongs to another; nothing was kept.
          """)
    }
    try cache.keep(download, as: kept)
    return kept.path
  }
}
