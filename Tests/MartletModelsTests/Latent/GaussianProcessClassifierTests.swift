import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

@Suite struct GaussianProcessClassifierTests {
  let reference: LatentReference
  let x: Matrix
  let fresh = Matrix([[-5], [-1], [0.1], [0.9], [4]])
  init() throws {
    reference = try .read()
    x = Matrix(reference.places, shape: [30, 1])
  }

  private static let kernels: [String: CovarianceKernel] = [
    "rbf": .rbf(length: 0.8), "scaled": .constant(4) * .rbf(length: 0.8),
    "matern": .constant(2) * .matern(length: 0.7, smoothness: .threeHalves),
    "rough": .matern(length: 0.7, smoothness: .half), "smooth": .matern(length: 0.7, smoothness: .fiveHalves),
    "rational": .constant(3) * .rationalQuadratic(length: 0.8, mixture: 1.5),
    "periodic": .constant(3) * .periodic(length: 1.2, period: 3),
    "mixed": .constant(4) * .rbf(length: 0.9) + .white(0.3),
  ]

  @Test(arguments: kernels.keys.sorted()) func everyKernelIsScikitLearns(name: String) throws {
    let (kernel, expected) = (try #require(Self.kernels[name]), try #require(reference.fixed[name]))
    let method = GaussianProcessClassifier<Int>(kernel: kernel, optimizes: false)
    let model = try method.fit(x, reference.answers)
    #expect(agree([model.logMarginalLikelihood], [expected.likelihood], within: 1e-8))
    let (means, variances) = try model.latent(fresh)
    #expect(agree(means.scalars, expected.means, within: 1e-6))
    #expect(agree(variances.scalars, expected.variances, within: 1e-6))
    #expect(agree(try model.predictProbabilities(fresh).column(1).scalars, expected.probabilities, within: 1e-6))
    #expect(try model.predict(fresh) == expected.labels)
  }

  /// The slopes that the search follows are those of the likelihood: at its end no step in a number's logarithm is better.
  @Test func theKernelsNumbersAreLearned() throws {
    let model = try GaussianProcessClassifier<Int>().fit(x, reference.answers)
    #expect(model.logMarginalLikelihood > reference.learned.likelihood - 1e-6)
    #expect(agree(model.kernels[0].parameters, reference.learned.parameters, within: 1e-2))
    let probabilities = try model.predictProbabilities(fresh).column(1).scalars
    #expect(agree(probabilities, reference.learned.probabilities, within: 1e-3))
    for (scale, length) in [(1.02, 1), (0.98, 1), (1, 1.02), (1, 0.98)] {
      let own = model.kernels[0].parameters
      let beside = CovarianceKernel.constant(own[0] * scale) * .rbf(length: own[1] * length)
      let other = try GaussianProcessClassifier<Int>(kernel: beside, optimizes: false).fit(x, reference.answers)
      #expect(other.logMarginalLikelihood < model.logMarginalLikelihood)
    }
  }

  /// The figures of scikit-learn's documentation: a score of 0.9866 and the first two rows of probabilities.
  @Test func severalClassesAreScikitLearns() throws {
    let (iris, species) = try ClassicData.iris()
    let kept = try GaussianProcessClassifier<Int>(kernel: .constant(9) * .rbf(length: 2), optimizes: false)
      .fit(iris, species)
    #expect(agree([kept.logMarginalLikelihood], [reference.kept.likelihood], within: 1e-8))
    let places = iris[.stride(by: 25)]
    #expect(agree(try kept.predictProbabilities(places), reference.kept.probabilities, within: 1e-6))
    let model = try GaussianProcessClassifier<Int>().fit(iris, species)
    #expect(model.kernels.count == 3)
    #expect(model.logMarginalLikelihood > reference.many.likelihood - 1e-4)
    #expect(agree(try model.predictProbabilities(places), reference.many.probabilities, within: 2e-3))
    let documented = [[0.83548752, 0.03228706, 0.13222543], [0.79064206, 0.06525643, 0.14410151]]
    #expect(agree(try model.predictProbabilities(iris[0..<2, .all]), documented, within: 2e-3))
    #expect(try model.score(iris, species) == 148.0 / 150)
  }

  /// Far from all samples nothing is known: both classes are equally likely.
  @Test func farAwayNothingIsKnown() throws {
    let method = GaussianProcessClassifier<Int>(kernel: .constant(4) * .rbf(length: 1), optimizes: false)
    let model = try method.fit(x, reference.answers)
    #expect(agree(try model.predictProbabilities(Matrix([[100]])).scalars, [0.5, 0.5], within: 1e-6))
    let (mean, variance) = try model.latent(Matrix([[100]]))
    #expect(mean[0, 0] == 0 && variance[0, 0] == 4)
  }

  @Test func refusals() throws {
    let y = reference.answers
    #expect(refusal { try GaussianProcessClassifier<Int>(restarts: -1).fit(x, y) } == .parameter)
    #expect(refusal { try GaussianProcessClassifier<Int>(maximumSteps: 0).fit(x, y) } == .parameter)
    #expect(refusal { try GaussianProcessClassifier<Int>(kernel: .rbf(length: 0)).fit(x, y) } == .parameter)
    #expect(refusal { try GaussianProcessClassifier<Int>().fit(x, y.map { _ in 1 }) } == .tooFewClasses)
    let boundless = GaussianProcessClassifier<Int>(kernel: .constant(1e308) * .constant(1e308), optimizes: false)
    #expect(refusal { try boundless.fit(x, y) } == .notConverged)
    let once = try GaussianProcessClassifier<Int>(restarts: 2, seed: 1).fit(x, y)
    #expect(try once.kernels == GaussianProcessClassifier<Int>(restarts: 2, seed: 1).fit(x, y).kernels)
  }
}
