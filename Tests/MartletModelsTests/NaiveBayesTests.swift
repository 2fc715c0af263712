import MartletModels
import MartletNumerics
import Testing

@Suite struct NaiveBayesTests {
  struct Fit: Decodable {
    let name: String
    let score: Double
    let probabilities, joint: [[Double]]
  }
  struct Wine: Decodable {
    let x: [[Double]]
    let y: [Int]
  }
  struct Reference: Decodable {
    let fits: [Fit]
    let wine: Wine
  }

  /// A fitted model of any of the methods.
  private struct Seen {
    let score: Double
    let probabilities, joint: Matrix
  }

  private func seen<E: WeightedEstimator<Matrix, [Int], E.Model>>(
    _ method: E, _ x: Matrix, _ y: [Int], _ weights: [Double]?, _ joint: (E.Model, Matrix) throws -> Matrix
  ) throws -> Seen where E.Model: Classifier, E.Model.Label == Int {
    let model = try method.fit(x, y, weights: weights)
    return Seen(
      score: try model.score(x, y), probabilities: try model.predictProbabilities(x[.stride(by: 15)]),
      joint: try joint(model, x[.stride(by: 50)]))
  }

  @Test(arguments: 0..<11) func modelsAreScikitLearns(place: Int) throws {
    let reference = try ReferenceFile.read("bayes", as: Reference.self)
    let expected = reference.fits[place]
    let (iris, species) = try ClassicData.iris()
    let (digits, labels) = try ClassicData.digits()
    let weights = (0..<1_797).map { Double($0 % 3) + 0.5 }
    let given = ClassPriors<Int>.given([0: 0.2, 1: 0.5, 2: 0.3])
    func gaussian(_ x: Matrix, _ y: [Int], _ weights: [Double]? = nil, _ priors: ClassPriors<Int> = .observed) throws
      -> Seen
    {
      try seen(GaussianNaiveBayes(priors: priors), x, y, weights) { try $0.jointLogLikelihood($1) }
    }
    let found =
      switch expected.name {
      case "iris": try gaussian(iris, species)
      case "wine": try gaussian(Matrix(reference.wine.x), reference.wine.y)
      case "digits": try gaussian(digits, labels)
      case "weighted": try gaussian(iris, species, Array(weights[..<150]))
      case "priors": try gaussian(iris, species, nil, given)
      case "multinomial":
        try seen(MultinomialNaiveBayes(), digits, labels, nil) { try $0.jointLogLikelihood($1) }
      case "multinomialWeighted":
        try seen(MultinomialNaiveBayes(smoothing: 0.1, priors: .uniform), digits, labels, weights) {
          try $0.jointLogLikelihood($1)
        }
      case "complement": try seen(ComplementNaiveBayes(), digits, labels, nil) { try $0.jointLogLikelihood($1) }
      case "complementNormalized":
        try seen(ComplementNaiveBayes(smoothing: 0.5, normalizes: true), digits, labels, nil) {
          try $0.jointLogLikelihood($1)
        }
      case "bernoulli":
        try seen(BernoulliNaiveBayes(threshold: 8), digits, labels, nil) { try $0.jointLogLikelihood($1) }
      default:
        try seen(CategoricalNaiveBayes(), (iris * 2.0).map { $0.rounded(.down) }, species, nil) {
          try $0.jointLogLikelihood($1)
        }
      }
    #expect(found.score == expected.score)
    // scikit-learn's smoothing of Gaussian variances does not weight the samples.
    let tolerance = expected.name == "weighted" ? 1e-6 : 1e-8
    #expect(agree(found.probabilities.scalars, expected.probabilities.flatMap { $0 }, within: tolerance))
    #expect(agree(found.joint.scalars, expected.joint.flatMap { $0 }, within: tolerance))
  }

  @Test func stepsTeachTheSameAsAllAtOnce() throws {
    let (x, y) = try ClassicData.digits()
    let gaussian = GaussianNaiveBayes<Int>()
    var model = try gaussian.fit(x[0..<100, .all], Array(y[0..<100]))
    for first in stride(from: 100, to: 1_797, by: 400) {
      let part = first..<min(first + 400, 1_797)
      try gaussian.update(&model, x[part, .all], Array(y[part]))
    }
    let whole = try gaussian.fit(x, y)
    #expect(agree(model.means.scalars, whole.means.scalars) && agree(model.variances.scalars, whole.variances.scalars))
    let counts = MultinomialNaiveBayes<Int>()
    var counted = try counts.fit(x[0..<100, .all], Array(y[0..<100]))
    try counts.update(&counted, x[100..., .all], Array(y[100...]))
    #expect(agree(counted.weights.scalars, try counts.fit(x, y).weights.scalars))
    #expect(refusal { try counts.update(&counted, x[0..<1, .all], [77]) } == .parameter)
  }

  @Test func informativeFeaturesAreNamed() throws {
    let x = Matrix([[5, 0, 1], [4, 1, 1], [0, 6, 1], [1, 5, 1]])
    let model = try MultinomialNaiveBayes<String>().fit(x, ["sport", "sport", "law", "law"])
    let text = model.mostInformativeFeatures(1, names: ["goal", "court", "noise"]).text
    #expect(text.contains("court") && text.contains("goal") && !text.contains("noise"))
  }

  @Test func refusals() throws {
    let x = Matrix([[1, 2], [3, 4]])
    #expect(refusal { try MultinomialNaiveBayes<Int>().fit(x * -1.0, [0, 1]) } == .parameter)
    #expect(refusal { try MultinomialNaiveBayes<Int>(smoothing: 0).fit(x, [0, 1]) } == .parameter)
    #expect(refusal { try GaussianNaiveBayes<Int>(priors: .given([0: 1])).fit(x, [0, 1]) } == .parameter)
    #expect(refusal { try CategoricalNaiveBayes<Int>().fit(x + 0.5, [0, 1]) } == .parameter)
    let model = try CategoricalNaiveBayes<Int>().fit(x, [0, 1])
    #expect(refusal { try model.predict(Matrix([[9, 2]])) } == .parameter)
    #expect(try CategoricalNaiveBayes<Int>(minimumCategories: 10).fit(x, [0, 1]).predict(Matrix([[9, 2]])) == [0])
  }

  @Test func damagedFilesDoNoHarm() throws {
    let (x, y) = try ClassicData.iris()
    let categories = x.map { $0.rounded(.down) }
    #expect(try ClassicData.damageProblems(GaussianNaiveBayes<Int>().fit(x, y)) { _ = try $0.predict(x) }.isEmpty)
    #expect(try ClassicData.damageProblems(BernoulliNaiveBayes<Int>().fit(x, y)) { _ = try $0.predict(x) }.isEmpty)
    #expect(
      try ClassicData.damageProblems(CategoricalNaiveBayes<Int>().fit(categories, y)) { _ = try $0.predict(categories) }
        .isEmpty)
  }
}
