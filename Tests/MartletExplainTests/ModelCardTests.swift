import Foundation
import MartletExplain
import MartletModels
import Testing

@Suite struct ModelCardTests {
  private let card = ModelCard(
    name: "Who <b>was</b> saved", version: "2", summary: "A *simple* model | of 1912.", licence: "MIT",
    intendedUses: ["Teaching"], limits: ["1912 is not\ntoday", "- no list"],
    data: [.init(name: "Titanic", source: "Lord Mersey (1912)", licence: "Public domain")],
    metrics: [.init("accuracy", 0.75, on: "held-out & others")])

  @Test func markdownTakesTextAsText() {
    let text = card.markdown
    #expect(text.hasPrefix("# Who &lt;b&gt;was&lt;/b&gt; saved 2\n\nA \\*simple\\* model \\| of 1912.\n"))
    #expect(text.contains("**Licence**: MIT"))
    #expect(text.contains("- 1912 is not today\n- \\- no list"))
    #expect(text.contains("| metric | value | on |\n| --- | ---: | --- |\n| accuracy | 0.75 | held-out &amp; others |"))
    #expect(text.contains("| Titanic | Lord Mersey \\(1912\\) | Public domain |  |"))
    #expect(!text.contains("Not to be used for"))
  }

  @Test func htmlIsEscaped() {
    let html = card.html
    #expect(html.contains("<h2>Who &lt;b&gt;was&lt;/b&gt; saved 2</h2>") && !html.contains("<b>"))
    #expect(html.contains("<td style=\"text-align: left\">held-out &amp; others</td>"))
  }

  /// Measures have nothing to do with each other: a count beside a rate stays a count.
  @Test func wholeNumbersAreWhole() {
    var own = card
    own.metrics = [
      .init("people", 167_966, on: "all"), .init("rate", 0.125, on: "all"), .init("loss", 40.5, on: "all"),
    ]
    #expect(own.markdown.contains("| people | 167966 | all |\n| rate | 0.125 | all |\n| loss | 40.5 | all |"))
  }

  @Test func emptyPartsAreNamed() {
    #expect(card.missingParts.isEmpty)
    #expect(
      ModelCard(name: "a", summary: "", licence: "MIT").missingParts
        == ["a summary", "intended uses", "limits", "data", "metrics"])
  }

  @Test func cardsAreReadBackAndWritten() throws {
    let file = try JSONEncoder().encode(card)
    #expect(try JSONDecoder().decode(ModelCard.self, from: file) == card)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(ModelCard.self, from: Data(#"{"name":3}"#.utf8)) }
    let path = NSTemporaryDirectory() + "card-\(UUID().uuidString).md"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try card.write(to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == card.markdown)
    #expect(throws: FitError.self) { try card.write(to: "card.pdf") }
    #expect(throws: FitError.self) { try card.write(to: "/no/such/folder/card.html") }
  }

  @Test func fairnessBecomesMetrics() throws {
    let report = try FairnessReport(
      predicted: [1, 0, 1, 1], actual: [1, 0, 0, 1], groups: ["a", "a", "b", "b"], positive: 1)
    let own = card.adding(report)
    #expect(own.metrics.contains(.init("selection rate", 0.5, on: "a")))
    #expect(own.metrics.contains(.init("demographic parity difference", 0.5, on: "all groups")))
    #expect(own.metrics.count == card.metrics.count + 6)
  }
}
