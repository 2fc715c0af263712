import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct LinearRegressionTests {
  struct Fit: Decodable {
    let name: String
    let columns: [Int]
    let coefficients, singularValues, withoutIntercept: [Double]
    let intercept, r2, r2WithoutIntercept: Double
    let rank: Int
  }
  struct Deficient: Decodable {
    let coefficients: [Double]
    let rank: Int
  }
  struct Reference: Decodable {
    let fits: [Fit]
    let deficient: Deficient
    let heldOutR2: Double
  }

  let reference: Reference
  let patients: DataFrame
  let x: Matrix
  let y: [Double]

  init() throws {
    reference = try ReferenceFile.read("linear")
    patients = try Datasets.diabetes()
    x = try patients.matrix(except: "progression")
    y = try patients["progression", Double.self].values()
  }

  @Test(arguments: 0..<2) func agreesWithScikitLearn(place: Int) throws {
    let expected = reference.fits[place]
    let features = Matrix.concatenated(expected.columns.map { x[.all, $0..<($0 + 1)] }, axis: 1)
    let model = try LinearRegression().fit(features, y)
    #expect(agree(model.coefficients, expected.coefficients) && agree([model.intercept], [expected.intercept]))
    #expect(agree(model.singularValues, expected.singularValues) && model.rank == expected.rank)
    #expect(agree([try model.score(features, y), model.trainingScore], [expected.r2, expected.r2]))
    let plain = try LinearRegression(fitsIntercept: false).fit(features, y)
    #expect(agree(plain.coefficients, expected.withoutIntercept) && plain.intercept == 0)
    #expect(agree([try plain.score(features, y)], [expected.r2WithoutIntercept]))
  }

  @Test func sharesTheWeightOfRepeatedFeatures() throws {
    let model = try LinearRegression().fit(Matrix.concatenated([x, x[.all, 0..<1]], axis: 1), y)
    #expect(agree(model.coefficients, reference.deficient.coefficients, within: 1e-9))
    #expect(model.rank == reference.deficient.rank)
    #expect(model.description.contains("Only 10 of 11 features are independent"))
  }

  @Test func heldOutScoreIsScikitLearns() throws {
    let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.2, seed: 0)
    let model = try LinearRegression().fit(xTrain, yTrain)
    #expect(agree([try model.score(xTest, yTest)], [reference.heldOutR2]))
  }

  @Test func tables() throws {
    let model = try LinearRegression().fit(patients, target: "progression", features: ["bmi"])
    #expect(agree(model.coefficients, [949.43526038]) && agree([model.intercept], [152.13348416]))
    #expect(agree([try model.score(patients)], [reference.fits[1].r2]))
    #expect(try LinearRegression().fit(patients, target: "progression").features.count == 10)
    #expect(try model.predict(patients).count == 442)
    let text = model.description
    #expect(text.contains("progression from 442 samples") && text.contains("bmi"))
    let again = try JSONDecoder().decode(TabularModel<LinearRegression.Model>.self, from: JSONEncoder().encode(model))
    #expect(try again.predict(patients) == model.predict(patients))
    do { _ = try model.predict(patients.dropping("bmi")) } catch let error as FitError {
      #expect(error.kind == .table && error.description.contains("No column 'bmi'"))
    }
  }

  @Test func refusals() {
    func kind(_ work: () throws(FitError) -> some Any) -> FitError.Kind? {
      do {
        _ = try work()
        return nil
      } catch { return error.kind }
    }
    let method = LinearRegression()
    #expect(kind { () throws(FitError) in try method.fit(Matrix([1, 2]), [1, 2]) } == .shape)
    #expect(kind { () throws(FitError) in try method.fit(Matrix([[1], [2]]), [1]) } == .shape)
    #expect(kind { () throws(FitError) in try method.fit(Matrix.zeros(0, 2), []) } == .tooFewSamples)
    #expect(kind { () throws(FitError) in try method.fit(Matrix([[.nan], [2]]), [1, 2]) } == .notFinite)
    #expect(kind { () throws(FitError) in try method.fit(Matrix([[1], [2]]), [1, .infinity]) } == .notFinite)
    #expect(kind { () throws(FitError) in try method.fit(patients, target: "progresion") } == .table)
    #expect(kind { () throws(FitError) in try method.fit(patients, target: "bmi", features: ["bmi"]) } == .table)
    #expect(kind { () throws(FitError) in try method.fit(x, y).predict(Matrix([[1, 2]])) } == .shape)
  }

  @Test func oneSampleIsItsOwnMean() throws {
    let model = try LinearRegression().fit(Matrix([[3, 4]]), [5])
    #expect(model.coefficients == [0, 0] && model.intercept == 5 && model.rank == 0)
  }
}
