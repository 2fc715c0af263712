import MartletNumerics
import MartletPlots
import Testing

@Suite struct DecisionRegionsTests {
  /// The cells of a path of rectangles `M0 0h3v1h-3z`.
  private func area(_ path: String?) -> Int {
    (path ?? "").split(separator: "h").compactMap { part in Int(part.prefix { $0.isNumber }) }.reduce(0, +)
  }

  @Test func everyCellBelongsToALabel() throws {
    var asked = [Int]()
    let regions = DecisionRegions(x: 0...4, y: 0...1, resolution: 40) { places in
      asked = places.shape
      return (0..<places.shape[0]).map { places[$0, 0] < 1 ? "left" : "right" }
    }
    #expect(asked == [40 * 25, 2])
    let paths = Picture(Chart { regions }).all("path")
    #expect(paths.map { area($0.attributes["d"]) } == [10 * 25, 30 * 25])
  }

  @Test func coloursAreThoseOfThePoints() throws {
    let picture = Picture(
      Chart {
        DecisionRegions(x: 0...1, y: 0...1) { Array(repeating: 3, count: $0.shape[0]) }
        PointMark(x: [0.5], y: [0.5], color: ["3"])
      })
    #expect(picture.all("path").first?.attributes["fill"] == picture.all("circle").first?.attributes["fill"])
  }

  @Test func upIsUp() throws {
    let picture = Picture(
      Chart {
        DecisionRegions(x: 0...1, y: 0...1, resolution: 8) { places in
          (0..<places.shape[0]).map { places[$0, 1] > 0.8 ? "top" : "rest" }
        }
      })
    let top = picture.all("path").first { $0.attributes["d"]?.hasPrefix("M0 0h8") == true }
    #expect(top?.attributes["d"] == "M0 0h8v1h-8z")
  }
}
