import MartletDisplay
import MartletFrames
import MartletNumerics
import Testing

@Suite struct FrameDisplayTests {
  func html(_ frame: DataFrame) -> String {
    if case .text(let html)? = frame.displayBundle()[.html] { return html }
    return ""
  }

  @Test func text() throws {
    let frame = try DataFrame(
      Column("city", ["Oslo", "Rome", nil]), Column("warmth", [5.75, 15.5, nil]), Column("n", [1, 20, 3]))
    #expect(
      frame.description == """
        3 rows × 3 columns
        city      warmth    n
        String    Double  Int
        ───────  ───────  ───
        Oslo        5.75    1
        Rome       15.50   20
        missing  missing    3
        """)
  }

  @Test func longFramesShowBothEnds() throws {
    let frame = try DataFrame(Column("i", Array(0..<1000)))
    let lines = frame.description.split(separator: "\n")
    #expect(lines.first == "1000 rows × 1 column" && lines.count == 15)
    #expect(frame.description.contains("…") && frame.description.contains("999"))
    #expect(html(frame).contains("1000 rows × 1 column") && html(frame).components(separatedBy: "<tr>").count == 13)
    let wide = try DataFrame((0..<50).map { AnyColumn(Column("c\($0)", [$0])) })
    #expect(html(wide).contains("c49") && !html(wide).contains(">c25<"))
    #expect(try DataFrame([]).description == "0 rows × 0 columns\n\n\n")
  }

  @Test func columnsAndRows() throws {
    let frame = try DataFrame(Column("a", [1, 2]), Column("b", ["x", nil]))
    #expect(frame["a"].description == "2 rows × 1 column\n  a\nInt\n───\n  1\n  2")
    #expect(frame.rows[1].description == "a: 2, b: missing")
  }

  @Test func dataNeverBecomeMarkup() throws {
    let attack = "<script>alert(\"1\")</script>&'"
    let page = html(try DataFrame(Column(attack, [attack])))
    #expect(!page.contains("<script") && page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;"))
  }

  @Test func coloursComeFromThePage() throws {
    let page = html(try DataFrame(Column("a", [1])))
    #expect(!page.contains("color:") && !page.contains("background"))
    #expect(page.contains("text-align: right"))
  }
}
