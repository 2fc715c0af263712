import MartletPlots
import Testing

@Suite struct ErrorBarMarkTests {
  @Test func linesReachAsFarAsTheError() throws {
    let picture = Picture(Chart { ErrorBarMark(x: ["a", "b"], y: [5, 5], error: [1, 2]) })
    let spans = picture.all("path").map { path in
      let ends = stretches(path.attributes["d"])[0]
      return abs(ends[0].y - ends[1].y)
    }
    try #require(spans.count == 2)
    #expect(abs(spans[1] / spans[0] - 2) < 0.01)
    #expect(picture.all("title").map(\.text).contains("x: a\ny: 5\nerror: 1\n4 to 6"))
  }

  @Test func endsOfTheirOwnLieBesideNames() throws {
    let picture = Picture(Chart { ErrorBarMark(x: [2.0], y: ["a"], from: [1.0], to: [5.0]) })
    let ends = stretches(try #require(picture.all("path").first).attributes["d"])[0]
    let dot = try #require(picture.all("circle").first?.number("cx"))
    #expect(abs((dot - ends[0].x) / (ends[1].x - ends[0].x) - 0.25) < 0.001)
  }

  @Test func missingEndsAreCounted() {
    let chart = Chart { ErrorBarMark(x: ["a", "b"], y: [1, 2], error: [.nan, 1]) }
    #expect(chart.notes == ["1 value left out: missing or not finite"])
  }
}
