import Foundation
import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct SemiSupervisedTests {
  struct Labels: Decodable {
    let labels: [Int]
    let distributions, fresh: [[Double]]
  }
  struct Clusters: Decodable {
    let size, samples: Int
    let labels: [Int]
    let probabilities: [Double]
  }
  struct Reference: Decodable {
    let labels: [String: Labels]
    let start, places, classical, isomap, isomapFresh, fresh, groups, hashed, nested: [[Double]]
    let plain, linearCoefficients: [Double]
    let stress: Double
    let steps: Int
    let clusters: [Clusters]
  }
  let reference: Reference
  let x: Matrix
  let codes: [Int]

  init() throws {
    reference = try ReferenceFile.read("semiSupervised")
    let iris = try Datasets.iris()
    x = try iris.matrix(except: "species")
    codes = (0..<150).map { $0 / 50 }
  }

  private var partial: [Int?] { codes.indices.map { $0 % 10 == 0 ? codes[$0] : nil } }

  @Test func labelsSpreadAsScikitLearns() throws {
    let models = [
      "propagation": try LabelPropagation<Int>(gamma: 2, maximumIterations: 5_000, tolerance: 1e-8).fit(x, partial),
      "spreading": try LabelSpreading<Int>(gamma: 2, clamping: 0.3, maximumIterations: 500, tolerance: 1e-10).fit(
        x, partial),
    ]
    for (name, model) in models {
      let expected = try #require(reference.labels[name])
      #expect(model.hasConverged && model.classes == [0, 1, 2])
      #expect(model.labels == expected.labels, "\(name)")
      let shown = model.distributions[.stride(by: 7)].scalars
      #expect(agree(shown, expected.distributions.flatMap { $0 }, within: 1e-6), "\(name)")
      let fresh = try model.predictProbabilities(Matrix(reference.fresh))
      #expect(agree(fresh.scalars, expected.fresh.flatMap { $0 }, within: 1e-6), "\(name)")
      let again = try JSONDecoder().decode(
        LabelPropagationModel<Int>.self, from: JSONEncoder().encode(model))
      #expect(try again.predict(x) == model.predict(x))
    }
  }

  @Test func labelsAreRefusedWhereNothingCanSpread() throws {
    #expect(refusal { try LabelSpreading<Int>().fit(x, codes.map { _ in Int?.none }) } == .tooFewClasses)
    #expect(refusal { try LabelSpreading<Int>(clamping: 1).fit(x, partial) } == .parameter)
    #expect(refusal { try LabelPropagation<Int>(gamma: 0).fit(x, partial) } == .parameter)
    #expect(refusal { try LabelPropagation<Int>().fit(x, [0, 1]) } == .shape)
  }

  /// The places move, turn and mirror freely, but not from a given start.
  @Test func placesAreScikitLearns() throws {
    let map = try MDS(start: .given(Matrix(reference.start)), maximumIterations: 40).fit(x)
    #expect(agree(map.embedding.scalars, reference.places.flatMap { $0 }, within: 1e-7))
    #expect(agree([map.stress], [reference.stress], within: 1e-8))
    let classical = try MDS(maximumIterations: 0).fit(x)
    #expect(agree(abs(classical.embedding).scalars, reference.classical.flatMap { $0 }, within: 1e-7))
    let settled = try MDS().fit(x)
    #expect(settled.hasConverged && settled.stress < classical.stress && settled.normalizedStress < 0.05)
    let random = try MDS(start: .random(seed: 3), maximumIterations: 1_000).fit(x)
    #expect(random.stress < 1.05 * settled.stress)
  }

  /// In as many dimensions as the data has, classical places have the data's distances.
  @Test func allDimensionsKeepAllDistances() throws {
    let places = try MDS(components: 4, maximumIterations: 0).fit(x)
    #expect(places.normalizedStress < 1e-7)
    let distances = try NearestNeighbors(algorithm: .brute).fit(x).neighbors(of: x[0..<1, .all], count: 150)
    let among = try NearestNeighbors(algorithm: .brute).fit(places.embedding).neighbors(
      of: places.embedding[0..<1, .all], count: 150)
    #expect(agree(among.distances.scalars, distances.distances.scalars, within: 1e-7))
    #expect(refusal { try MDS(metric: nil).fit(x) } == .shape)
    #expect(refusal { try MDS(components: 150).fit(x) } == .parameter)
  }

  @Test func sheetsUnrollAsScikitLearns() throws {
    let map = try Isomap(neighbors: 40).fit(x)
    #expect(agree(abs(map.embedding).scalars, reference.isomap.flatMap { $0 }, within: 1e-6))
    let fresh = try map.transform(Matrix(reference.fresh))
    #expect(agree(abs(fresh).scalars, reference.isomapFresh.flatMap { $0 }, within: 1e-6))
    let again = try JSONDecoder().decode(Isomap.Model.self, from: JSONEncoder().encode(map))
    #expect(try again.transform(x[0..<3, .all]).scalars == map.transform(x[0..<3, .all]).scalars)
    #expect(refusal { try Isomap(neighbors: 5).fit(x) } == .parameter)
  }

  /// Groups are numbered by their first samples here, and by their place in the tree there.
  @Test func groupsOfAnyDensityAreScikitLearns() throws {
    for expected in reference.clusters {
      let method = HDBSCAN(minimumClusterSize: expected.size, minimumSamples: expected.samples)
      let model = try method.fit(Matrix(reference.groups))
      #expect(model.labels.map { $0 < 0 } == expected.labels.map { $0 < 0 }, "\(expected.size)")
      #expect(ClusterAgreement(model.labels, expected.labels).adjustedRandIndex == 1, "\(expected.size)")
      #expect(agree(model.probabilities, expected.probabilities, within: 1e-8), "\(expected.size)")
      let again = try JSONDecoder().decode(HDBSCAN.Model.self, from: JSONEncoder().encode(model))
      #expect(again == model)
    }
  }

  @Test func groupsAreKnownInPlainCases() throws {
    let line = Matrix([0, 0.1, 0.2, 0.3, 5, 5.1, 5.2, 5.3, 20]).reshaped(-1, 1)
    let model = try HDBSCAN(minimumClusterSize: 3, minimumSamples: 2).fit(line)
    #expect(model.labels == [0, 0, 0, 0, 1, 1, 1, 1, -1])
    #expect(model.noiseCount == 1 && model.probabilities[8] == 0)
    // Samples in one place never part.
    let points = Matrix([0, 0, 0, 0, 7, 7, 7, 7]).reshaped(-1, 1)
    let doubled = try HDBSCAN(minimumClusterSize: 3).fit(points)
    #expect(doubled.labels == [0, 0, 0, 0, 1, 1, 1, 1] && doubled.probabilities.allSatisfy { $0 == 1 })
    #expect(refusal { try HDBSCAN(minimumClusterSize: 1).fit(line) } == .parameter)
    #expect(refusal { try HDBSCAN(minimumClusterSize: 20).fit(line) } == .tooFewSamples)
  }

  @Test func hashesAreScikitLearns() throws {
    let frame = try DataFrame([
      AnyColumn(Column("city", ["Oslo", "Bergen", "Ås", "Oslo"])), AnyColumn(Column("size", [3.5, -1, 0.25, 2])),
    ])
    let hasher = try FeatureHasher(features: 16).fit(frame)
    #expect(try hasher.transform(frame).scalars == reference.hashed.flatMap { $0 })
    #expect(hasher.outputColumns.count == 16)
    #expect(refusal { try FeatureHasher(features: 0).fit(frame) } == .parameter)
    #expect(refusal { try hasher.transform(frame.select("city")) } == .table)
  }

  /// scikit-learn's example of nested and plain cross-validation, whose page says: average difference of 0.007581 with a
  /// standard deviation of 0.007833, over 30 trials.
  @Test func nestedCrossValidationIsScikitLearns() throws {
    var differences: [Double] = []
    for seed in 0..<30 {
      let folds = KFold(4, seed: UInt64(seed))
      let search = GridSearch(SVC<Int>(), folds: folds, scoring: .accuracy)
        .varying(\.inverseRegularization, over: [1, 10, 100]).varying(\.kernel.gamma, over: [0.01, 0.1])
      let best = try search.fit(x, codes).bestScore
      let nested = try nestedCrossValidate(search, x, codes, outer: folds, inner: folds)
      if seed < reference.nested.count {
        #expect(agree(nested.scores, reference.nested[seed], within: 1e-12), "\(seed)")
        #expect(agree([best], [reference.plain[seed]], within: 1e-12), "\(seed)")
        #expect(nested.chosen.count == 4 && nested.description.contains("inverseRegularization"))
      }
      differences.append(best - nested.mean)
    }
    #expect(abs(mean(differences) - 0.007581) < 5e-7)
    #expect(abs(standardDeviation(differences, degreesOfFreedom: 0) - 0.007833) < 5e-7)
  }

  @Test func linearMachinesHaveWeights() throws {
    let rest = x[50..., .all]
    let model = try SVC<Int>(inverseRegularization: 0.5, kernel: .linear).fit(rest, Array(codes[50...]))
    let weights = try #require(model.coefficients)
    #expect(agree(weights.scalars, reference.linearCoefficients, within: 1e-3))
    let decisions = rest • weights.transposed() - Matrix(model.intercepts)
    #expect(agree(decisions.scalars, try model.decisionFunction(rest).scalars, within: 1e-9))
    #expect(try SVC<Int>().fit(rest, Array(codes[50...])).coefficients == nil)
    var kernel = Kernel.polynomial(degree: 2, gamma: .auto, offset: 1)
    kernel.gamma = 0.5
    #expect("\(kernel)" == "polynomial(degree: 2, gamma: 0.5, offset: 1.0)" && Kernel.linear.gamma == nil)
  }

  /// At least nine in ten, and not much more: the coverage over many draws is near `⌈(m + 1) 0.9⌉ / (m + 1)`.
  @Test func intervalsHoldWhatTheyPromise() throws {
    var random = PCG64(seed: 21)
    var (held, total) = (0, 0)
    for seed in 0..<40 {
      let x = Matrix(random.uniforms(400), shape: [400, 1])
      let y = x.scalars.map { 3 * $0 + $0 * random.standardNormal() }
      let method = ConformalRegressor(LinearRegression(), coverage: 0.9, seed: UInt64(seed))
      let model = try method.fit(x[0..<200, .all], Array(y[..<200]))
      let ranges = try model.predictIntervals(x[200..., .all])
      held += zip(ranges, y[200...]).count { $0.contains($1) }
      total += ranges.count
      #expect(model.calibrationCount == 50 && ranges.allSatisfy { abs($0.width - 2 * model.reach) < 1e-9 })
    }
    // ⌈51 · 0.9⌉ / 51 = 0.902; a draw of 50 misses spreads by 0.042, the mean of 40 by 0.007.
    #expect(abs(Double(held) / Double(total) - 46.0 / 51) < 0.025)
    #expect(
      refusal { try ConformalRegressor(LinearRegression(), coverage: 0.99).fit(x, codes.map(Double.init)) }
        == .tooFewSamples)
  }
}
