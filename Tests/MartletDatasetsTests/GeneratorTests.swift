import MartletDatasets
import MartletNumerics
import Testing

@Suite struct GeneratorTests {
  struct Reference: Decodable { let seeds: [String: [String: [[Double]]]] }

  /// Every generator with the parameters that the script gives scikit-learn's.
  @Test(arguments: [0, 42, 4_294_967_295] as [UInt64]) func numbersAreScikitLearns(seed: UInt64) throws {
    let cases = try #require(try ReferenceFile.read("generators", as: Reference.self).seeds["\(seed)"])
    func expect(_ name: String, _ found: [Double]..., within tolerance: Double = 1e-12) throws {
      let wanted = try #require(cases[name])
      #expect(wanted.count == found.count)
      for (found, wanted) in zip(found, wanted) {
        #expect(agree(found, wanted, within: tolerance), "\(name), seed \(seed)")
      }
    }
    func labelled(_ name: String, _ samples: (features: Matrix, labels: [Int])) throws {
      try expect(name, samples.features.scalars, samples.labels.map(Double.init))
    }
    try labelled("moons", Datasets.makeMoons(samples: 21, noise: 0.1, seed: seed))
    try labelled("moonsInOrder", Datasets.makeMoons(samples: 8, isShuffled: false, seed: seed))
    try labelled("circles", Datasets.makeCircles(samples: 20, noise: 0.05, factor: 0.5, seed: seed))
    let blobs = try Datasets.makeBlobs(
      samples: 31, features: 3, centers: 4, standardDeviation: 2.5, centerBox: -4...6, seed: seed)
    try expect("blobs", blobs.features.scalars, blobs.labels.map(Double.init), blobs.centers.scalars)
    let given = try Datasets.makeBlobs(
      counts: [5, 12], centers: Matrix([[0, 1], [5, -5]]), standardDeviations: [0.5, 2], seed: seed)
    try labelled("givenBlobs", (given.features, given.labels))
    let roll = try Datasets.makeSwissRoll(samples: 15, noise: 0.2, seed: seed)
    try expect("swissRoll", roll.features.scalars, roll.positions)
    let holed = try Datasets.makeSwissRoll(samples: 15, hasHole: true, seed: seed)
    try expect("swissRollWithHole", holed.features.scalars, holed.positions)
    let curve = try Datasets.makeSCurve(samples: 15, noise: 0.1, seed: seed)
    try expect("sCurve", curve.features.scalars, curve.positions)
    let friedman = try Datasets.makeFriedman1(samples: 12, features: 6, noise: 0.5, seed: seed)
    try expect("friedman1", friedman.features.scalars, friedman.target)
    let line = try Datasets.makeRegression(
      samples: 12, features: 5, informative: 3, bias: 2.5, noise: 0.3, seed: seed)
    try expect("regression", line.features.scalars, line.target, line.coefficients)
    let flat = try Datasets.makeRegression(
      samples: 12, features: 7, informative: 4, effectiveRank: 2, tailStrength: 0.2, seed: seed)
    try expect("lowRankRegression", flat.features.scalars, flat.target, flat.coefficients)
  }

  @Test(arguments: [0, 42, 4_294_967_295] as [UInt64]) func classificationIsScikitLearns(seed: UInt64) throws {
    let cases = try #require(try ReferenceFile.read("generators", as: Reference.self).seeds["\(seed)"])
    let found = [
      "classification": try Datasets.makeClassification(
        samples: 40, features: 8, informative: 3, redundant: 2, repeated: 1, classes: 3, seed: seed),
      "unevenClassification": try Datasets.makeClassification(
        samples: 50, features: 4, informative: 2, redundant: 0, weights: [0.8], flipped: 0.2, separation: 2,
        isHypercube: false, shift: nil, scale: nil, seed: seed),
      "orderedClassification": try Datasets.makeClassification(
        samples: 30, features: 6, informative: 4, isShuffled: false, seed: seed),
      "wideClassification": try Datasets.makeClassification(
        samples: 12, features: 34, informative: 32, redundant: 1, seed: seed),
    ]
    for (name, samples) in found {
      let wanted = try #require(cases[name])
      #expect(agree(samples.features.scalars, wanted[0], within: 1e-11), "\(name), seed \(seed)")
      #expect(samples.labels.map(Double.init) == wanted[1], "\(name), seed \(seed)")
    }
  }

  @Test func wrongParametersAreNamed() {
    func message(_ work: () throws -> Void) -> String {
      do { try work() } catch { return "\(error)" }
      return "no error"
    }
    #expect(
      message { _ = try Datasets.makeMoons(samples: 0, seed: 0) } == "samples should be at least 1; it is 0.")
    #expect(
      message { _ = try Datasets.makeMoons(seed: 1 << 32) }
        == "seed should be a number up to 4294967295; it is 4294967296.")
    #expect(message { _ = try Datasets.makeCircles(factor: 1, seed: 0) }.contains("factor should be from 0 up to"))
    #expect(
      message { _ = try Datasets.makeClassification(informative: 1, seed: 0) }
        == "classes · clustersPerClass should be at most 2 to the power of informative, which is 2; it is 4.")
    #expect(
      message { _ = try Datasets.makeClassification(features: 3, seed: 0) }.contains("features should be at least"))
    #expect(
      message { _ = try Datasets.makeClassification(weights: [0.9, 0.9], seed: 0) }.contains("sum of at most 1"))
    #expect(
      message { _ = try Datasets.makeBlobs(counts: [1, 2], centers: Matrix([[0, 0]]), seed: 0) }
        == "centers should be a matrix of 2 rows, one a count; it is of shape [1, 2].")
    #expect(message { _ = try Datasets.makeFriedman1(features: 4, seed: 0) }.contains("features should be at least 5"))
  }

  /// Without a seed, the seeds of the surrounding scope decide.
  @Test func seedsComeFromTheScope() throws {
    func moons() throws -> [Double] { try Datasets.makeMoons(samples: 6, noise: 1).features.scalars }
    let first = try withRandomSeed(7) { (try moons(), try moons()) }
    let again = try withRandomSeed(7) { (try moons(), try moons()) }
    #expect(first == again && first.0 != first.1)
    #expect(try moons() != first.0)
  }
}
