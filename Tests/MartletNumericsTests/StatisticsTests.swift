import MartletNumerics
import Testing

@Suite struct StatisticsTests {
  struct Axis: Decodable {
    let sum, mean, min, max, variance: [[Double]]
    let argMax: [[Int]]
  }
  struct Reference: Decodable {
    let x, y, fractions, quantiles, cube: [Double]
    let mean, variance, sampleVariance, standardDeviation, median, correlation: Double
    let axes: [String: Axis]
  }

  @Test func agreesWithNumPy() throws {
    let r: Reference = try ReferenceFile.read("statistics")
    #expect(
      agree(
        [mean(r.x), variance(r.x), variance(r.x, degreesOfFreedom: 1)], [r.mean, r.variance, r.sampleVariance],
        within: 1e-14))
    #expect(agree([standardDeviation(r.x), median(r.x)], [r.standardDeviation, r.median], within: 1e-14))
    #expect(agree(quantiles(r.x, r.fractions), r.quantiles, within: 1e-14))
    #expect(agree([correlation(r.x, r.y)], [r.correlation], within: 1e-13))
  }

  @Test(arguments: 0..<3) func reductionsAlongAxesAgreeWithNumPy(axis: Int) throws {
    let r: Reference = try ReferenceFile.read("statistics")
    let cube = Matrix(r.cube, shape: [3, 4, 5])
    let expected = try #require(r.axes["\(axis)"])
    for axis in [axis, axis - 3] {
      #expect(agree(cube.sum(axis: axis).scalars, expected.sum.flatMap { $0 }, within: 1e-14))
      #expect(agree(cube.mean(axis: axis).scalars, expected.mean.flatMap { $0 }, within: 1e-14))
      #expect(
        agree(cube.variance(axis: axis, degreesOfFreedom: 1).scalars, expected.variance.flatMap { $0 }, within: 1e-14))
      #expect(cube.min(axis: axis).scalars == expected.min.flatMap { $0 })
      #expect(cube.max(axis: axis).scalars == expected.max.flatMap { $0 })
      #expect(cube.argMax(axis: axis) == Tensor(expected.argMax))
      #expect(cube.argMin(axis: axis) == (0 - cube).argMax(axis: axis))
    }
    #expect(cube.sum(axis: 1, keepDimensions: true).shape == [3, 1, 5])
  }

  @Test func edges() {
    #expect(mean([]).isNaN && quantile([], 0.5).isNaN && quantile([1, .nan], 0.5).isNaN)
    #expect(Matrix([]).sum() == 0)
    #expect(Matrix.zeros(0, 3).sum(axis: 0).scalars == [0, 0, 0])
    #expect(
      Matrix([1, .nan, 0]).max().isNaN && Matrix([1, .nan, 0]).min().isNaN && Matrix([1, .nan, 2]).argMax() == 1)
    #expect(Tensor([[3, 1], [2, 9]]).argMax() == 3)
  }

  /// Ten million times 0.1: a running sum is off by 1e-4 here, pairwise summation by less than 1e-8.
  @Test func sumsStayExact() {
    #expect(abs(Matrix.full(0.1, 10_000_000).sum() - 1_000_000) < 1e-8)
  }

  /// NIST's NumAcc1 to NumAcc4: the certified means and standard deviations are exact.
  @Test(
    arguments: [
      ([10_000_001, 10_000_003, 10_000_002], 10_000_002, 1),
      ([1.2] + (0..<500).flatMap { _ in [1.1, 1.3] }, 1.2, 0.1),
      ([1_000_000.2] + (0..<500).flatMap { _ in [1_000_000.1, 1_000_000.3] }, 1_000_000.2, 0.1),
      ([10_000_000.2] + (0..<500).flatMap { _ in [10_000_000.1, 10_000_000.3] }, 10_000_000.2, 0.1),
    ] as [([Double], Double, Double)])
  func univariateSetsHaveNISTsDigits(values: [Double], mean: Double, deviation: Double) {
    let found = Matrix(values)
    #expect(abs(found.mean() / mean - 1) < 1e-14)
    // What rounding the data themselves leaves: an ulp of 10⁷ is 2e-9 of the deviation of 0.1 and more.
    #expect(abs(found.standardDeviation(degreesOfFreedom: 1) / deviation - 1) < 1e-7)
  }
}
