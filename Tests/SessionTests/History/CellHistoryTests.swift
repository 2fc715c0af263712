import Foundation
import Session
import Testing

@Suite("History") struct CellHistoryTests {
  private let folder = HistoryFolder()

  @Test func rangesAreOfOneSession() {
    folder.session(["a", "b"]).close()
    folder.session(["c"]).close()
    let history = folder.session(["d", "e", "f"])
    #expect(history.shown(.range(session: 0, start: 1, stop: nil)) == ["0/1 d", "0/2 e", "0/3 f"])
    #expect(history.shown(.range(session: 0, start: 2, stop: 3)) == ["0/2 e"])
    #expect(history.shown(.range(session: 0, start: -2, stop: nil)) == ["0/2 e", "0/3 f"])
    #expect(history.shown(.range(session: 0, start: 1, stop: -1)) == ["0/1 d", "0/2 e"])
    #expect(history.shown(.range(session: 3, start: 1, stop: 2)) == ["3/1 d"])
    #expect(history.shown(.range(session: -1, start: 0, stop: nil)) == ["2/1 c"])
    #expect(history.shown(.range(session: -2, start: 1, stop: 0)) == ["1/1 a", "1/2 b"])
    #expect(history.shown(.range(session: 1, start: 2, stop: 9)) == ["1/2 b"])
    #expect(history.shown(.range(session: 9, start: 0, stop: nil)) == [])
    #expect(history.shown(.range(session: .min, start: .min, stop: .min)) == [])
  }

  @Test func theCurrentSessionHasAnEmptyLineZero() {
    let history = folder.session()
    #expect(history.shown(.range(session: 0, start: 0, stop: nil)) == ["0/0 "])
    history.record("a", line: 1)
    #expect(history.shown(.range(session: 0, start: 0, stop: nil)) == ["0/0 ", "0/1 a"])
    #expect(history.shown(.range(session: 0, start: -9, stop: 1)) == ["0/0 "])
  }

  @Test func aSessionWithoutCellsDoesNotCount() {
    folder.session(["a"]).close()
    folder.session().close()
    #expect(folder.session().shown(.range(session: -1, start: 0, stop: nil)) == ["1/1 a"])
    #expect(folder.session(["b"]).shown(.range(session: -1, start: 0, stop: nil)) == ["1/1 a"])
  }

  @Test func theTailIsThisSessionsBeforeOthers() {
    let first = folder.session(["a", "b"])
    #expect(first.shown(.tail(9)) == ["1/1 a", "1/2 b"])
    let other = folder.session(["c", "d"])
    #expect(other.shown(.tail(2)) == ["2/1 c", "2/2 d"])
    // The other session is the newer one, and yet not the one that is asked for.
    #expect(first.shown(.tail(3)) == ["2/2 d", "1/1 a", "1/2 b"])
    #expect(other.shown(.tail(3)) == ["1/2 b", "2/1 c", "2/2 d"])
    #expect(other.shown(.tail(9)).count == 4)
    #expect(other.shown(.tail(0)) == [])
    #expect(other.shown(.tail(-3)) == [])
  }

  @Test func searchesAreByPattern() {
    folder.session(["let a = 1", "print(a)"]).close()
    let history = folder.session(["let b = 2", "let a = 1", "LET"])
    func search(_ pattern: String, _ count: Int? = nil, unique: Bool = false) -> [String] {
      history.shown(.search(pattern: pattern, count: count, unique: unique))
    }
    #expect(search("let*") == ["1/1 let a = 1", "2/1 let b = 2", "2/2 let a = 1"])
    #expect(search("let*", 2) == ["2/1 let b = 2", "2/2 let a = 1"])
    #expect(search("let*", unique: true) == ["2/1 let b = 2", "2/2 let a = 1"])
    #expect(search("let*", 1, unique: true) == ["2/2 let a = 1"])
    #expect(search("*(?)") == ["1/2 print(a)"])
    #expect(search("let [bc]*") == ["2/1 let b = 2"])
    #expect(search("let") == [], "a pattern matches a cell as a whole")
    #expect(search("*").count == 5)
    #expect(search(String(repeating: "*a", count: 5000)) == [])
    #expect(folder.reports.all.count == 1)
    #expect(search("*").count == 5, "a pattern that is refused does no harm")
  }

  @Test func resultsAreRemembered() {
    let first = folder.session(["1 + 1", "let x = 2"])
    first.record(output: "2", line: 1)
    #expect(first.shown(.tail(2)) == ["1/1 1 + 1 -> 2", "1/2 let x = 2"])
    first.close()
    #expect(folder.session().shown(.tail(2)) == ["1/1 1 + 1 -> 2", "1/2 let x = 2"])
  }

  @Test func lineBreaksAtTheEndAreNotPartOfACell() {
    #expect(folder.session(["a\n\nb\n\n", "\n"]).entries(.tail(2)).map(\.source) == ["a\n\nb", ""])
  }

  @Test func onlyTheOwnerCanReadIt() throws {
    let history = folder.session(["a"])
    _ = history.entries(.tail(1))
    for name in ["history.sqlite", "history.sqlite-wal", "history.sqlite-shm"] {
      #expect(try folder.permissions(of: name) == 0o600, "\(name)")
    }
    #expect(try folder.permissions(of: ".") == 0o700)
  }

  @Test func theOldestAreForgotten() {
    var limits = HistoryLimits()
    limits.cells = 100
    folder.session((1...100).map { "a\($0)" }, limits: limits).close()
    #expect(folder.session(limits: limits).entries(.tail(1000)).count == 100)
    folder.session(["b"], limits: limits).close()
    let kept = folder.session(limits: limits).shown(.tail(1000))
    #expect(kept.count == 76)
    #expect(kept.first == "1/26 a26")
    #expect(kept.last == "2/1 b")
  }

  @Test func theFileStaysSmall() throws {
    var limits = HistoryLimits()
    limits.bytes = 1 << 20
    limits.longestSource = 20_000
    let cells = (1...1200).map { "\($0)" + String(repeating: "x", count: 10_000) }
    let history = folder.session(cells + [String(repeating: "y", count: 20_001)], limits: limits)
    history.close()
    let size = try FileManager.default.attributesOfItem(atPath: folder.file.path)[.size] as? Int
    #expect(size.map { $0 < 8 << 20 } == true, "\(size ?? 0) bytes")
    let again = folder.session(limits: limits)
    let lines = again.entries(.tail(10_000)).map(\.line)
    #expect(lines.last == 1200, "what is too long is left out")
    #expect(lines.count > 50 && lines.count < 110, "\(lines.count) cells")
    again.close()
    let after = try FileManager.default.attributesOfItem(atPath: folder.file.path)[.size] as? Int
    #expect(after.map { $0 < 3 << 19 } == true, "\(after ?? 0) bytes")
  }

  @Test func longResultsAreCut() {
    let history = folder.session(["a"])
    history.record(output: String(repeating: "é", count: 70_000), line: 1)
    #expect(history.entries(.tail(1))[0].output == String(repeating: "é", count: 65_536) + "…")
  }

  @Test func theUsualPlaceFollowsTheEnvironment() {
    func place(_ environment: [String: String]) -> String? { HistoryFile.usual(environment: environment)?.path }
    #expect(place(["HOME": "/h"]) == "/h/.local/share/martlet/history.sqlite")
    #expect(place(["HOME": "/h", "XDG_DATA_HOME": "/d"]) == "/d/martlet/history.sqlite")
    #expect(place(["HOME": "/h", "XDG_DATA_HOME": "relative"]) == "/h/.local/share/martlet/history.sqlite")
    #expect(place(["HOME": "/h", "MARTLET_HISTORY": "off"]) == nil)
  }
}
