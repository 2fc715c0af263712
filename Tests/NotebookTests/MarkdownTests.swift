import Notebook
import Testing

/// The rules of the CommonMark specification 0.31 and of GitHub's extensions, each with what the specification says of
/// it.
@Suite("Markdown")
struct MarkdownTests {
  private func html(_ markdown: String) -> String { MarkdownRenderer().html(markdown) }

  @Test(arguments: [
    // ATX headings
    ("# foo", "<h1 id=\"foo\">foo</h1>"),
    ("###### foo", "<h6 id=\"foo\">foo</h6>"),
    ("####### foo", "<p>####### foo</p>"),
    ("#5 bolt", "<p>#5 bolt</p>"),
    ("## foo ##", "<h2 id=\"foo\">foo</h2>"),
    ("# foo#", "<h1 id=\"foo#\">foo#</h1>"),
    // Setext headings
    ("Foo *bar*\n=========", "<h1 id=\"Foo-bar\">Foo <em>bar</em></h1>"),
    ("Foo\n---", "<h2 id=\"Foo\">Foo</h2>"),
    // Thematic breaks
    ("***\n---\n___", "<hr>\n<hr>\n<hr>"),
    ("+++", "<p>+++</p>"),
    (" - - -", "<hr>"),
    // Code blocks
    ("    a simple\n      indented", "<pre><code>a simple\n  indented\n</code></pre>"),
    ("```\n<\n >\n```", "<pre><code>&lt;\n &gt;\n</code></pre>"),
    ("~~~\naaa\n```\n~~~", "<pre><code>aaa\n```\n</code></pre>"),
    ("````\naaa\n```\n``````", "<pre><code>aaa\n```\n</code></pre>"),
    ("```ruby startline=3\ndef\n```", "<pre><code class=\"language-ruby\">def\n</code></pre>"),
    ("```\nunclosed", "<pre><code>unclosed\n</code></pre>"),
    // Paragraphs and line breaks
    ("aaa\n\nbbb", "<p>aaa</p>\n<p>bbb</p>"),
    ("foo  \nbaz", "<p>foo<br>\nbaz</p>"),
    ("foo\\\nbaz", "<p>foo<br>\nbaz</p>"),
    ("foo\nbaz", "<p>foo\nbaz</p>"),
    // Block quotes
    ("> # Foo\n> bar\n> baz", "<blockquote>\n<h1 id=\"Foo\">Foo</h1>\n<p>bar\nbaz</p>\n</blockquote>"),
    ("> bar\nbaz", "<blockquote>\n<p>bar\nbaz</p>\n</blockquote>"),
    ("> > foo", "<blockquote>\n<blockquote>\n<p>foo</p>\n</blockquote>\n</blockquote>"),
    // Lists
    ("- foo\n- bar\n+ baz", "<ul>\n<li>foo</li>\n<li>bar</li>\n</ul>\n<ul>\n<li>baz</li>\n</ul>"),
    ("1. foo\n2. bar\n3) baz", "<ol>\n<li>foo</li>\n<li>bar</li>\n</ol>\n<ol start=\"3\">\n<li>baz</li>\n</ol>"),
    ("- foo\n\n- bar", "<ul>\n<li>\n<p>foo</p>\n</li>\n<li>\n<p>bar</p>\n</li>\n</ul>"),
    ("- foo\n  - bar", "<ul>\n<li>foo\n<ul>\n<li>bar</li>\n</ul></li>\n</ul>"),
    ("- one\n\n two", "<ul>\n<li>one</li>\n</ul>\n<p>two</p>"),
    ("1.  A paragraph\n\n        code", "<ol>\n<li>\n<p>A paragraph</p>\n<pre><code>code\n</code></pre>\n</li>\n</ol>"),
    ("The number is\n14. doors", "<p>The number is\n14. doors</p>"),
    ("-one", "<p>-one</p>"),
    ("- foo\n-\n- bar", "<ul>\n<li>foo</li>\n<li></li>\n<li>bar</li>\n</ul>"),
  ])
  func blocks(markdown: String, expected: String) { #expect(html(markdown) == expected) }

  @Test(arguments: [
    // Emphasis
    ("*foo bar*", "<em>foo bar</em>"),
    ("a * foo bar*", "a * foo bar*"),
    ("foo*bar*", "foo<em>bar</em>"),
    ("_foo bar_", "<em>foo bar</em>"),
    ("foo_bar_", "foo_bar_"),
    ("snake_case_name", "snake_case_name"),
    ("**foo bar**", "<strong>foo bar</strong>"),
    ("***foo***", "<em><strong>foo</strong></em>"),
    ("*foo**bar**baz*", "<em>foo<strong>bar</strong>baz</em>"),
    ("*foo**bar*", "<em>foo**bar</em>"),
    ("**foo*", "*<em>foo</em>"),
    ("*(*foo*)*", "<em>(<em>foo</em>)</em>"),
    ("~~gone~~", "<del>gone</del>"),
    // Code spans
    ("`foo`", "<code>foo</code>"),
    ("`` foo ` bar ``", "<code>foo ` bar</code>"),
    ("`foo\\`bar`", "<code>foo\\</code>bar`"),
    ("*foo`*`", "*foo<code>*</code>"),
    ("`<b>`", "<code>&lt;b&gt;</code>"),
    // Escapes and references
    ("\\*not emphasised*", "*not emphasised*"),
    ("\\a", "\\a"),
    ("&copy; &amp; &#35; &nothing", "&copy; &amp; &#35; &amp;nothing"),
    ("a < b > c", "a &lt; b &gt; c"),
    // Links
    ("[link](/uri \"title\")", "<a href=\"/uri\" title=\"title\" rel=\"noopener noreferrer\">link</a>"),
    ("[link](<foo bar>)", "<a href=\"foo bar\" rel=\"noopener noreferrer\">link</a>"),
    ("[link](foo(and(bar)))", "<a href=\"foo(and(bar))\" rel=\"noopener noreferrer\">link</a>"),
    ("[link](/my uri)", "[link](/my uri)"),
    ("[*a*](b)", "<a href=\"b\" rel=\"noopener noreferrer\"><em>a</em></a>"),
    ("[a]", "[a]"),
    ("<https://a.b/c>", "<a href=\"https://a.b/c\" rel=\"noopener noreferrer\">https://a.b/c</a>"),
    ("see https://a.b/c.", "see <a href=\"https://a.b/c\" rel=\"noopener noreferrer\">https://a.b/c</a>."),
    ("[x][y]\n\n[y]: /z 't'", "<a href=\"/z\" title=\"t\" rel=\"noopener noreferrer\">x</a>"),
    ("[y]\n\n[Y]: /z", "<a href=\"/z\" rel=\"noopener noreferrer\">y</a>"),
    // Pictures
    (
      "![a](data:image/png;base64,iVBORw0KGgo=)",
      "<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"a\">"
    ),
    (
      "![a *b*](https://c.d/e.png)",
      "<a class=\"picture\" href=\"https://c.d/e.png\" rel=\"noopener noreferrer\">a b</a>"
    ),
    // HTML
    ("x<sup>2</sup>", "x<sup>2</sup>"),
    ("Array<Int> and <script>alert(1)</script>", "Array&lt;Int&gt; and &lt;script&gt;alert(1)&lt;/script&gt;"),
    // Money is not a formula
    ("costs $5 and $10", "costs $5 and $10"),
    ("\\$x$", "$x$"),
  ])
  func inlines(markdown: String, expected: String) { #expect(html(markdown) == "<p>\(expected)</p>") }

  @Test func tables() {
    #expect(
      html("| a | b |\n|:-:|--:|\n| `x|y` \\| z | 1 |\n| 2 |") == """
        <table>
        <thead>
        <tr><th style="text-align:center">a</th><th style="text-align:right">b</th></tr>
        </thead>
        <tbody>
        <tr><td style="text-align:center">`x</td><td style="text-align:right">y` | z</td></tr>
        <tr><td style="text-align:center">2</td><td style="text-align:right"></td></tr>
        </tbody>
        </table>
        """)
    #expect(html("a | b\nno dashes") == "<p>a | b\nno dashes</p>")
  }

  @Test func detailsHoldMarkdown() {
    #expect(
      html("<details>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n</details>").hasSuffix("</tbody>\n</table>\n</details>"))
    #expect(
      html("<details>\n<summary>More</summary>\n\n*text*\n\n</details>")
        == "<details>\n<summary>More</summary>\n<p><em>text</em></p>\n</details>")
  }

  @Test func swiftCodeIsColoured() {
    #expect(html("```swift\nlet x\n```").contains("<span class=\"sw-keyword\">let</span> x"))
  }

  @Test func textMadeToBeSlowIsStillFast() {
    let clock = ContinuousClock()
    let texts = [
      String(repeating: "[a](b", count: 20_000), String(repeating: "*a ", count: 20_000),
      String(repeating: "<", count: 50_000),
      String(repeating: "$a ", count: 30_000), String(repeating: "> ", count: 5_000),
      String(repeating: "- ", count: 5_000),
      (1...300).map { String(repeating: "`", count: $0) + "a" }.joined(), String(repeating: "![", count: 20_000),
      String(repeating: "\\(", count: 20_000), String(repeating: "<!--", count: 20_000),
    ]
    for text in texts {
      let time = clock.measure { _ = html(text) }
      #expect(time < .seconds(5), "\(text.prefix(8))… took \(time)")
    }
  }
}
