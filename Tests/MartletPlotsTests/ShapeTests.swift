import Foundation
import MartletNumerics
import MartletPlots
import Testing

/// Sizes and shapes of plots, and the curves and bins that reference data decide.
@Suite struct ShapeTests {
  struct Reference: Decodable {
    struct Band: Decodable {
      let heights, lower, upper: [Double]
    }
    let x, y, places, probabilities, predicted, observed: [Double]
    let labels: [Bool]
    let bands: [String: Band]
  }

  func close(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test func polynomialsAreThoseOfStatsmodels() throws {
    let reference = try PlotReference.read("bands", as: Reference.self)
    for (degree, expected) in reference.bands {
      let band = try #require(
        RegressionBand(
          polynomialThrough: reference.x, reference.y, degree: Int(degree) ?? 0, at: reference.places, confidence: 0.9))
      #expect(close(band.heights, expected.heights, 1e-8), "degree \(degree)")
      #expect(close(band.lower, expected.lower, 1e-8) && close(band.upper, expected.upper, 1e-8), "degree \(degree)")
    }
    let line = try #require(
      RegressionBand(lineThrough: reference.x, reference.y, at: reference.places, confidence: 0.9))
    #expect(close(line.lower, reference.bands["1"]?.lower ?? [], 1e-8))
    // Through as many points as it has coefficients, exactly; a parabola through two places is none.
    let exact = RegressionBand(polynomialThrough: [0, 1, 2], [1, 0, 3], degree: 2, at: [3], confidence: 0.9)
    #expect(exact.map { abs($0.heights[0] - 10) < 1e-9 && $0.lower.isEmpty } == true)
    #expect(RegressionBand(polynomialThrough: [1, 1, 2], [1, 2, 3], degree: 2, at: [1], confidence: nil) == nil)
    let chart = Chart { RegressionMark(x: [0, 1, 2, 3], y: [0, 1, 4, 9], method: .polynomial(degree: 2)) }
    #expect(Picture(chart).isWellFormed && Picture(chart).all("path").count == 2)
  }

  @Test func calibrationHasQuantileBins() throws {
    let reference = try PlotReference.read("bands", as: Reference.self)
    let bins = try CalibrationBins(
      labels: reference.labels, probabilities: reference.probabilities, count: 6, intervals: .equalCount)
    #expect(close(bins.predicted, reference.predicted, 1e-12) && close(bins.observed, reference.observed, 1e-12))
    let chart = try Chart.calibration(
      labels: reference.labels, probabilities: reference.probabilities, bins: 6, intervals: .equalCount,
      isLogarithmic: true)
    // From the power of ten below the smallest share that can be drawn.
    #expect(Picture(chart).labels("x-tick").first == "0.01")
    #expect(Picture(chart).labels("x-tick").last == "1")
  }

  @Test func gridsHonourTheSizesOfTheirCharts() {
    let small = Chart { PointMark(x: [0, 1], y: [0, 1]) }.size(width: 300, height: 200)
    let wide = Chart { PointMark(x: [0, 1], y: [0, 1]) }.size(width: 500, height: 260)
    func charts(_ grid: ChartGrid) -> (whole: Picture.Element?, parts: [Picture.Element]) {
      let all = Picture(grid.svg).all("svg")
      return (all.first, Array(all.dropFirst()))
    }
    let (whole, parts) = charts(ChartGrid { [small, wide] })
    #expect(whole?.number("width") == 800 && whole?.number("height") == 260)
    #expect(parts.map { $0.number("width")?.rounded() } == [300, 500])
    let tall = charts(ChartGrid([[small], [wide]]))
    #expect(tall.whole?.number("width") == 500 && tall.whole?.number("height") == 460)
    #expect(charts(ChartGrid { [small, wide] }.size(width: 400, height: 200)).whole?.number("width") == 400)
    #expect(charts(ChartGrid(columns: 4) { [wide, wide, wide, wide] }).whole?.number("width") == 1200)
  }

  @Test func equalUnitsFollowACurve() {
    let ellipse = { (isEqual: Bool) in
      Chart { ParametricCurveMark(0...2 * .pi) { (4 * cos($0), sin($0)) } }.equalUnits(isEqual)
    }
    func extent(_ chart: Chart) -> (width: Double, height: Double) {
      let size = Picture(chart).all("svg").first
      return (size?.number("width") ?? 0, size?.number("height") ?? 0)
    }
    let (square, shaped) = (extent(ellipse(false)), extent(ellipse(true)))
    #expect(shaped.height < square.height * 0.55, "\(shaped) \(square)")
    let still = extent(Chart { ParametricCurveMark(0...1) { (0, $0) } }.equalUnits())
    #expect(still.width > 0 && still.height > still.width)
  }

  @Test func errorBarsHaveTheirDot() {
    let picture = Picture(Chart { ErrorBarMark(x: [1, 2, 3], y: [4, 5, 6], error: [1, 1, 1]) })
    #expect(picture.all("circle").count == 3)
  }

  @Test func layersKeepTheGivenOrder() {
    func places(_ from: [String], _ to: [String]) -> [String: Double] {
      let picture = Picture(Chart { NetworkMark(from: from, to: to, layout: .layered) })
      let circles = picture.elements.enumerated().filter { $0.element.name == "circle" }
      return circles.reduce(into: [:]) { places, circle in
        let title = picture.elements[circle.offset + 1].text
        places[String(title.prefix { $0 != ":" })] = circle.element.number("cx")
      }
    }
    // A small neural network: every link order is as good as any other, so the given one stays.
    let inputs = ["x1", "x2", "x3"]
    let hidden = ["h1", "h2", "h3", "h4"]
    let links = inputs.flatMap { input in hidden.map { (input, $0) } } + hidden.map { ($0, "y") }
    let all = places(links.map(\.0), links.map(\.1))
    for names in [inputs, hidden] { #expect(names.compactMap { all[$0] } == names.compactMap { all[$0] }.sorted()) }
    // Crossed links are still taken apart.
    let crossed = places(["a", "b", "c"], ["r", "q", "p"])
    #expect((crossed["a"] ?? 0) < (crossed["b"] ?? 0) && (crossed["r"] ?? 1) < (crossed["q"] ?? 0))
  }

  @Test func linksLeaveLabelsAlone() {
    let inputs = ["x1", "x2", "x3"]
    let hidden = ["h1", "h2", "h3", "h4"]
    let links = inputs.flatMap { input in hidden.map { (input, $0) } } + hidden.map { ($0, "y") }
    let picture = Picture(Chart { NetworkMark(from: links.map(\.0), to: links.map(\.1), layout: .layered) })
    let circles = picture.all("circle")
    let (top, bottom) = (
      circles.compactMap { $0.number("cy") }.min() ?? 0, circles.compactMap { $0.number("cy") }.max() ?? 0
    )
    for text in picture.all("text") where inputs.contains(text.text) { #expect((text.number("y") ?? 999) < top) }
    for text in picture.all("text") where text.text == "y" { #expect((text.number("y") ?? 0) > bottom) }
  }

  @Test func imagesOfSinglePrecision() {
    let pixels = Tensor<Float>((0..<32).map { Float($0) }, shape: [2, 1, 4, 4])
    let matrix = Matrix((0..<32).map(Double.init), shape: [2, 4, 4])
    #expect(Chart { ImageGrid(pixels) }.svg == Chart { ImageGrid(matrix) }.svg)
  }
}
