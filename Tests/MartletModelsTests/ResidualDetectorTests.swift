import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

@Suite struct ResidualDetectorTests {
  struct Series: Decodable {
    let values, seasonLimits, limits: [Double]
    let seasonPlaces, places: [Int]
  }
  struct Reference: Decodable { let series: Series }
  private func series() throws -> Series { try ReferenceFile.read("measurements", as: Reference.self).series }

  /// The residuals of naive forecasts are differences, which NumPy and SciPy judge by the same rules.
  @Test func limitsAreNumPys() throws {
    let expected = try series()
    let step = try ResidualDetector(NaiveForecaster(), rule: .interquartile()).fit(expected.values)
    #expect(agree([step.limits.lowerBound, step.limits.upperBound], expected.limits))
    #expect(step.anomalies == expected.places)
    let season = try ResidualDetector(NaiveForecaster(period: 7)).fit(expected.values)
    #expect(agree([season.limits.lowerBound, season.limits.upperBound], expected.seasonLimits))
    #expect(season.anomalies == expected.seasonPlaces)
    #expect(season.residuals.prefix(7).allSatisfy { $0 == nil })
  }

  /// A value that is usual for the year and unusual for its month is found, and nothing else is.
  @Test func aSummerInWinterIsNoticed() throws {
    var random = PCG64(seed: 8)
    var values = (0..<120).map { 10 * sin(2 * Double.pi * Double($0) / 12) + 0.3 * random.standardNormal() }
    values[60] += 8
    let method = ResidualDetector(ExponentialSmoothing(season: .additive, period: 12), rule: .medianDeviation(8))
    let model = try method.fit(values)
    #expect(model.anomalies.first == 60, "\(model.anomalies)")
    // The season of what comes next is known, too.
    let next = (0..<3).map { 10 * sin(2 * Double.pi * Double(120 + $0) / 12) }
    #expect(try model.isAnomaly([next[0], next[1] + 9, next[2]]) == [false, true, false])
    #expect(OutlierRule.medianDeviation().outliers(in: values).isEmpty)
  }

  @Test func refusals() throws {
    let detector = ResidualDetector(NaiveForecaster())
    #expect(refusal { try detector.fit([1]) } == .tooFewSamples)
    #expect(refusal { try detector.fit([1, .nan, 2]) } == .notFinite)
    let model = try detector.fit([1, 2, 1, 2, 1, 9, 1])
    #expect(refusal { try model.isAnomaly([.nan]) } == .notFinite)
    #expect(try model.isAnomaly([]) == [])
    #expect(model.description.contains("place"))
  }

  @Test func files() throws {
    let model = try ResidualDetector(NaiveForecaster(period: 2)).fit([1, 5, 2, 4, 1, 9, 2, 5, 1])
    let again = try ClassicData.reread(model)
    #expect(again.anomalies == model.anomalies && again.limits == model.limits && again.residuals == model.residuals)
    #expect(try ClassicData.damageProblems(model) { _ = try $0.isAnomaly([1, 2]) }.isEmpty)
  }
}
