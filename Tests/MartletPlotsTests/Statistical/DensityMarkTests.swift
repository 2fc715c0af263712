import MartletPlots
import Testing

@Suite struct DensityMarkTests {
  @Test func estimatesEqualSciPy() throws {
    let reference = try PlotReference.read()
    for expected in reference.densities {
      let rule: DensityBandwidth = expected.rule == "scott" ? .scott : .silverman
      let estimate = try #require(DensityEstimate(reference.petals, bandwidth: rule))
      #expect(agree([estimate.width], [expected.width], within: 1e-12))
      #expect(agree(reference.places.map(estimate.density), expected.values, within: 1e-12))
    }
  }

  @Test func oneValueIsOneBump() throws {
    // The normal density itself: 1/√(2π) at the middle, e^(−1/2) of that a standard deviation away.
    let estimate = try #require(DensityEstimate([3], bandwidth: .fixed(2)))
    #expect(agree([3, 5].map(estimate.density), [0.3989422804014327 / 2, 0.24197072451914337 / 2], within: 1e-14))
  }

  @Test func areaIsOne() throws {
    let estimate = try #require(DensityEstimate([1, 2, 2, 7, 9.5]))
    let (places, densities) = estimate.curve(count: 2001, beyond: 9)
    #expect(abs(densities.reduce(0, +) * (places[1] - places[0]) - 1) < 1e-6)
  }

  @Test func groupsHaveACurveEach() {
    let chart = Chart { DensityMark([1, 2, 3, 11, 12, 13, 5], color: ["a", "a", "a", "b", "b", "b", "alone"]) }
    #expect(Picture(chart).all("path").count == 4)  // an area and a line for a and b; one value has no density
    #expect(chart.notes == ["1 value left out: missing or not finite"])
    #expect(Picture(chart).labels("y-tick").first == "0")
  }
}
