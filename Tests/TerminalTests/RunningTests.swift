import Foundation
import Notebook
import Session
import Testing
import martlet

@Suite("What run prints and writes")
struct RunningTests {
  private let plain = CellAppearance(hasColours: false)

  @Test func failuresAreNamed() {
    let failure = CellFailure(kind: .trap, name: "Trap", message: "Index out of range", traceback: [], line: 2)
    #expect(
      RunReport.failure(FailedCell(index: 4, number: 2, failure: failure), in: "a.ipynb", cells: 9)
        == "martlet: a.ipynb: cell 5 of 9, [2], line 2, failed: Trap: Index out of range")
  }

  @Test func sourcesFollowTheirNumber() {
    let cell = NotebookCell(kind: .code, source: "let x = 1\nx")
    #expect(plain.source(of: cell, number: 12) == "[12] let x = 1\n     x")
  }

  @Test func outputsAreText() {
    #expect(plain.text(of: .stream(name: "stdout", text: "10%\r\u{1B}[31m20%\u{1B}[0m")) == "20%\n")
    let chart = DisplayOutput(data: [
      "text/plain": "Plot", "image/svg+xml": .string(String(repeating: "x", count: 12_345)),
    ])
    #expect(plain.text(of: .display(chart)) == "Plot\n[image/svg+xml, 12 kB]\n")
    #expect(plain.text(of: .error(name: "E", message: "m", traceback: [])) == "E: m\n")
    #expect(plain.text(of: .stream(name: "stdout", text: "")) == "")
  }

  @Test func checksAreReported() {
    let document = NotebookDocument(cells: [NotebookCell(kind: .code, source: "a", executionCount: 1)])
    #expect(RunReport.check([], of: document, in: "a") == "a: the outputs are as stored.\n")
    #expect(
      RunReport.check([.init(index: 0, lines: ["output 1, stdout:", "- 1", "+ 2"])], of: document, in: "a") == """
        a: 1 cell differs from the stored outputs (- stored, + now).
        cell 1 [1]
          output 1, stdout:
          - 1
          + 2

        """)
  }

  @Test func severalNotebooksWriteIntoFolders() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    var options = RunOptions()
    options.notebooks = ["x/a.ipynb", "b.ipynb"]
    options.html = root.appendingPathComponent("pages").path
    let places = try RunPlaces.all(for: options)
    #expect(places.map { $0.html?.lastPathComponent } == ["a.html", "b.html"])
    #expect(FileManager.default.fileExists(atPath: root.appendingPathComponent("pages").path))
    let file = root.appendingPathComponent("file").path
    try Data().write(to: URL(fileURLWithPath: file))
    options.html = file
    #expect(throws: RunPlaces.NotAFolder.self) { try RunPlaces.all(for: options) }
    options.notebooks = ["b.ipynb"]
    #expect(try RunPlaces.all(for: options)[0].html?.path == file)
  }
}
