import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

@Suite struct ManifoldTests {
  struct Process: Decodable { let mean, deviation, gradient: [Double], likelihood: Double }
  struct Reference: Decodable {
    let noisy, plain, kernelValues, incrementalVariance, incrementalRatio, before, after: [Double]
    let processes: [String: Process]
    let learned: Process
    let trust, incrementalNoise, nmfError, psi, ks, ksP: Double
    let cloud, pca, kernel, incremental, nmfSmall, nmfAmounts: [[Double]]
  }
  let reference: Reference
  let x = Matrix.linspace(0, 5, count: 11).reshaped(-1, 1)
  let fresh = Matrix([[-1], [0.3], [2.3], [6]])
  init() throws { reference = try ReferenceFile.read("manifolds") }

  private var sine: [Double] { x.flattened().scalars.map { sin($0) } }

  /// scikit-learn's numbers, and those of the toolkit's table: .74562146, .00097078 and 6.85263118.
  @Test func theGuessOfASineIsScikitLearns() throws {
    let model = try GaussianProcessRegressor(noise: 1e-6, optimizes: false).fit(x, sine)
    let found = [
      try model.predict(Matrix([[2.3]]))[0], try model.predictDeviations(Matrix([[2.3]]))[0],
      model.logMarginalLikelihood,
    ]
    #expect(agree(found, reference.plain, within: 1e-8))
    #expect(agree(found, [0.74562146, 0.00097078, 6.85263118], within: 1e-7))
  }

  @Test func everyKernelIsScikitLearns() throws {
    let kernels: [String: CovarianceKernel] = [
      "matern": .matern(length: 0.7, smoothness: .threeHalves), "rough": .matern(length: 0.7, smoothness: .half),
      "smooth": .matern(length: 0.7, smoothness: .fiveHalves),
      "rational": .rationalQuadratic(length: 0.8, mixture: 1.5),
      "periodic": .periodic(length: 1.2, period: 3), "mixed": .constant(2) * .rbf(length: 0.9) + .white(0.1),
    ]
    for (name, kernel) in kernels {
      let expected = try #require(reference.processes[name])
      let model = try GaussianProcessRegressor(kernel: kernel, noise: 1e-6, optimizes: false).fit(x, sine)
      #expect(agree(try model.predict(fresh), expected.mean, within: 1e-7), "\(name)")
      #expect(agree(try model.predictDeviations(fresh), expected.deviation, within: 1e-5), "\(name)")
      #expect(agree([model.logMarginalLikelihood], [expected.likelihood], within: 1e-7), "\(name)")
    }
  }

  @Test func aKernelsNumbersAreLearned() throws {
    let kernel: CovarianceKernel = .constant(1) * .rbf(length: 1) + .white(0.1)
    let model = try GaussianProcessRegressor(kernel: kernel, noise: 0, standardizes: true).fit(x, reference.noisy)
    #expect(model.logMarginalLikelihood > reference.learned.likelihood - 1e-6)
    #expect(agree(try model.predict(fresh), reference.learned.mean, within: 1e-3))
    #expect(agree(try model.predictDeviations(fresh), reference.learned.deviation, within: 1e-3))
    let functions = try model.sample(fresh, count: 4_000, seed: 1)
    #expect(agree(functions.mean(axis: 1).scalars, try model.predict(fresh), within: 0.1))
    let twice = try GaussianProcessRegressor(noise: 0, optimizes: false).fit(Matrix([[1], [2]]), [1, 2])
    #expect(twice.logMarginalLikelihood.isFinite)
    #expect(
      refusal { try GaussianProcessRegressor(noise: 0, optimizes: false).fit(Matrix([[1], [1]]), [1, 2]) }
        == .notConverged)
  }

  @Test func kernelComponentsAreScikitLearns() throws {
    let (x, _) = try ClassicData.iris()
    let model = try KernelPCA(components: 3, kernel: .rbf(gamma: 0.2)).fit(x)
    #expect(agree(model.eigenvalues, reference.kernelValues, within: 1e-8))
    let found = try model.transform(x[0..<20, .all] + 0.1)
    #expect(agree(found.scalars, reference.kernel.flatMap { $0 }, within: 1e-7))
    let own = try model.transform(x)
    #expect(agree((own * own).sum(axis: 0).scalars, model.eigenvalues, within: 1e-8))
  }

  @Test func incrementalComponentsAreScikitLearns() throws {
    let (x, _) = try ClassicData.iris()
    let model = try IncrementalPCA(components: 2, batchSize: 40).fit(x)
    #expect(
      agree(
        model.components.map { abs($0) }.scalars, reference.incremental.flatMap { $0.map { abs($0) } }, within: 1e-8))
    #expect(agree(model.explainedVariance, reference.incrementalVariance, within: 1e-8))
    #expect(agree(model.explainedVarianceRatio, reference.incrementalRatio, within: 1e-8))
    let whole = try PCA(components: 2).fit(x)
    let all = try IncrementalPCA(components: 2, batchSize: 150).fit(x)
    #expect(agree(all.components.scalars, whole.components.scalars, within: 1e-8))
  }

  @Test func partsAreScikitLearns() throws {
    let (iris, _) = try ClassicData.iris()
    let small = try NMF(components: 2, maximumIterations: 1_000, tolerance: 1e-8).fit(iris)
    #expect(agree(small.components.scalars, reference.nmfSmall.flatMap { $0 }, within: 1e-3))
    let amounts = try small.transform(iris[0..<10, .all])
    #expect(agree(amounts.scalars, reference.nmfAmounts.flatMap { $0 }, within: 1e-3))
    let (digits, _) = try ClassicData.digits()
    let model = try NMF(components: 10, maximumIterations: 500).fit(digits)
    #expect(abs(model.reconstructionError - reference.nmfError) < 0.05)
    #expect(refusal { try NMF(components: 2).fit(iris - 3) } == .parameter)
  }

  @Test func neighboursStayNeighbours() throws {
    let (digits, labels) = try ClassicData.digits()
    let some = digits[0..<300, .all]
    let own = try trustworthiness(of: Matrix(reference.pca), for: Matrix(reference.cloud))
    #expect(agree([own], [reference.trust], within: 1e-12))
    let model = try TSNE(perplexity: 20, iterations: 500).fit(some)
    #expect(model.embedding.shape == [300, 2] && model.divergence > 0 && model.divergence < 1)
    // scikit-learn reaches .99 here; principal components .83.
    #expect(try trustworthiness(of: model.embedding, for: some) > 0.98)
    let near = try KNeighborsClassifier<Int>(neighbors: 1).fit(model.embedding[0..<200, .all], Array(labels[..<200]))
    #expect(try near.score(model.embedding[200..<300, .all], Array(labels[200..<300])) > 0.85)
    let alone = try Parallel.$threadLimit.withValue(1) {
      try TSNE(perplexity: 5, iterations: 250).fit(some[0..<40, .all])
    }
    #expect(try TSNE(perplexity: 5, iterations: 250).fit(some[0..<40, .all]) == alone)
    #expect(refusal { try TSNE(perplexity: 400).fit(some) } == .parameter)
    #expect(try ClassicData.reread(model) == model)
  }

  @Test func driftIsMeasured() throws {
    let drift = try DataDrift.between(reference.before, reference.after)
    #expect(agree([drift.stabilityIndex, drift.distance], [reference.psi, reference.ks], within: 1e-10))
    #expect(abs(drift.pValue - reference.ksP) < 1e-2 && drift.verdict == .large)
    let none = try DataDrift.between(reference.before, reference.before)
    #expect(none.stabilityIndex == 0 && none.distance == 0 && none.verdict == .none)
    #expect(refusal { try DataDrift.between([], [1]) } == .tooFewSamples)
  }
}
