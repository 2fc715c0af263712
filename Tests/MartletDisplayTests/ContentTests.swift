import MartletDisplay
import Testing

@Suite struct ContentTests {
  @Test func formats() {
    #expect(HTML("<b>x</b>").displayBundle()[.html] == "<b>x</b>")
    #expect(SVG("<svg/>").displayBundle()[.svg] == "<svg/>")
    #expect(Markdown("*x*").displayBundle()[.markdown] == "*x*")
    #expect(JSON("[1]").displayBundle()[.json] == .json("[1]"))
    #expect(PNG([137, 80]).displayBundle()[.png] == .data([137, 80]))
  }

  @Test func formulasAreDelimited() {
    #expect(LaTeX("x^2").displayBundle()[.latex] == "$$x^2$$")
    #expect(LaTeX("$x$").displayBundle()[.latex] == "$x$")
    #expect(LaTeX(#"\begin{align}a\end{align}"#).displayBundle()[.latex] == #"\begin{align}a\end{align}"#)
  }

  @Test func picturesCarryTheirSize() {
    #expect(PNG([1]).displayBundle().metadata.isEmpty)
    let metadata = PNG([1], width: 20, height: 10).displayBundle().metadata
    #expect(metadata.map(\.key) == ["image/png"])
    #expect(metadata.map(\.json) == [#"{"width": 20, "height": 10}"#])
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    (#"" onload="x"#, "&quot; onload=&quot;x"),
    ("it's R&D", "it&#39;s R&amp;D"),
    ("a\u{0}b\u{1B}", "a\u{FFFD}b\u{FFFD}"),
    ("tab\tnew\n", "tab\tnew\n"),
    ("naïve 🐦", "naïve 🐦"),
  ])
  func escaping(text: String, escaped: String) {
    #expect(text.htmlEscaped == escaped)
    #expect(text.dropFirst(0).htmlEscaped == escaped)
  }
}

@Suite struct HTMLInterpolationTests {
  @Test func dataIsTextAndMarkupIsMarkup() {
    let hostile = "<script>alert('&')</script>"
    #expect(HTML("<b>\(hostile)</b>").source == "<b>&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</b>")
    #expect(HTML("<i title=\"\("\" onclick=\"x")\">\(1.5)</i>").source == "<i title=\"&quot; onclick=&quot;x\">1.5</i>")
    let rows = ["a", "<"].map { HTML("<li>\($0)</li>") }
    #expect(HTML("<ul>\(rows)</ul>").source == "<ul><li>a</li><li>&lt;</li></ul>")
    #expect(HTML("\(HTML("<b>1</b>"))\(SVG("<svg/>"))\(raw: "<hr>")").source == "<b>1</b><svg/><hr>")
  }

  @Test func stringsAreMarkup() {
    let page = "<b>x</b>"
    #expect(HTML(page).source == page && HTML("<b>x</b>").source == page)
    let literal: HTML = "<b>x</b>"
    #expect(literal.source == page)
  }
}
