import MartletPlots
import Testing

@Suite struct HexbinMarkTests {
  @Test func countsEqualMatplotlib() throws {
    let expected = try PlotReference.read().hexagons
    let found = HexagonBins(x: expected.x, y: expected.y, columns: expected.columns, rows: expected.rows).bins
    #expect(found.count == expected.counts.count)
    for (middle, count) in zip(expected.middles, expected.counts) {
      let bin = try #require(found.first { abs($0.x - middle[0]) < 1e-6 && abs($0.y - middle[1]) < 1e-6 })
      #expect(bin.count == count)
    }
  }

  @Test func everyPointIsCounted() {
    var generator = Seeded(state: 3)
    let x = (0..<777).map { _ in Double.random(in: -3...8, using: &generator) }
    let y = (0..<777).map { _ in Double.random(in: 0...1, using: &generator) }
    let picture = Picture(Chart { HexbinMark(x: x, y: y) })
    #expect(picture.all("title").compactMap { Int($0.text) }.reduce(0, +) == 777, "seed 3")
    let notFinite = Chart { HexbinMark(x: [1, .nan], y: [1, 2]) }
    #expect(notFinite.notes == ["1 value left out: missing or not finite"])
  }

  @Test func hexagonsHaveSixCornersAndTouch() throws {
    let path = try #require(Picture(Chart { HexbinMark(x: [0, 1, 2], y: [0, 0.5, 1]) }).all("path").first)
    #expect(stretches(path.attributes["d"]).first?.count == 6)
  }
}
