import Foundation
import JSON
import Notebook
import Session
import Testing

@Suite("Notebooks as a site")
struct GalleryTests {
  /// Four notebooks in two folders, the second without a picture, the last in a group of its own, and the site that is made of them.
  private func site(_ look: (_ folder: URL) throws -> Void) throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("gallery-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    var files: [URL] = []
    for (folder, name, title) in [
      ("tutorials", "00-a", "One & all"), ("tutorials", "01-b", "Two"), ("cases", "c", "Three"),
      ("cases", "d", "Four"),
    ] {
      let file = root.appendingPathComponent("\(folder)/\(name).ipynb")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      var document = NotebookDocument(cells: [
        NotebookCell(kind: .markdown, source: "# \(title)\n[next](01-b.ipynb)"), NotebookCell(kind: .code, source: "1"),
      ])
      document.metadata["martlet"] = ["id": .string(name), "minutes": 12]
      if name == "d" { document.metadata["martlet"] = ["group": "Marks & scales"] }
      if name != "01-b" {
        document.cells[1].outputs = [.display(DisplayOutput(data: ["image/svg+xml": "<svg onload=\"alert(1)\"/>"]))]
      }
      try NotebookWriter().write(document, to: file)
      files.append(file)
    }
    let index = try Gallery(title: "All", notebooks: files).write(to: root.appendingPathComponent("site"))
    #expect(index.lastPathComponent == "index.html")
    try look(index.deletingLastPathComponent())
  }

  @Test func theIndexLeadsToEveryPage() throws {
    try site { folder in
      let index = try String(contentsOf: folder.appendingPathComponent("index.html"), encoding: .utf8)
      for page in ["tutorials/00-a.html", "tutorials/01-b.html", "cases/c.html", "cases/d.html"] {
        #expect(index.contains("href=\"\(page)\""))
        #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(page).path))
      }
      #expect(index.contains("<h2>Tutorials</h2>") && index.contains("<h2>Cases</h2>"))
      #expect(index.contains("<h2>Marks &amp; scales</h2>"), "a notebook may name its group")
      #expect(index.contains("One &amp; all") && index.contains("00-a · 12 min"))
      #expect(index.components(separatedBy: "<img ").count == 4, "three notebooks have pictures")
      #expect(!index.contains("onload"), "a picture is an image, not markup")
    }
  }

  @Test func pagesLeadToTheirNeighbours() throws {
    try site { folder in
      let page = try String(contentsOf: folder.appendingPathComponent("tutorials/01-b.html"), encoding: .utf8)
      #expect(page.contains("<a class=\"previous\" href=\"../tutorials/00-a.html\">←\u{A0}One &amp; all</a>"))
      #expect(page.contains("<a class=\"next\" href=\"../cases/c.html\">Three\u{A0}→</a>"))
      #expect(page.contains("<a class=\"contents\" href=\"../index.html\">All</a>"))
      #expect(page.contains("href=\"01-b.html\""), "links from notebook to notebook become links from page to page")
    }
  }
}
