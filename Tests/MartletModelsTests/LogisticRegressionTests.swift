import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct LogisticRegressionTests {
  struct Fit: Decodable {
    let name: String
    let c: Double
    let fitIntercept, scaled: Bool
    let coefficients, probabilities: [[Double]]
    let intercepts: [Double]
    let logLoss, accuracy: Double
  }
  struct HeldOut: Decodable {
    let correct, count: Int
    let confusion: [[Int]]
    let predicted: [Int]
  }
  struct Scaler: Decodable { let means, scales, firstRow: [Double] }
  struct Reference: Decodable {
    let fits: [Fit]
    let heldOut: [String: HeldOut]
    let scaler: Scaler
  }

  static func data(_ name: String) throws -> (Matrix, [Int]) {
    if name == "digits" {
      let digits = try Datasets.digits()
      return (digits.features, digits.labels)
    }
    let iris = try Datasets.iris()
    let codes = try iris["species", String.self].values().map {
      ["setosa": 0, "versicolor": 1, "virginica": 2][$0] ?? -1
    }
    return (try iris.matrix(except: "species"), name == "iris" ? codes : codes.map { $0 == 2 ? 1 : 0 })
  }

  @Test(arguments: 0..<6) func agreesWithScikitLearn(place: Int) throws {
    let expected = try ReferenceFile.read("logistic", as: Reference.self).fits[place]
    var (x, y) = try Self.data(expected.name)
    if expected.scaled { x = try StandardScaler().fit(x).transform(x) }
    let method = LogisticRegression<Int>(
      inverseRegularization: expected.c, fitsIntercept: expected.fitIntercept, tolerance: 1e-10)
    let model = try method.fit(x, y)
    #expect(model.hasConverged)
    #expect(agree(model.coefficients.scalars, expected.coefficients.flatMap { $0 }, within: 1e-5))
    #expect(agree(model.intercepts, expected.intercepts, within: 1e-5))
    let probabilities = try model.predictProbabilities(x)
    #expect(agree(probabilities[.stride(by: 20)].scalars, expected.probabilities.flatMap { $0 }, within: 1e-6))
    #expect(
      agree(
        [logLoss(probabilities: probabilities, actual: y, classes: model.classes)], [expected.logLoss], within: 1e-7))
    #expect(try model.score(x, y) == expected.accuracy)
    for sum in probabilities.sum(axis: 1).scalars { #expect(abs(sum - 1) < 1e-12) }
  }

  /// The default tolerance is loose enough to be quick and tight enough for four digits.
  @Test func defaultToleranceGivesFourDigits() throws {
    let expected = try ReferenceFile.read("logistic", as: Reference.self).fits[3]
    let (x, y) = try Self.data("digits")
    let model = try LogisticRegression().fit(StandardScaler().fit(x).transform(x), y)
    #expect(agree(model.coefficients.scalars, expected.coefficients.flatMap { $0 }, within: 1e-4))
  }

  @Test(arguments: ["iris", "digits"]) func heldOutPredictionsAreScikitLearns(name: String) throws {
    let expected = try #require(try ReferenceFile.read("logistic", as: Reference.self).heldOut[name])
    let (x, y) = try Self.data(name)
    let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.2, seed: 0)
    let scaler = try StandardScaler().fit(xTrain)
    let model = try LogisticRegression().fit(scaler.transform(xTrain), yTrain)
    let predicted = try model.predict(scaler.transform(xTest))
    #expect(predicted == expected.predicted)
    #expect(zip(predicted, yTest).count { $0 == $1 } == expected.correct && yTest.count == expected.count)
    let confusion = ConfusionMatrix(predicted: predicted, actual: yTest)
    #expect(confusion.counts == Tensor(expected.confusion))
    #expect(confusion.accuracy == Double(expected.correct) / Double(expected.count))
  }

  @Test func scalerAgreesWithScikitLearn() throws {
    let expected = try ReferenceFile.read("logistic", as: Reference.self).scaler
    let (x, _) = try Self.data("digits")
    let scaler = try StandardScaler().fit(x)
    #expect(agree(scaler.means, expected.means, within: 1e-13) && agree(scaler.scales, expected.scales, within: 1e-13))
    let scaled = try scaler.transform(x)
    #expect(agree(scaled.row(0).scalars, expected.firstRow, within: 1e-12))
    #expect(agree(try scaler.inverseTransform(scaled).scalars, x.scalars, within: 1e-12))
    #expect(try StandardScaler().fit(Matrix.full(0.1, 7, 1)).scales == [1])
  }

  enum Size: String, Codable { case large, small }

  @Test func labelsStayTheUsersType() throws {
    let x = Matrix([[1], [2], [8], [9]])
    #expect(try LogisticRegression().fit(x, ["b", "b", "a", "a"]).predict(x) == ["b", "b", "a", "a"])
    #expect(try LogisticRegression().fit(x, ["b", "b", "a", "a"]).classes == ["a", "b"])
    #expect(try LogisticRegression().fit(x, [true, true, false, false]).classes == [false, true])
    let model = try LogisticRegression<Size>().fit(x, [.small, .small, .large, .large])
    #expect(try model.classes == [.small, .large] && model.predict(Matrix([[0.0]])) == [.small])
    let again = try JSONDecoder().decode(LogisticRegression<Size>.Model.self, from: JSONEncoder().encode(model))
    #expect(try again.predictProbabilities(x) == model.predictProbabilities(x))
  }

  @Test func tables() throws {
    let iris = try Datasets.iris()
    let (train, test) = try trainTestSplit(iris, testSize: 0.2, seed: 0)
    let model = try LogisticRegression<String>().fit(train, target: "species")
    #expect(model.features == ["sepalLength", "sepalWidth", "petalLength", "petalWidth"])
    #expect(try model.score(test) == 1)
    #expect(try model.predictProbabilities(test).shape == [30, 3])
    #expect(model.description.contains("petalWidth") && model.description.contains("versicolor"))
  }

  /// Without a penalty and without overlap the weights grow without end; it stops and says so.
  @Test func separationIsNoticed() throws {
    let x = Matrix([[-1], [-2], [1], [2]])
    let method = LogisticRegression<Int>(inverseRegularization: .infinity, maximumIterations: 5, tolerance: 1e-12)
    let model = try method.fit(x, [0, 0, 1, 1])
    #expect(!model.hasConverged && model.description.contains("not settled"))
    #expect(model.isSeparated && model.description.contains("separates the classes"))
    // Held back, the weights have an end; and where classes overlap they have one anyway.
    #expect(try !LogisticRegression<Int>().fit(x, [0, 0, 1, 1]).isSeparated)
    #expect(try !LogisticRegression<Int>(inverseRegularization: .infinity).fit(x, [0, 1, 0, 1]).isSeparated)
    let three = Matrix([[0, 0], [0, 1], [9, 0], [9, 1], [0, 9], [1, 9]])
    for solver in [LogisticSolver.lbfgs, .newtonCholesky] {
      let free = LogisticRegression<Int>(inverseRegularization: .infinity, solver: solver)
      #expect(try free.fit(three, [0, 0, 1, 1, 2, 2]).isSeparated && !free.fit(three, [0, 1, 1, 0, 2, 2]).isSeparated)
    }
    #expect(try model.predictProbabilities(Matrix([[1e300], [-1e300]])).scalars == [0, 1, 1, 0])
  }

  @Test func oddsRatiosAreExponentials() throws {
    let (x, y) = try Self.data("irisVirginica")
    let model = try LogisticRegression<Int>().fit(x, y)
    #expect(model.oddsRatios.shape == [1, 4])
    // One more of a feature multiplies the odds by its ratio.
    let rows = Matrix([[6, 3, 5, 1.5], [6, 3, 6, 1.5]])
    let odds = try model.predictProbabilities(rows).column(1).scalars.map { $0 / (1 - $0) }
    #expect(agree([odds[1] / odds[0]], [model.oddsRatios[0, 2]], within: 1e-12))
  }

  @Test func refusals() {
    func kind(_ work: () throws(FitError) -> some Any) -> FitError.Kind? {
      do {
        _ = try work()
        return nil
      } catch { return error.kind }
    }
    let x = Matrix([[1], [2]])
    #expect(kind { () throws(FitError) in try LogisticRegression().fit(x, [1, 1]) } == .tooFewClasses)
    #expect(kind { () throws(FitError) in try LogisticRegression().fit(x, [1]) } == .shape)
    #expect(
      kind { () throws(FitError) in try LogisticRegression(inverseRegularization: 0).fit(x, [1, 2]) } == .parameter)
    #expect(kind { () throws(FitError) in try LogisticRegression().fit(Matrix([[1]]), [1]) } == .tooFewSamples)
    #expect(kind { () throws(FitError) in try LogisticRegression().fit(Matrix([[.nan], [1]]), [1, 2]) } == .notFinite)
  }
}
