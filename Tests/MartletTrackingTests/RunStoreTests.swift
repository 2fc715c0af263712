import Dispatch
import Foundation
import MartletFrames
import MartletTracking
import Synchronization
import Testing

/// A folder that goes away with the test.
final class Folder {
  let path: String
  init() throws {
    path = NSTemporaryDirectory() + "martlet-runs-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }
  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}

struct RunStoreTests {
  private struct Trouble: Error, CustomStringConvertible { let description = "the data ran away" }

  @Test func aRun() throws {
    let folder = try Folder()
    let store = try RunStore(folder("runs.sqlite"))
    let answer = try store.run("titanic", name: "shallow") { run in
      try run.log(parameter: "depth", 3)
      try run.log(parameters: ["criterion": "gini", "rate": 0.5, "warm": true])
      for step in 1...4 { try run.log(metric: "accuracy", 0.7 + Double(step) / 100, step: step) }
      try run.log(metrics: ["loss": .nan, "gain": .infinity])
      try run.log(tag: "data", "may")
      try run.log(tag: "data", "june")
      #expect(try run.record.status == .running)
      return 42
    }
    #expect(answer == 42)
    // Another connection finds it.
    let found = try #require(try RunStore(folder("runs.sqlite")).runs("titanic").first)
    #expect(found.label == "shallow" && found.status == .finished && found.tag("data") == "june")
    #expect(found.metric("accuracy") == 0.74 && found.metric("gain") == .infinity)
    #expect(try #require(found.metric("loss")).isNaN && found.metric("none") == nil)
    #expect(found.parameter("depth") == "3" && found.parameter("warm") == "true")
    #expect(try #require(found.seconds) >= 0 && abs(found.started.timeIntervalSinceNow) < 60)
    let history = try store.open(found.id).history("accuracy")
    #expect(try history["step", Int.self].values() == [1, 2, 3, 4])
    #expect(try history["value", Double.self].values() == [0.71, 0.72, 0.73, 0.74])
  }

  @Test func theLastValueIsThatOfTheHighestStep() throws {
    let folder = try Folder()
    let store = try RunStore(folder("runs.sqlite"))
    try store.run("order") { run in
      try run.log(metric: "loss", 1, step: 3)
      try run.log(metric: "loss", 2, step: 1)
      try run.log(metric: "again", 1)
      try run.log(metric: "again", 2)
    }
    let run = try store.record(1)
    #expect(run.metric("loss") == 1 && run.metric("again") == 2)
  }

  @Test func failures() throws {
    let folder = try Folder()
    let store = try RunStore(folder("runs.sqlite"))
    #expect(throws: Trouble.self) { try store.run("a") { _ in throw Trouble() } }
    #expect(try store.record(1).status == .failed && store.record(1).problem == "the data ran away")
    let run = try store.start("a")
    #expect(try store.record(2).status == .running && store.record(2).seconds == nil)
    try run.log(parameter: "depth", 3)
    try run.log(parameter: "depth", 3)
    #expect { try run.log(parameter: "depth", 4) } throws: { "\($0)".contains("is 3 already, not 4") }
    #expect(throws: RunStoreError.self) { try run.log(metric: "", 1) }
    #expect(throws: RunStoreError.self) { try run.log(metric: "two\nlines", 1) }
    #expect(throws: RunStoreError.self) { try run.log(tag: String(repeating: "a", count: 251), "b") }
    #expect(throws: RunStoreError.self) { try store.start("") }
    #expect { try store.open(9) } throws: { "\($0)".contains("There is no run 9") }
    // All or none: the second of these is refused.
    #expect(throws: RunStoreError.self) { try run.log(parameters: ["width": 1, "": 2]) }
    #expect(try store.record(2).parameter("width") == nil)
  }

  @Test func searching() throws {
    let folder = try Folder()
    let store = try RunStore(folder("runs.sqlite"))
    for depth in 1...5 {
      try store.run("trees") { run in
        try run.log(parameter: "depth", depth)
        try run.log(parameter: "criterion", depth.isMultiple(of: 2) ? "gini" : "entropy")
        try run.log(metric: "accuracy", 0.5 + Double(depth) / 10)
        if depth == 5 { try run.log(tag: "note", "deep") }
      }
    }
    try store.run("forests") { try $0.log(parameter: "depth", 2.5) }
    #expect(try store.experiments == ["trees", "forests"])
    func ids(_ frame: DataFrame) throws -> [Int] { try frame["run", Int.self].values() }
    #expect(try ids(store.search()) == [1, 2, 3, 4, 5, 6])
    #expect(try ids(store.search("trees", .metric("accuracy", 0.75...))) == [3, 4, 5])
    #expect(try ids(store.search("trees", .metric("accuracy", ..<0.75), .parameter("criterion", "gini"))) == [2])
    #expect(try ids(store.search("trees", .parameter("depth", 2...3))) == [2, 3])
    #expect(try ids(store.search("trees", .parameter("depth", 4.0))) == [4])
    #expect(try ids(store.search(nil, .parameter("depth", 2.0...2.5))) == [2, 6])
    #expect(try ids(store.search("trees", .tag("note", "deep"))) == [5])
    #expect(try ids(store.search("trees", .metric("loss", ...1))) == [])
    #expect(try ids(store.search("nothing")) == [])
    let frame = try store.search()
    #expect(frame["parameters.depth"].type == .double && frame["parameters.criterion"].type == .string)
    #expect(try store.search("trees")["parameters.depth"].type == .int)
    #expect(frame["metrics.accuracy"].missingCount == 1 && frame["tags.note"].missingCount == 5)
  }

  @Test func partsOfRuns() throws {
    let folder = try Folder()
    let store = try RunStore(folder("runs.sqlite"))
    try store.run("folds") { run in
      for fold in 1...3 { try run.child("fold \(fold)") { try $0.log(metric: "score", Double(fold)) } }
    }
    #expect(try store.runs("folds", .topLevel).map(\.id) == [1])
    #expect(try store.runs("folds", .parent(1)).map(\.label) == ["fold 1", "fold 2", "fold 3"])
    try store.open(3).log(artifact: Data("x".utf8), as: "x.txt")
    try store.delete(1)
    #expect(try store.runs().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: store.artifactsPath + "/3/x.txt"))
    // Numbers are not used again.
    #expect(try store.start("folds").id == 5)
  }

  /// Whatever names hold, they are data.
  @Test(arguments: ["'); drop table runs; --", "\" or 1=1 --", "Robert'); delete from metrics; --", "né ☃ 名"])
  func namesAreNeverSQL(_ name: String) throws {
    let folder = try Folder()
    let store = try RunStore(folder("runs.sqlite"))
    try store.run("plain") { try $0.log(metric: "m", 1) }
    try store.run(name, name: name) { run in
      try run.log(parameter: name, name)
      try run.log(metric: name, 2)
      try run.log(tag: name, name)
    }
    #expect(try store.runs("plain").count == 1 && store.experiments == ["plain", name])
    let run = try #require(try store.runs(name, .parameter(name, name)).first)
    #expect(run.metric(name) == 2 && run.tag(name) == name && run.label == name)
    #expect(try store.search(name).columnNames.suffix(3) == ["parameters.\(name)", "metrics.\(name)", "tags.\(name)"])
  }

  @Test func artifacts() throws {
    let folder = try Folder()
    let store = try RunStore(folder("my.runs.sqlite"))
    try Data("abc".utf8).write(to: URL(fileURLWithPath: folder("notes.txt")))
    let run = try store.start("files")
    try run.log(artifact: folder("notes.txt"))
    try run.log(artifact: folder("notes.txt"), as: "deep/er/notes.txt")
    let table = try run.artifacts
    #expect(try table["name", String.self].values() == ["deep/er/notes.txt", "notes.txt"])
    // The example of FIPS 180-4.
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(try table["sha256", String.self].values() == [hash, hash])
    let path = try run.artifact("notes.txt")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "abc")
    #expect(path.hasPrefix(folder("my.runs-artifacts")))
    try Data("abd".utf8).write(to: URL(fileURLWithPath: path))
    #expect { try run.artifact("notes.txt") } throws: { "\($0)".contains("not what run 1 logged") }
    #expect { try run.artifact("other") } throws: { "\($0)".contains("There are: deep/er/notes.txt, notes.txt.") }
    for name in ["../evil", "/etc/evil", "a/../../evil", "a//b", ".", "..", ""] {
      #expect(throws: RunStoreError.self) { try run.log(artifact: Data(), as: name) }
    }
    #expect(throws: RunStoreError.self) { try run.log(artifact: folder("absent.txt")) }
  }

  @Test func otherFiles() throws {
    let folder = try Folder()
    try Data("This is a letter and no database, however long one looks at it.".utf8)
      .write(to: URL(fileURLWithPath: folder("letter")))
    #expect { try RunStore(folder("letter")) } throws: { "\($0)".contains("is not a file of runs") }
    try SQLiteDatabase(folder("shop.db")).execute("create table orders (id integer)")
    #expect { try RunStore(folder("shop.db")) } throws: { "\($0)".contains("something else, with the tables orders") }
    #expect(throws: RunStoreError.self) { try RunStore(folder("absent/runs.sqlite")) }
    _ = try RunStore(folder("runs.sqlite"))
    try SQLiteDatabase(folder("runs.sqlite")).execute("drop table tags")
    #expect { try RunStore(folder("runs.sqlite")) } throws: { "\($0)".contains("the tables tags are missing") }
    _ = try RunStore(folder("next.sqlite"))
    try SQLiteDatabase(folder("next.sqlite")).execute("pragma user_version = 2")
    #expect { try RunStore(folder("next.sqlite")) } throws: { "\($0)".contains("has version 2") }
  }

  /// Another program may write what no run logs: SQLite takes a text for a number.
  @Test func strangeValues() throws {
    let folder = try Folder()
    let store = try RunStore(folder("runs.sqlite"))
    try store.run("a") { try $0.log(metric: "m", 1) }
    try SQLiteDatabase(folder("runs.sqlite")).execute("update metrics set value = 'much'")
    #expect { try store.runs() } throws: { "\($0)".contains("holds what no run has logged") }
    // A file that was cut off.
    let other = try RunStore(folder("cut.sqlite"))
    for number in 0..<200 { try other.run("a") { try $0.log(metric: "m", Double(number)) } }
    try SQLiteDatabase(folder("cut.sqlite")).execute("pragma wal_checkpoint(truncate)")
    let data = try Data(contentsOf: URL(fileURLWithPath: folder("cut.sqlite")))
    try data.prefix(data.count / 3).write(to: URL(fileURLWithPath: folder("copy.sqlite")))
    #expect(throws: RunStoreError.self) { try RunStore(folder("copy.sqlite")).search() }
  }

  @Test func exporting() throws {
    let folder = try Folder()
    let store = try RunStore(folder("runs.sqlite"))
    try store.run("one") { run in
      try run.log(parameters: ["text": "say \"hi\"\n", "n": 2, "on": false])
      try run.log(metric: "loss", 0.5, step: 1)
      try run.log(metric: "loss", .nan, step: 2)
      try run.log(artifact: Data("abc".utf8), as: "a.txt")
    }
    try store.run("two") { _ in }
    try store.export(to: folder("runs.jsonl"))
    let lines = try String(contentsOfFile: folder("runs.jsonl"), encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2)
    let first = try #require(JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
    let parameters = try #require(first["parameters"] as? [String: Any])
    #expect(parameters["text"] as? String == "say \"hi\"\n" && parameters["n"] as? Int == 2)
    let loss = try #require((first["metrics"] as? [String: Any])?["loss"] as? [[String: Any]])
    #expect(loss[0]["value"] as? Double == 0.5 && loss[1]["value"] is NSNull && loss[1]["step"] as? Int == 2)
    try store.export(to: folder("two.jsonl"), "two")
    #expect(try String(contentsOfFile: folder("two.jsonl"), encoding: .utf8).hasPrefix(#"{"run":2,"experiment":"two""#))
  }

  /// Four stores of one file, and four threads on each.
  @Test func manyWriters() throws {
    let folder = try Folder()
    let path = folder("runs.sqlite")
    let problems = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 4) { writer in
      do {
        let store = try RunStore(path)
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
          do {
            try store.run("race", name: "\(writer)-\(thread)") { run in
              for step in 0..<25 { try run.log(metric: "m", Double(step), step: step) }
            }
          } catch { problems.withLock { $0.append("\(error)") } }
        }
      } catch { problems.withLock { $0.append("\(error)") } }
    }
    #expect(problems.withLock { $0 } == [])
    let store = try RunStore(path)
    #expect(try store.runs("race", .status(.finished)).count == 16)
    for run in try store.runs() { #expect(try store.open(run.id).history("m").rowCount == 25) }
  }

  /// Who comes while another makes the tables finds a file of runs all the same.
  @Test func manyOpenANewFileAtOnce() throws {
    let folder = try Folder()
    let problems = Mutex<[String]>([])
    for file in 0..<50 {
      let path = folder("\(file).sqlite")
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        do { _ = try RunStore(path) } catch { problems.withLock { $0.append("\(error)") } }
      }
    }
    #expect(problems.withLock { $0 } == [])
  }

  /// Another program writes at the same time, as a second notebook does.
  @Test func anotherProcess() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") else { return }
    let folder = try Folder()
    let store = try RunStore(folder("runs.sqlite"))
    let mine = try store.start("mine")
    let theirs = try store.start("theirs")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      """
      import sqlite3, sys
      database = sqlite3.connect(sys.argv[1], timeout=20)
      for step in range(200):
          with database:
              database.execute("insert into metrics (run, name, step, value, time) values (?, 'm', ?, ?, 0)",
                               (int(sys.argv[2]), step, step / 2))
      """, store.path, "\(theirs.id)",
    ]
    try process.run()
    for step in 0..<200 { try mine.log(metric: "m", Double(step), step: step) }
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try mine.history("m").rowCount == 200 && theirs.history("m").rowCount == 200)
    #expect(try store.record(theirs.id).metric("m") == 99.5)
  }
}
