import Notebook
import Testing

/// Formulas in HTML are set as JupyterLab sets them.
@Suite("Formulas in HTML")
struct EmbeddedFormulaTests {
  private func html(_ markdown: String) -> String { MarkdownRenderer().html(markdown) }

  @Test func aFoldedAnswerHasItsFormula() {
    #expect(
      html("<details><summary>Answer</summary>It is $2 &lt; x$.</details>")
        == "<details><summary>Answer</summary>It is <math><mrow><mn>2</mn><mo>&lt;</mo><mi>x</mi></mrow></math>.</details>"
    )
  }

  @Test(arguments: [
    "<p>5 $ and 7 $</p>", "<p>$5 and $6</p>", "<div><code>$x$</code></div>", "<pre>echo $HOME $PATH</pre>", "<p>$</p>",
    "<p>$ x $</p>", "<p title=\"$x$\">y</p>",
  ])
  func moneyAndCodeStay(_ markup: String) { #expect(html(markup) == markup) }

  @Test func aTextFullOfOpeningsIsReadInTime() {
    #expect(html("<p>$" + String(repeating: "<code>$", count: 50_000)).contains("$"))
  }
}
