import MartletPlots
import Testing

@Suite struct ViolinMarkTests {
  @Test func outlinesAreSymmetricAndEndAtTheData() throws {
    let picture = Picture(Chart { ViolinMark(y: [0, 1, 2, 3, 4]) })
    let outline = try #require(picture.all("path").first?.attributes["d"])
    let points = stretches(outline)[0]
    #expect(points.count == 200)
    let middle = (points[0].x + points[199].x) / 2
    for (left, right) in zip(points.prefix(100), points.reversed()) {
      #expect(abs((left.x + right.x) / 2 - middle) < 0.02 && abs(left.y - right.y) < 0.02)
    }
    // The median's dot is in the middle between the ends.
    let dot = try #require(picture.all("circle").first?.number("cy"))
    #expect(abs(dot - (points[0].y + points[99].y) / 2) < 0.02)
    // The density of values that are symmetric about 2 is greatest there.
    let widest = try #require(points.prefix(100).min { $0.x < $1.x })
    #expect(abs(widest.y - dot) < abs(points[0].y - points[99].y) / 90)
  }

  @Test func groupsHaveAViolinEach() {
    let picture = Picture(Chart { ViolinMark(x: ["a", "a", "b", "b", "c"], y: [1, 2, 5, 7, 4]) })
    #expect(picture.all("path").count == 3)
    #expect(picture.labels("x-tick") == ["a", "b", "c"])
  }
}
