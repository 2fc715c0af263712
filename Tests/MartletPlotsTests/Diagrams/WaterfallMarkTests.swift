import MartletPlots
import Testing

@Suite struct WaterfallMarkTests {
  @Test func everyChangeStartsWhereTheLastEnded() throws {
    let bars = Picture(Chart { WaterfallMark(["a", "b", "c"], changes: [4, -1, 2], start: 1) }).bars
    try #require(bars.count == 3)
    let (x, width) = (bars.compactMap { $0.number("x") }, bars.compactMap { $0.number("width") })
    let unit = width[0] / 4
    #expect(abs(width[1] - unit) < 0.02 && abs(width[2] - 2 * unit) < 0.02)
    #expect(abs(x[1] + width[1] - (x[0] + width[0])) < 0.02)  // down from 5 to 4
    #expect(abs(x[2] - x[1]) < 0.02)  // up from 4 to 6
    #expect(bars[0].attributes["fill"] != bars[1].attributes["fill"])
  }

  @Test func changesAreWritten() {
    let texts = Picture(Chart { WaterfallMark(["a", "b"], changes: [0.12345, -3000]) }).all("text").map(\.text)
    #expect(texts.contains("+0.123") && texts.contains("−3000"))
  }
}
