import Foundation
import Notebook
import Session
import Testing

@Suite("Notebooks as pages")
struct NotebookPageTests {
  private func page(_ outputs: [NotebookOutput]) -> String {
    var document = notebook(["print(1)"])
    document.cells[0].outputs = outputs
    return NotebookPage(document, name: "<lesson>").html
  }

  @Test func thePageForbidsWhatItDoesNotNeed() {
    let html = page([])
    #expect(
      html.contains("default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'")
    )
    #expect(!html.contains("<script"))
    #expect(html.contains("<title>&lt;lesson&gt;</title>"))
  }

  @Test func theRichestFormatIsShown() {
    let data = DisplayOutput(data: ["text/plain": "plain", "text/html": "<b>rich</b><script>alert(1)</script>"])
    #expect(page([.display(data)]).contains("<div class=\"rich\"><b>rich</b></div>"))
  }

  @Test func streamsAndErrorsAreText() {
    let html = page([
      .stream(name: "stderr", text: "<i>"), .error(name: "E", message: "<u>", traceback: ["\u{1B}[31m<u>\u{1B}[0m"]),
    ])
    #expect(html.contains("<div class=\"output stream stderr\" id=\"cell-1-output-1\"><pre>&lt;i&gt;</pre></div>"))
    #expect(html.contains("<pre><span class=\"ansi-red-fg\">&lt;u&gt;</span></pre>"))
  }

  @Test func brokenPicturesFallBackToText() {
    let html = page([
      .display(DisplayOutput(data: ["image/png": "\"><script>alert(1)</script>", "text/plain": "picture"]))
    ])
    #expect(html.contains("<pre>picture</pre>"))
    #expect(!html.contains("<script"))
  }

  @Test func onlyPicturesUnderTheNotebookAreRead() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UUID().uuidString)")
    let folder = root.appendingPathComponent("notebooks")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    try Data("inside".utf8).write(to: folder.appendingPathComponent("in side.png"))
    try Data("outside".utf8).write(to: root.appendingPathComponent("out.png"))
    try FileManager.default.createSymbolicLink(
      at: folder.appendingPathComponent("link.png"), withDestinationURL: root.appendingPathComponent("out.png"))
    let source = "![a](in%20side.png) ![b](../out.png) ![c](link.png) ![d](\(root.path)/out.png) ![e](attachment:f.png)"
    var document = NotebookDocument(cells: [NotebookCell(kind: .markdown, source: source)])
    document.cells[0].attachments = ["f.png": ["image/png": "aW4="]]
    let html = NotebookPage(document, name: "n", folder: folder).html
    #expect(html.contains("data:image/png;base64,\(Data("inside".utf8).base64EncodedString())"))
    #expect(!html.contains(Data("outside".utf8).base64EncodedString()))
    #expect(html.contains("data:image/png;base64,aW4="))
  }
}
