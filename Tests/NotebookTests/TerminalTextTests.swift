import Notebook
import Testing

@Suite("Terminal text")
struct TerminalTextTests {
  @Test(arguments: [
    ("plain <b>", "plain &lt;b&gt;"),
    ("\u{1B}[31mred\u{1B}[0m.", "<span class=\"ansi-red-fg\">red</span>."),
    (
      "\u{1B}[1;34mx\u{1B}[22my\u{1B}[39mz",
      "<span class=\"ansi-blue-fg ansi-bold\">x</span><span class=\"ansi-blue-fg\">y</span>z"
    ),
    ("\u{1B}[91mx\u{1B}[m", "<span class=\"ansi-red-intense-fg\">x</span>"),
    ("\u{1B}[38;5;196mx", "<span style=\"color:rgb(255,0,0)\">x</span>"),
    ("\u{1B}[38;5;9mx", "<span class=\"ansi-red-intense-fg\">x</span>"),
    ("\u{1B}[48;2;1;2;300mx", "<span style=\"background-color:rgb(1,2,255)\">x</span>"),
    ("\u{1B}[38;5mx", "x"),
    ("a\u{1B}[2Kb\u{1B}[10;20Hc", "abc"),
    ("\u{1B}]8;;https://evil.example\u{7}link\u{1B}]8;;\u{7}", "link"),
    ("\u{1B}", ""),
    ("\u{1B}[", ""),
    ("\u{1B}[31m\"><script>", "<span class=\"ansi-red-fg\">&quot;&gt;&lt;script&gt;</span>"),
  ])
  func colours(text: String, html: String) { #expect(TerminalText.html(text) == html) }

  @Test(arguments: [
    ("10%\r20%\r30%", "30%"), ("abc\rX", "Xbc"), ("abc\u{8}\u{8}X", "aXc"), ("a\r\nb", "a\nb"),
    ("one\n10\r2", "one\n20"),
  ])
  func carriageReturnsMoveBack(text: String, shown: String) { #expect(TerminalText.html(text) == shown) }

  @Test func plainTextHasNoSequences() { #expect(TerminalText.plain("\u{1B}[31ma\u{1B}[0m\u{1B}]0;t\u{7}b") == "ab") }
}
