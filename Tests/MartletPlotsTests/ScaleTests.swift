import Foundation
import MartletPlots
import Testing

/// Positions that can be computed by hand, for every kind of scale.
@Suite struct ScaleTests {
  /// How far along the axis each value stands, from the first (0) to the last (1).
  func shares(_ values: [Double], _ kind: ScaleKind) throws -> [Double] {
    let chart = Chart { PointMark(x: values, y: values.map { _ in 1 }) }.xScale(kind)
    let x = Picture(chart).all("circle").compactMap { $0.number("cx") }
    try #require(x.count == values.count)
    return x.map { ($0 - x[0]) / (x[x.count - 1] - x[0]) }
  }

  func isNear(_ found: [Double], _ expected: [Double]) -> Bool {
    zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 }
  }

  @Test func roots() throws {
    #expect(isNear(try shares([0, 1, 4, 9, 25, 100], .sqrt), [0, 0.1, 0.2, 0.3, 0.5, 1]))
    #expect(isNear(try shares([0, 1, 8, 1000], .power(1.0 / 3)), [0, 0.1, 0.2, 1]))
    #expect(isNear(try shares([0, 5, 10], .power(2)), [0, 0.25, 1]))
    // −9 … 9 is the square root in mirror image: −3 … 3.
    #expect(isNear(try shares([-9, -1, 0, 4, 9], .sqrt), [0, 2.0 / 6, 0.5, 5.0 / 6, 1]))
  }

  @Test func twoSidedLogarithms() throws {
    // log₁₀(1 + |x|) of −99, −9, 0, 9, 99, 999 is −2, −1, 0, 1, 2, 3.
    #expect(isNear(try shares([-99, -9, 0, 9, 99, 999], .symmetricLog()), [0, 0.2, 0.4, 0.6, 0.8, 1]))
    #expect(isNear(try shares([0, 0.9, 9.9], .symmetricLog(constant: 0.1)), [0, 0.5, 1]))
  }

  @Test func ticksStandAtPowersOfTenAndZero() {
    let chart = Chart { PointMark(x: [-1000, 1000], y: [-1e6, 1e6]) }.xScale(.symmetricLog()).yScale(.symmetricLog())
    #expect(Picture(chart).labels("x-tick") == ["−1000", "−100", "−10", "0", "10", "100", "1000"])
    let y = Picture(chart).all("text", class: "y-tick").compactMap { $0.number("y") }
    #expect(zip(y, y.dropFirst()).allSatisfy { abs($0 - $1) >= 14 })
  }

  @Test func oneDecadeOfALogarithmHasEveryDigit() {
    let chart = Chart { PointMark(x: [1, 9], y: [1, 2]) }.xScale(.log).size(width: 900, height: 200)
    #expect(Picture(chart).labels("x-tick").prefix(5) == ["1", "2", "3", "4", "5"])
  }

  @Test func reversedAxesRunBackwards() throws {
    let chart = Chart { PointMark(x: [0, 1, 4], y: [0, 1, 4]) }.reversingX().reversingY()
    let circles = Picture(chart).all("circle")
    let (x, y) = (circles.compactMap { $0.number("cx") }, circles.compactMap { $0.number("cy") })
    #expect(abs((x[2] - x[0]) / (x[1] - x[0]) - 4) < 0.01 && x[1] < x[0])
    #expect(y[1] > y[0])
    #expect(Picture(chart).labels("x-tick").last == "0")
  }

  @Test func barsHangFromAReversedAxis() throws {
    let bars = Picture(Chart { BarMark(x: ["a", "b"], y: [1, 2]) }.reversingY()).bars
    let tops = bars.compactMap { $0.number("y") }
    try #require(tops.count == 2)
    #expect(abs(tops[0] - tops[1]) < 0.02)
    #expect(Picture(Chart { HistogramMark([1, 2, 2]) }.reversingX()).bars.allSatisfy { ($0.number("width") ?? 0) > 0 })
  }

  @Test func namesInAGivenOrder() {
    let chart = Chart { BarMark(x: ["low", "high", "medium"], y: [1, 3, 2]) }.xDomain(["low", "medium"])
    #expect(Picture(chart).labels("x-tick") == ["low", "medium"])
    #expect(Picture(chart).bars.count == 2 && chart.notes.count == 1)
  }

  @Test(
    arguments: [
      (TickFormat.percent, [0, 0.5, 1], ["0%", "50%", "100%"]),
      (.percent, [0, 0.005, 0.01], ["0.0%", "0.5%", "1.0%"]),
      (.percent(decimals: 1), [0, 0.5, 1], ["0.0%", "50.0%", "100.0%"]),
      (.currency("€"), [-1000, 0, 1000], ["−€1,000", "€0", "€1,000"]),
      (.number, [0, 5e6, 1e7], ["0", "5,000,000", "10,000,000"]),
      (.number(decimals: 2), [0, 0.5, 1], ["0.00", "0.50", "1.00"]),
      (.compact, [0, 2500, 5000], ["0", "2.5k", "5k"]),
      (.compact, [0, 2.5e9, 5e9], ["0", "2.5B", "5B"]),
      (.unit("°C"), [0, 10, 20], ["0 °C", "10 °C", "20 °C"]),
      (.scientific, [0, 1e6, 2e6], ["0", "1×10⁶", "2×10⁶"]),
      (.custom { "[\(Int($0))]" }, [0, 1, 2], ["[0]", "[1]", "[2]"]),
    ] as [(TickFormat, [Double], [String])])
  func formats(_ format: TickFormat, _ values: [Double], _ expected: [String]) throws {
    let chart = Chart { LineMark(x: values, y: values) }.xFormat(format).size(width: 900, height: 300)
    let labels = Picture(chart).labels("x-tick")
    #expect(labels.first == expected.first && labels.last == expected.last)
    #expect(Set(expected).isSubset(of: Set(labels)), "\(labels)")
  }
}
