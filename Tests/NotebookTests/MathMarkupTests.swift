import Foundation
import Notebook
import Testing

@Suite("Formulas")
struct MathMarkupTests {
  private func body(_ tex: String) -> String {
    let html = MathMarkup.html(tex, isBlock: false)
    return html.replacing("<math><mrow>", with: "").replacing("</mrow></math>", with: "")
  }

  @Test(arguments: [
    ("x", "<mi>x</mi>"),
    ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
    ("x_i^{n}", "<msubsup><mi>x</mi><mi>i</mi><mrow><mi>n</mi></mrow></msubsup>"),
    ("\\frac{1}{2}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>"),
    ("\\tfrac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
    ("x^12", "<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>"),
    ("\\sqrt{x}", "<msqrt><mrow><mi>x</mi></mrow></msqrt>"),
    ("\\alpha - 3.14", "<mi>α</mi><mo>−</mo><mn>3.14</mn>"),
    ("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
    ("\\text{if } x", "<mi mathvariant=\"normal\">if\u{A0}</mi><mi>x</mi>"),
    ("\\mathbb{R}", "<mi mathvariant=\"normal\">ℝ</mi>"),
    ("\\hat y", "<mover><mi>y</mi><mo stretchy=\"false\">ˆ</mo></mover>"),
    ("f'", "<mrow><mi>f</mi><mo lspace=\"0\" rspace=\"0\">′</mo></mrow>"),
    (
      "f''_n^2",
      "<msubsup><mrow><mi>f</mi><mo lspace=\"0\" rspace=\"0\">′′</mo></mrow><mi>n</mi><mn>2</mn></msubsup>"
    ),
    ("1{,}234{,}567.5", "<mn>1,234,567.5</mn>"),
    ("9{,}x", "<mn>9</mn><mrow><mo>,</mo></mrow><mi>x</mi>"),
    (
      "2\\log(p)",
      "<mn>2</mn><mspace width=\"0.167em\"></mspace><mi>log</mi><mo>\u{2061}</mo><mo stretchy=\"false\">(</mo><mi>p</mi>"
        + "<mo stretchy=\"false\">)</mo>"
    ),
    ("\\log p", "<mi>log</mi><mo>\u{2061}</mo><mspace width=\"0.167em\"></mspace><mi>p</mi>"),
    ("\\log(p)", "<mi>log</mi><mo>\u{2061}</mo><mo stretchy=\"false\">(</mo><mi>p</mi><mo stretchy=\"false\">)</mo>"),
    (
      "\\log_2 8",
      "<msub><mi>log</mi><mn>2</mn></msub><mo>\u{2061}</mo><mspace width=\"0.167em\"></mspace><mn>8</mn>"
    ),
    ("\\sin^2", "<msup><mi>sin</mi><mn>2</mn></msup><mo>\u{2061}</mo>"),
    (
      "\\lVert w \\rVert^2",
      "<mo stretchy=\"false\">‖</mo><mi>w</mi><msup><mo stretchy=\"false\">‖</mo><mn>2</mn></msup>"
    ),
    ("\\not= \\not\\in", "<mo>≠</mo><mo>∉</mo>"),
    (
      "\\bigl( x \\Biggr]",
      "<mo fence=\"true\" stretchy=\"true\" symmetric=\"true\" minsize=\"1.2em\" maxsize=\"1.2em\">(</mo><mi>x</mi>"
        + "<mo fence=\"true\" stretchy=\"true\" symmetric=\"true\" minsize=\"3em\" maxsize=\"3em\">]</mo>"
    ),
    (
      "\\underbrace{a}_{n}",
      "<munder><munder><mrow><mi>a</mi></mrow><mo stretchy=\"true\">⏟</mo></munder><mrow><mi>n</mi></mrow></munder>"
    ),
  ])
  func structures(tex: String, expected: String) { #expect(body(tex) == expected) }

  @Test func limitsStandAboveAndBelow() {
    #expect(body("\\sum_{i}^n").hasPrefix("<munderover><mo largeop"))
    #expect(body("\\int_0^1").hasPrefix("<msubsup><mo largeop"))
  }

  @Test func matricesAreTables() {
    let html = body("\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}")
    #expect(html.components(separatedBy: "<mtr>").count == 3)
    #expect(html.components(separatedBy: "<mtd").count == 5)
  }

  @Test(arguments: [
    "\\unknown x", "\\frac{1}", "{x", "x}", "\\left( x", "\\begin{tikzpicture}\\end{tikzpicture}",
    "\\href{javascript:1}{x}", "\\not", "\\not\\frac12", "\\bigl", "\\bigl x",
  ])
  func whatIsNotKnownIsShownAsWritten(tex: String) {
    #expect(MathMarkup.html(tex, isBlock: false).hasPrefix("<code class=\"tex\">"))
  }

  @Test func formulasAreNoMarkup() {
    for tex in ["<img src=x onerror=alert(1)>", "\\text{<script>}", "\\unknown<script>", "\\operatorname{<b>}"] {
      let html = MathMarkup.html(tex, isBlock: true)
      #expect(!html.contains("<img") && !html.contains("<script") && !html.contains("<b>"))
    }
  }

  @Test func deepNestingEndsInTheSource() {
    let deep = String(repeating: "{", count: 5000)
    #expect(MathMarkup.html(deep, isBlock: false).hasPrefix("<code"))
    let frac = String(repeating: "\\sqrt", count: 3000) + "x"
    #expect(MathMarkup.html(frac, isBlock: false).hasPrefix("<"))
  }

  @Test func outputsMayHaveAnyDelimiters() {
    #expect(MathMarkup.htmlOfOutput("$x$") == "<math><mrow><mi>x</mi></mrow></math>")
    #expect(MathMarkup.htmlOfOutput("$$x$$") == "<math display=\"block\"><mrow><mi>x</mi></mrow></math>")
    #expect(MathMarkup.htmlOfOutput("$") == "<div class=\"tex\"><code>$</code></div>")
  }
}
