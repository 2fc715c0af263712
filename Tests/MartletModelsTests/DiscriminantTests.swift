import MartletModels
import MartletNumerics
import Testing

@Suite struct DiscriminantTests {
  struct Fit: Decodable {
    let name: String
    let score: Double
    let probabilities: [[Double]]
    let ratio: [Double]?
    let coordinates: [[Double]]?
  }
  struct Reference: Decodable { let fits: [Fit] }

  private func linear(_ name: String) -> LinearDiscriminantAnalysis<Int> {
    switch name {
    case "leastSquares": .init(solver: .leastSquares)
    case "eigen": .init(solver: .eigenvectors)
    case "fixed": .init(solver: .eigenvectors, shrinkage: .fixed(0.3))
    case "ledoitWolf": .init(solver: .eigenvectors, shrinkage: .ledoitWolf)
    case "ledoitWolfLeastSquares": .init(solver: .leastSquares, shrinkage: .ledoitWolf)
    case "priors": .init(priors: .given([0: 0.2, 1: 0.5, 2: 0.3]), components: 1)
    default: .init()
    }
  }

  @Test(arguments: 0..<11) func modelsAreScikitLearns(place: Int) throws {
    let expected = try ReferenceFile.read("discriminants", as: Reference.self).fits[place]
    var (x, y) = try ["digits", "regularized"].contains(expected.name) ? ClassicData.digits() : ClassicData.iris()
    if expected.name == "two" { (x, y) = (x[50..., .all], Array(y[50...])) }
    let some = x[.stride(by: 10)]
    if expected.coordinates == nil && !expected.name.hasPrefix("l") {
      let model = try QuadraticDiscriminantAnalysis<Int>(regularization: expected.name == "quadratic" ? 0 : 0.2).fit(
        x, y)
      #expect(try model.score(x, y) == expected.score)
      #expect(agree(try model.predictProbabilities(some).scalars, expected.probabilities.flatMap { $0 }, within: 1e-7))
      return
    }
    let model = try linear(expected.name).fit(x, y)
    #expect(try model.score(x, y) == expected.score)
    #expect(agree(try model.predictProbabilities(some).scalars, expected.probabilities.flatMap { $0 }, within: 1e-7))
    guard let ratio = expected.ratio, let coordinates = expected.coordinates else {
      #expect(refusal { try model.transform(some) } == .parameter)
      return
    }
    #expect(agree(model.explainedVarianceRatio, ratio, within: 1e-9))
    // The sign of a direction is not determined.
    #expect(agree(abs(try model.transform(some)).scalars, coordinates.flatMap { $0 }, within: 1e-6))
  }

  @Test func refusals() throws {
    let (x, y) = try ClassicData.iris()
    #expect(refusal { try LinearDiscriminantAnalysis<Int>(components: 3).fit(x, y) } == .parameter)
    #expect(refusal { try LinearDiscriminantAnalysis<Int>(shrinkage: .ledoitWolf).fit(x, y) } == .parameter)
    #expect(refusal { try LinearDiscriminantAnalysis<Int>().fit(x[rows: [0, 60]], [0, 1]) } == .tooFewSamples)
    let same = Matrix([[1, 1], [1, 1], [2, 2], [2, 2]])
    #expect(refusal { try LinearDiscriminantAnalysis<Int>().fit(same, [0, 0, 1, 1]) } == .notConverged)
    #expect(
      refusal { try LinearDiscriminantAnalysis<Int>(solver: .eigenvectors).fit(same, [0, 0, 1, 1]) } == .notConverged)
    #expect(refusal { try QuadraticDiscriminantAnalysis<Int>(regularization: 2).fit(x, y) } == .parameter)
    #expect(
      refusal { try QuadraticDiscriminantAnalysis<Int>().fit(x[rows: [0, 1, 60]], [0, 0, 1]) } == .tooFewSamples)
  }

  @Test func models() throws {
    let (x, y) = try ClassicData.iris()
    let linear = try LinearDiscriminantAnalysis<Int>().fit(x, y)
    #expect(linear.description.contains("0.991213"))
    #expect(try ClassicData.damageProblems(linear) { _ = try $0.transform(x) }.isEmpty)
    let quadratic = try QuadraticDiscriminantAnalysis<Int>().fit(x, y)
    #expect(try ClassicData.damageProblems(quadratic) { _ = try $0.predict(x) }.isEmpty)
  }
}
