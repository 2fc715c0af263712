import MartletModels
import MartletNumerics
import Testing

@Suite struct DecompositionTests {
  struct Decomposition: Decodable {
    let name: String
    let components, first, back: [[Double]]
    let variance, ratio, singular: [Double]
    let noise: Double
  }
  struct Truncated: Decodable {
    let components, first: [[Double]]
    let singular, variance, ratio: [Double]
  }
  struct Reference: Decodable {
    let pca: [Decomposition]
    let digitsLikelihood: Int
    let svd: Truncated
  }

  private func method(_ name: String) -> PCA {
    switch name {
    case "two": PCA(components: 2)
    case "whitened": PCA(components: 3, whitens: true)
    case "variance": PCA(components: .variance(0.97))
    case "likelihood": PCA(components: .maximumLikelihood)
    case "digits": PCA(components: .variance(0.8))
    case "wide": PCA(components: 4)
    default: PCA()
    }
  }

  @Test(arguments: 0..<7) func componentsAreScikitLearns(place: Int) throws {
    let expected = try ReferenceFile.read("decomposition", as: Reference.self).pca[place]
    let digits = try ClassicData.digits().x
    let iris = try ClassicData.iris().x
    let x = ["digits": digits, "wide": digits[0..<30, .all]][expected.name] ?? iris
    for solver in expected.name == "wide" ? [PCA.Solver.automatic] : [.automatic, .covariance, .singularValues] {
      var method = method(expected.name)
      method.solver = solver
      let model = try method.fit(x)
      #expect(agree(model.components.scalars, expected.components.flatMap { $0 }, within: 1e-8))
      #expect(agree(model.explainedVariance, expected.variance))
      #expect(agree(model.explainedVarianceRatio, expected.ratio))
      #expect(agree(model.singularValues, expected.singular))
      #expect(agree([model.noiseVariance], [expected.noise]))
      let coordinates = try model.transform(x[0..<5, .all])
      #expect(agree(coordinates.scalars, expected.first.flatMap { $0 }, within: 1e-7))
      let back = try model.inverseTransform(coordinates[0..<2, .all])
      #expect(agree(back.scalars, expected.back.flatMap { $0 }, within: 1e-8))
    }
  }

  @Test func likelihoodChoosesScikitLearnsRank() throws {
    let expected = try ReferenceFile.read("decomposition", as: Reference.self).digitsLikelihood
    let model = try PCA(components: .maximumLikelihood, solver: .singularValues).fit(ClassicData.digits().x)
    #expect(model.components.shape == [expected, 64])
  }

  @Test func whitenedCoordinatesHaveUnitCovariance() throws {
    let x = try ClassicData.iris().x
    let coordinates = try PCA(components: 3, whitens: true).fit(x).transform(x)
    #expect(agree(coordinates.covarianceMatrix().scalars, Matrix.eye(3).scalars))
  }

  /// What is left out is exactly the variance of the directions left out.
  @Test func reconstructionErrorIsTheRestOfTheVariance() throws {
    let x = try ClassicData.iris().x
    let all = try PCA().fit(x)
    let errors = try PCA(components: 2).fit(x).reconstructionErrors(x)
    #expect(agree([errors.reduce(0, +) / 149], [all.explainedVariance[2...].reduce(0, +)]))
    #expect(agree(try all.reconstructionErrors(x), [Double](repeating: 0, count: 150)))
  }

  /// A large mean costs no digits: the samples are centred before they are multiplied.
  @Test func distantSamplesHaveTheSameComponents() throws {
    let x = try ClassicData.iris().x
    let far = try PCA(solver: .covariance).fit(x + 1e6)
    #expect(agree(far.explainedVariance, try PCA().fit(x).explainedVariance, within: 1e-8))
  }

  @Test func truncatedSingularValuesAreScikitLearns() throws {
    let expected = try ReferenceFile.read("decomposition", as: Reference.self).svd
    let x = try ClassicData.digits().x
    let model = try TruncatedSVD(components: 5).fit(x)
    #expect(agree(model.singularValues, expected.singular) && agree(model.explainedVariance, expected.variance))
    #expect(agree(model.explainedVarianceRatio, expected.ratio))
    #expect(agree(model.components.scalars, expected.components.flatMap { $0 }, within: 1e-8))
    let coordinates = try model.transform(x[0..<3, .all])
    #expect(agree(coordinates.scalars, expected.first.flatMap { $0 }, within: 1e-8))
    #expect(try model.inverseTransform(coordinates).shape == [3, 64])
  }

  @Test func refusals() throws {
    let x = try ClassicData.iris().x
    #expect(refusal { try PCA(components: 5).fit(x) } == .parameter)
    #expect(refusal { try PCA(components: .count(0)).fit(x) } == .parameter)
    #expect(refusal { try PCA(components: .variance(1)).fit(x) } == .parameter)
    #expect(refusal { try PCA(components: .maximumLikelihood).fit(x[0..<3, .all]) } == .tooFewSamples)
    #expect(refusal { try PCA().fit(x[0..<1, .all]) } == .tooFewSamples)
    #expect(refusal { try TruncatedSVD(components: 5).fit(x) } == .parameter)
    #expect(refusal { try PCA().fit(x).inverseTransform(Matrix.zeros(2, 3)) } == .shape)
  }

  @Test func models() throws {
    let x = try ClassicData.iris().x
    let model = try PCA(components: 2).fit(x)
    #expect(try ClassicData.reread(model) == model)
    #expect(model.description.hasPrefix("Principal components\n2 of 4 features' directions, from 150 samples"))
    #expect(try ClassicData.damageProblems(model) { _ = try $0.transform(x) }.isEmpty)
    #expect(try TruncatedSVD().fit(x).description.contains("singular value"))
  }
}
