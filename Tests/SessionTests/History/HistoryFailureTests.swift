import Foundation
import SQLite
import Session
import Testing

/// Whatever is the matter with the file: one line says so, and the session has its own cells.
@Suite("History that fails") struct HistoryFailureTests {
  private let folder = HistoryFolder()

  private func expectOwnCellsOnly(_ history: CellHistory, sourceLocation: SourceLocation = #_sourceLocation) {
    history.record("mine", line: 1)
    history.record(output: "2", line: 1)
    history.record("too", line: 2)
    #expect(history.shown(.tail(5)) == ["1/1 mine -> 2", "1/2 too"], sourceLocation: sourceLocation)
    #expect(folder.reports.all.count == 1, "\(folder.reports.all)", sourceLocation: sourceLocation)
    #expect(
      folder.reports.all.first?.contains(folder.file.path) == true, "the line names the file",
      sourceLocation: sourceLocation)
  }

  private func write(_ bytes: Data) throws {
    try FileManager.default.createDirectory(
      at: folder.file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: folder.file)
  }

  @Test func aFileThatIsNoDatabase() throws {
    let text = Data(String(repeating: "not a database\n", count: 100).utf8)
    try write(text)
    expectOwnCellsOnly(folder.session())
    #expect(try Data(contentsOf: folder.file) == text, "it is left as it was")
  }

  @Test func aDatabaseOfAnotherProgram() throws {
    folder.session(["old"]).close()
    // The application's number, at its place in the header of the format.
    var bytes = try Data(contentsOf: folder.file)
    bytes.replaceSubrange(68..<72, with: [1, 2, 3, 4])
    try write(bytes)
    expectOwnCellsOnly(folder.session())
  }

  @Test func aDamagedDatabase() throws {
    folder.session((1...2000).map { "cell \($0)" }).close()
    var bytes = try Data(contentsOf: folder.file)
    for index in 8192..<(bytes.count - 4096) { bytes[index] = 0x5A }
    try write(bytes)
    let history = folder.session()
    history.record("mine", line: 1)
    _ = history.entries(.search(pattern: "*", count: nil, unique: false))
    #expect(folder.reports.all.count == 1)
    history.record("too", line: 2)
    #expect(history.entries(.tail(1)).map(\.source) == ["too"])
  }

  @Test func aPlaceThatCannotBe() throws {
    let parent = folder.file.deletingLastPathComponent()
    try FileManager.default.createDirectory(
      at: parent.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("a file where the folder should be".utf8).write(to: parent)
    expectOwnCellsOnly(folder.session())
  }

  @Test func aFolderInThePlaceOfTheFile() throws {
    try FileManager.default.createDirectory(at: folder.file, withIntermediateDirectories: true)
    expectOwnCellsOnly(folder.session())
  }

  @Test func aDatabaseThatSomebodyHolds() throws {
    folder.session(["old"]).close()
    let holder = try Database(path: folder.file.path)
    try holder.execute("BEGIN EXCLUSIVE")
    let history = folder.session()
    let start = ContinuousClock.now
    history.record("mine", line: 1)
    #expect(start.duration(to: .now) < .seconds(1), "recording does not wait")
    history.record("too", line: 2)
    #expect(history.entries(.tail(2)).map(\.source) == ["mine", "too"])
    #expect(folder.reports.all.count == 1)
    try holder.execute("COMMIT")
    #expect(folder.session().entries(.tail(5)).map(\.source) == ["old"])
  }

  @Test func noFileAtAll() {
    let history = CellHistory(file: nil) { [folder] in folder.reports.append($0) }
    history.record("mine", line: 1)
    #expect(history.shown(.tail(5)) == ["1/1 mine"])
    #expect(folder.reports.all.isEmpty)
  }

  @Test func cellsAfterTheEndAreForgotten() {
    let history = folder.session(["a"])
    history.close()
    history.record("b", line: 2)
    #expect(history.entries(.tail(5)) == [])
    #expect(folder.session().shown(.tail(5)) == ["1/1 a"])
  }

  /// Many sessions that begin at once, in a folder that is not there yet.
  @Test func manySessionsAtOnce() async {
    let (count, cells) = (12, 40)
    await withTaskGroup(of: Void.self) { group in
      for session in 0..<count {
        group.addTask { [folder] in
          folder.session((1...cells).map { "\(session): \($0)" }).close()
        }
      }
    }
    #expect(folder.reports.all == [])
    let entries = folder.session().entries(.tail(count * cells + 1))
    #expect(entries.count == count * cells)
    for (_, group) in Dictionary(grouping: entries, by: \.session) {
      let session = group[0].source.prefix { $0 != ":" }
      #expect(group.map(\.source) == (1...cells).map { "\(session): \($0)" })
      #expect(group.map(\.line) == Array(1...cells))
    }
  }
}
