import MartletPlots
import Testing

@Suite struct ForcePlotTests {
  @Test func narrowPiecesGoWithoutTheirLabels() throws {
    let names = ["mean concave points", "worst area", "mean smoothness"]
    let chart = try Chart.shapForce(
      values: [0.6, -0.01, 0.3], base: 0.2, names: names, features: [0.147, 880.8, 0.0964], limit: 3)
    let texts = chart.svg.matches(of: /<text[^>]*>([^<]*)<\/text>/).map { String($0.1) }
    #expect(texts.contains("mean concave points") && texts.contains("0.147") && texts.contains("+0.6"))
    // No part of a name, and no value without its name.
    #expect(!texts.contains { $0.contains("…") || $0.contains("worst") || $0 == "881" || $0 == "−0.01" })
    #expect(chart.svg.contains("<title>worst area = 881: −0.01</title>"))
  }
}
