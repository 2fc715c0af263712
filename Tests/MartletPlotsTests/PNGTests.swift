import Foundation
import MartletPlots
import Testing

/// PNG files have the picture's size, and its colours. Needs librsvg, which Debian-packages.txt names.
@Suite struct PNGTests {
  let chart = Chart { PointMark(x: [1, 2], y: [1, 2]) }.size(width: 300, height: 200)

  /// Width and height as the file's first chunk has them (PNG specification, 11.2.1).
  func size(_ png: [UInt8]) throws -> [Int] {
    try #require(png.count > 24 && Array(png[..<8]) == [137, 80, 78, 71, 13, 10, 26, 10])
    return [16, 20].map { start in png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
  }

  @Test func hasTheSizeOfThePicture() throws {
    #expect(try size(chart.png()) == [600, 400])
    #expect(try size(chart.png(scale: 0.5)) == [150, 100])
    #expect(try size(ChartGrid { [chart, chart] }.size(width: 500, height: 250).png(scale: 1)) == [500, 250])
  }

  @Test func themesDiffer() throws {
    #expect(try chart.png() == chart.theme(.light).png())
    #expect(try chart.png() != chart.theme(.dark).png())
  }

  @Test func writesFiles() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("chart-\(UUID().uuidString).PNG").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try chart.write(to: path, scale: 3)
    #expect(try size([UInt8](Data(contentsOf: URL(fileURLWithPath: path)))) == [900, 600])
  }

  @Test(arguments: [0, -1, .nan, .infinity, 1e6]) func impossibleScales(_ scale: Double) {
    let error = #expect(throws: ChartError.self) { try chart.png(scale: scale) }
    #expect(error?.description.hasPrefix("A PNG file has 1 to 32000 dots on each side") == true)
  }

  @Test func anyTextIsDrawn() throws {
    let attacks = ["<script>", "a\u{0}b\u{8}", "日本語", "👩‍👩‍👧‍👦", "&bogus;"]
    for attack in attacks { _ = try chart.title(attack).png(scale: 1) }
  }
}
