import MartletModels
import MartletNumerics
import Testing

@Suite struct ClusteringTests {
  struct Centres: Decodable {
    let name: String
    let inertia: Double
    let iterations: Int
    let labels: [Int]
    let centres: [[Double]]
  }
  struct Weighted: Decodable {
    let inertia: Double
    let centres: [[Double]]
  }
  struct Mixture: Decodable {
    let kind: String
    let tolerance, lowerBound, bic, aic: Double
    let iterations: Int
    let weights, densities: [Double]
    let means, probabilities: [[Double]]
  }
  struct Tree: Decodable {
    let method: String
    let merges: [[Double]]
    let labels: [Int]
    let agreement: Double
    let cophenetic: [Double]
  }
  struct Density: Decodable {
    let name, metric: String
    let radius: Double
    let minimum: Int
    let labels, core: [Int]
  }
  struct Reference: Decodable {
    let kmeans: [Centres]
    let weighted: Weighted
    let mixtures: [Mixture]
    let trees: [Tree]
    let manhattan: [[Double]]
    let dbscan: [Density]
  }
  private func reference() throws -> Reference { try ReferenceFile.read("clustering") }

  private func method(_ name: String, _ x: Matrix) -> KMeans {
    switch name {
    case "seed": KMeans(clusters: 3, restarts: 5, seed: 0)
    case "eight": KMeans(clusters: 8, seed: 3)
    case "random": KMeans(clusters: 5, start: .random, seed: 1)
    case "digits": KMeans(clusters: 10, seed: 0)
    case "many": KMeans(clusters: 40, seed: 2)
    default: KMeans(clusters: 3, start: .given(x[rows: [0, 50, 100]]))
    }
  }

  @Test(arguments: 0..<6) func kMeansIsScikitLearns(place: Int) throws {
    let expected = try reference().kmeans[place]
    let isDigits = expected.labels.count > 150
    let x = try isDigits ? ClassicData.digits().x : ClassicData.iris().x
    let model = try method(expected.name, x).fit(x)
    #expect(model.labels == expected.labels)
    #expect(model.iterations == expected.iterations && model.hasConverged)
    #expect(agree([model.inertia], [expected.inertia]))
    #expect(agree(model.centres.scalars, expected.centres.flatMap { $0 }, within: 1e-9))
    #expect(try model.predict(x) == model.labels)
    let alone = try Parallel.$threadLimit.withValue(1) { try method(expected.name, x).fit(x) }
    #expect(alone == model, "on one thread")
  }

  @Test func weightsAreScikitLearns() throws {
    let expected = try reference().weighted
    let x = try ClassicData.iris().x
    let method = KMeans(clusters: 3, start: .given(x[rows: [0, 50, 100]]))
    let model = try method.fit(x, weights: (0..<150).map { Double($0 % 4) })
    #expect(agree([model.inertia], [expected.inertia]))
    #expect(agree(model.centres.scalars, expected.centres.flatMap { $0 }))
  }

  /// Every sample has its nearest centre and every centre is the mean of its samples, whatever the bounds skipped.
  @Test func kMeansEndsAtAFixedPoint() throws {
    var random = PCG64(seed: 5)
    let x = random.normals(shape: [3_000, 7])
    let model = try KMeans(clusters: 37, maximumIterations: 1_000, tolerance: 0, seed: 1, keepsHistory: true).fit(x)
    #expect(model.hasConverged && model.centreHistory.count == model.iterations)
    let distances = try model.distances(x)
    #expect(distances.argMin(axis: 1).scalars == model.labels)
    #expect(agree([(distances.min(axis: 1) * distances.min(axis: 1)).sum()], [model.inertia], within: 1e-9))
    for cluster in 0..<37 {
      let own = model.labels.indices.filter { model.labels[$0] == cluster }
      #expect(agree(x[rows: own].mean(axis: 0).scalars, model.centres.row(cluster).scalars, within: 1e-9))
    }
  }

  /// Two of the centres start far from everything; each takes a sample all the same.
  @Test func emptyGroupsAreFilled() throws {
    let x = Matrix([[0, 0], [0, 1], [10, 0], [10, 1]])
    let start = Matrix([[0.0, 0.5], [1e3, 0], [1e3, 1]])
    let model = try KMeans(clusters: 3, start: .given(start)).fit(x)
    #expect(Set(model.labels).count == 3 && model.inertia <= 0.5)
  }

  @Test func miniBatchesComeClose() throws {
    let x = try ClassicData.digits().x
    let full = try KMeans(clusters: 10, restarts: 3, seed: 0).fit(x)
    let quick = try MiniBatchKMeans(clusters: 10, batchSize: 256, seed: 0).fit(x)
    #expect(quick.inertia < 1.06 * full.inertia && quick.inertia > 0.99 * full.inertia)
    #expect(try quick == MiniBatchKMeans(clusters: 10, batchSize: 256, seed: 0).fit(x))
  }

  @Test(arguments: 0..<8) func mixturesAreScikitLearns(place: Int) throws {
    let expected = try reference().mixtures[place]
    let kind = try #require(GaussianMixture.CovarianceKind(rawValue: expected.kind))
    let x = try ClassicData.iris().x
    let model = try GaussianMixture(
      components: 3, covariance: kind, tolerance: expected.tolerance, maximumIterations: 1_000, seed: 0
    ).fit(x)
    let scores = [model.lowerBound, try model.bic(x), try model.aic(x)]
    #expect(agree(scores, [expected.lowerBound, expected.bic, expected.aic], within: 1e-8))
    #expect(model.iterations == expected.iterations && model.hasConverged)
    #expect(agree(model.weights, expected.weights, within: 1e-7))
    #expect(agree(model.means.scalars, expected.means.flatMap { $0 }, within: 1e-7))
    #expect(agree(try model.logDensities(x[.stride(by: 10)]), expected.densities, within: 1e-6))
    let probabilities = try model.predictProbabilities(x[.stride(by: 10)])
    #expect(agree(probabilities.scalars, expected.probabilities.flatMap { $0 }, within: 1e-6))
  }

  @Test func drawnSamplesAreLikeTheMixture() throws {
    let x = try ClassicData.iris().x
    let model = try GaussianMixture(components: 2, seed: 0).fit(x)
    let (samples, labels) = try model.sample(20_000, seed: 4)
    #expect(samples.shape == [20_000, 4] && labels.count == 20_000)
    for component in 0..<2 {
      let own = samples[rows: labels.indices.filter { labels[$0] == component }]
      #expect(agree([Double(own.shape[0]) / 20_000], [model.weights[component]], within: 0.015))
      #expect(agree(own.mean(axis: 0).scalars, model.means.row(component).scalars, within: 0.03))
      #expect(agree(own.covarianceMatrix().scalars, model.covariances[component].scalars, within: 0.03))
    }
  }

  @Test(arguments: 0..<4) func treesAreSciPys(place: Int) throws {
    let expected = try reference().trees[place]
    let method = try #require(LinkageMethod(rawValue: expected.method))
    let (x, _) = try ClassicData.iris()
    let model = try AgglomerativeClustering(clusters: 3, method: method).fit(x)
    #expect(agree(model.linkage.merges.map(\.distance), expected.merges.map { $0[2] }, within: 1e-9))
    #expect(ClassicData.samePartition(model.labels, expected.labels))
    #expect(model.linkage.merges.suffix(20).map { Double($0.size) } == expected.merges.suffix(20).map { $0[3] })
    let table = model.linkage.copheneticDistances()
    let pairs = (0..<150).flatMap { a in (a + 1..<150).map { table[a, $0] } }
    #expect(agree(stride(from: 0, to: pairs.count, by: 97).map { pairs[$0] }, expected.cophenetic, within: 1e-9))
    #expect(model.linkage.leafOrder.sorted() == Array(0..<150))
    let cut = (expected.merges[147][2] + expected.merges[146][2]) / 2
    let byDistance = try AgglomerativeClustering(clusters: .distance(cut), method: method).fit(x)
    #expect(byDistance.labels == model.labels)
  }

  @Test func otherMetricsJoinAsInSciPy() throws {
    let tree = try Linkage(ClassicData.iris().x, method: .average, metric: .manhattan)
    #expect(agree(tree.merges.suffix(20).map(\.distance), try reference().manhattan.map { $0[2] }))
  }

  @Test(arguments: 0..<6) func densitiesAreScikitLearns(place: Int) throws {
    let expected = try reference().dbscan[place]
    let metrics: [String: DistanceMetric] = ["manhattan": .manhattan, "chebyshev": .chebyshev, "cosine": .cosine]
    let x = try expected.name == "digits" ? ClassicData.digits().x : ClassicData.iris().x
    let metric = metrics[expected.metric] ?? .euclidean
    for algorithm in metric == .cosine ? [NeighborAlgorithm.brute] : [.brute, .tree] {
      let method = DBSCAN(
        radius: expected.radius, minimumSamples: expected.minimum, metric: metric, algorithm: algorithm)
      let model = try method.fit(x)
      #expect(model.labels == expected.labels && model.coreSamples == expected.core, "\(algorithm)")
    }
  }

  @Test func radiiBeyondEverythingMakeOneGroup() throws {
    let model = try DBSCAN(radius: 1e200).fit(ClassicData.iris().x)
    #expect(model.clusterSizes == [150] && model.noiseCount == 0)
  }

  @Test func refusals() throws {
    let x = try ClassicData.iris().x
    #expect(refusal { try KMeans(clusters: 0).fit(x) } == .parameter)
    #expect(refusal { try KMeans(clusters: 151).fit(x) } == .tooFewSamples)
    #expect(refusal { try KMeans(clusters: 2, start: .given(Matrix.zeros(3, 4))).fit(x) } == .shape)
    #expect(refusal { try KMeans(seed: 1 << 40).fit(x) } == .parameter)
    #expect(refusal { try KMeans(clusters: 2).fit(x * .nan) } == .notFinite)
    #expect(refusal { try KMeans(clusters: 2).fit(x, weights: [1]) } == .shape)
    #expect(refusal { try DBSCAN(radius: -1).fit(x) } == .parameter)
    #expect(refusal { try DBSCAN(metric: .cosine, algorithm: .tree).fit(x) } == .parameter)
    #expect(refusal { try Linkage(x, method: .ward, metric: .manhattan) } == .parameter)
    #expect(refusal { try AgglomerativeClustering(clusters: 151).fit(x) } == .parameter)
    #expect(refusal { try GaussianMixture(components: 151).fit(x) } == .tooFewSamples)
    #expect(refusal { try GaussianMixture(regularization: -1).fit(x) } == .parameter)
    #expect(refusal { try KMeans(clusters: 3, seed: 0).fit(x).predict(Matrix.zeros(1, 3)) } == .shape)
  }

  @Test func models() throws {
    let x = try ClassicData.iris().x
    let centres = try KMeans(clusters: 3, seed: 0).fit(x)
    #expect(try ClassicData.reread(centres) == centres && centres.clusterSizes.reduce(0, +) == 150)
    #expect(try ClassicData.damageProblems(centres) { _ = try $0.predict(x) }.isEmpty)
    #expect(centres.description.contains("3 centres of 150 samples, settled after"))
    let density = try DBSCAN().fit(x)
    #expect(try ClassicData.reread(density) == density)
    #expect(try ClassicData.damageProblems(density) { _ = $0.description }.isEmpty)
    #expect(density.description.contains("17 of them noise"))
    let tree = try AgglomerativeClustering(clusters: 3).fit(x[0..<30, .all])
    #expect(try ClassicData.reread(tree) == tree && tree.description.contains("by ward linkage"))
    #expect(try ClassicData.damageProblems(tree) { _ = ($0.linkage.leafOrder, $0.description) }.isEmpty)
    for kind in GaussianMixture.CovarianceKind.allCases {
      let mixture = try GaussianMixture(components: 2, covariance: kind, seed: 0).fit(x)
      #expect(try ClassicData.reread(mixture) == mixture)
      #expect(try ClassicData.damageProblems(mixture) { _ = try $0.predict(x) }.isEmpty)
    }
  }
}
