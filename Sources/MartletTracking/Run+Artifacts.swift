import Foundation
import MartletFrames
import MartletModels
import MartletNumerics

extension Run {
  /// Copies a file to the run's folder, with its hash, so that it can be known again.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - name: the copy's name, with slashes for folders; `nil` for the file's own.
  /// - Throws: ``RunStoreError`` of kind `artifact` when the file cannot be copied; `value` for a name that leads elsewhere.
  public func log(artifact path: String, as name: String? = nil) throws(RunStoreError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw RunStoreError(.artifact, "'\(path)' cannot be read: \(error.localizedDescription)")
    }
    try log(artifact: data, as: name ?? URL(fileURLWithPath: path).lastPathComponent)
  }

  /// Writes a file to the run's folder.
  /// - Throws: ``RunStoreError``.
  public func log(artifact data: Data, as name: String) throws(RunStoreError) {
    try RunNames.checkPath(name)
    // There must be such a run before there is a folder for it.
    _ = try record
    let place = URL(fileURLWithPath: file(name))
    do {
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: place, options: .atomic)
    } catch { throw RunStoreError(.artifact, "'\(place.path)' cannot be written: \(error.localizedDescription)") }
    try store.database.change([
      (
        "insert or replace into artifacts (run, name, sha256, bytes, time) values (?, ?, ?, ?, ?)",
        [
          .int(id), .string(name), .string(SHA256.hexadecimal(of: data)), .int(data.count), .double(RunNames.now),
        ]
      )
    ])
  }

  /// Keeps a fitted model as a file that ``ModelFile`` reads again.
  ///
  ///     try run.log(model: model)
  ///     let again = try LogisticRegression<Int>.Model.load(from: run.artifact("model.json"))
  /// - Throws: ``RunStoreError``.
  public func log(model: some Encodable, as name: String = "model.json") throws(RunStoreError) {
    let data: Data
    do {
      data = try ModelFile.encode(model)
    } catch { throw RunStoreError(.artifact, error.description) }
    try log(artifact: data, as: name)
  }

  /// The run's files: `name`, `sha256`, `bytes`, in the order of their names.
  /// - Throws: ``RunStoreError``.
  public var artifacts: DataFrame {
    get throws(RunStoreError) {
      try store.database.query("select name, sha256, bytes from artifacts where run = ? order by name", [.int(id)])
    }
  }

  /// Where a file of the run is, once its hash has been found to be the one that was logged.
  /// - Throws: ``RunStoreError`` of kind `artifact` when there is none of this name, or its content has changed.
  public func artifact(_ name: String) throws(RunStoreError) -> String {
    let table = RunTable(frame: try artifacts, path: store.path)
    let (names, hashes) = (try table.texts("name"), try table.texts("sha256"))
    guard let row = names.firstIndex(of: name) else {
      let known = names.compactMap { $0 }.joined(separator: ", ")
      throw RunStoreError(
        .artifact, "Run \(id) has no artifact '\(name)'. There are: \(known.isEmpty ? "none" : known).")
    }
    let path = file(name)
    guard let data = FileManager.default.contents(atPath: path), SHA256.hexadecimal(of: data) == hashes[row] else {
      throw RunStoreError(.artifact, "'\(path)' is gone, or is not what run \(id) logged. Restore it from a copy.")
    }
    return path
  }

  private func file(_ name: String) -> String { "\(store.artifactsPath)/\(id)/\(name)" }
}
