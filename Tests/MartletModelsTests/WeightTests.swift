import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

/// Methods made of others, and grouping by density, with weights of samples, and isotonic curves, beside scikit-learn's.
@Suite struct WeightTests {
  struct Net: Decodable {
    let l1Ratio, regularization: Double
    let errors: [[Double]]
    let coefficients: [Double]
  }
  struct Fit: Decodable {
    let isIncreasing, weighted: Bool
    let range, predictions: [Double]
  }
  struct Curve: Decodable {
    let x, y, weights, places: [Double]
    let fits: [Fit]
  }
  struct Reference: Decodable {
    let x: [[Double]]
    let y, labels: [Int]
    let weights, own, sigmoid, isotonic, votes, numbers: [Double]
    let net: Net
    let curve: Curve
  }
  private let reference: Reference
  private let x: Matrix
  private let patients: (x: Matrix, y: [Double])

  init() throws {
    reference = try ReferenceFile.read("weights")
    x = Matrix(reference.x)
    let frame = try Datasets.diabetes()
    patients = (try frame.matrix(except: "progression"), try frame["progression", Double.self].values())
  }

  @Test func calibration() throws {
    let base = GaussianNaiveBayes<Int>()
    let sigmoid = try CalibratedClassifier(base, folds: StratifiedKFold(4)).fit(
      x, reference.y, weights: reference.weights)
    #expect(agree(try sigmoid.predictProbabilities(x).column(1).scalars, reference.sigmoid, within: 1e-5))
    let steps = CalibratedClassifier(base, by: .isotonic, folds: StratifiedKFold(4))
    let isotonic = try steps.fit(x, reference.y, weights: reference.weights)
    #expect(agree(try isotonic.predictProbabilities(x).column(1).scalars, reference.isotonic, within: 1e-6))
  }

  @Test func votes() throws {
    let vote = VotingRegressor(
      ["a": AnyRegressor(Ridge(regularization: 0.1)), "b": AnyRegressor(LinearRegression())], memberWeights: [1, 3])
    let model = try vote.fit(patients.x, patients.y, weights: reference.own)
    #expect(agree(try model.predict(patients.x), reference.numbers, within: 1e-8))
    let bayes = try GaussianNaiveBayes<Int>().fit(x, reference.y, weights: reference.weights)
    let line = LogisticRegression<Int>(inverseRegularization: 0.1, tolerance: 1e-10)
    let both = try line.fit(x, reference.y, weights: reference.weights).predictProbabilities(x)
    let mean = (try bayes.predictProbabilities(x) + both) / 2
    #expect(agree(mean.column(1).scalars, reference.votes, within: 1e-6))
    let one = try VotingClassifier(["line": line]).fit(x, reference.y, weights: reference.weights)
    #expect(try one.predictProbabilities(x) == both)
  }

  @Test func regularizationByFolds() throws {
    let expected = reference.net
    let search = ElasticNetCV(
      l1Ratios: [0.3, 0.8], count: 25, folds: KFold(4), net: ElasticNet(tolerance: 1e-11, maximumIterations: 1_000_000))
    let model = try search.fit(patients.x, patients.y, weights: reference.own)
    #expect(model.l1Ratio == expected.l1Ratio && agree([model.regularization], [expected.regularization]))
    for (trial, errors) in zip(model.trials, expected.errors) { #expect(agree(trial.errors, errors, within: 1e-6)) }
    #expect(agree(model.coefficients, expected.coefficients, within: 1e-4))
  }

  @Test func density() throws {
    let model = try DBSCAN(radius: 0.4, minimumSamples: 6).fit(x, weights: reference.weights)
    #expect(ClassicData.samePartition(model.labels, reference.labels))
    let ones = try DBSCAN(radius: 0.4, minimumSamples: 6).fit(x, weights: reference.weights.map { _ in 1 })
    #expect(try ones == DBSCAN(radius: 0.4, minimumSamples: 6).fit(x))
    #expect(refusal { try DBSCAN().fit(x, weights: [1]) } == .shape)
  }

  @Test(arguments: 0..<4) func isotonicCurves(place: Int) throws {
    let (curve, expected) = (reference.curve, reference.curve.fits[place])
    let range = expected.range.isEmpty ? nil : expected.range[0]...expected.range[1]
    let method = IsotonicRegression(isIncreasing: expected.isIncreasing, range: range)
    let model = try method.fit(
      Matrix(curve.x, shape: [60, 1]), curve.y, weights: expected.weighted ? curve.weights : nil)
    let places = Matrix(curve.places, shape: [25, 1])
    #expect(agree(try model.predict(places), expected.predictions))
    #expect(try ClassicData.reread(model) == model && model.description.contains("Isotonic regression"))
    #expect(try ClassicData.damageProblems(model) { _ = try $0.predict(places) }.isEmpty)
  }

  @Test func curvesTakeOneFeature() {
    #expect(refusal { try IsotonicRegression().fit(x, patients.y) } == .shape)
    #expect(refusal { try IsotonicRegression().fit(Matrix([[1], [2]]), [1, .nan]) } == .notFinite)
  }
}
