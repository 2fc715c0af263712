import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct RidgeTests {
  struct Fit: Decodable {
    let coefficients: [Double]
    let intercept, r2: Double
    let regularization: Double?
    let fitsIntercept, weighted: Bool?
  }
  struct Wide: Decodable {
    let x: [[Double]]
    let y: [Double]
  }
  struct Search: Decodable {
    let regularizations, errors, coefficients: [Double]
    let best, intercept: Double
  }
  struct Reference: Decodable {
    let weights: [Double]
    let wide: Wide
    let fits: [Fit]
    let wideFit: Fit
    let cv: Search
  }

  let reference: Reference
  let x: Matrix
  let y: [Double]

  init() throws {
    reference = try ReferenceFile.read("ridge")
    (x, y) = try Patients.load()
  }

  @Test(arguments: 0..<4) func agreesWithScikitLearn(place: Int) throws {
    let expected = reference.fits[place]
    let ridge = Ridge(
      regularization: try #require(expected.regularization), fitsIntercept: expected.fitsIntercept ?? true)
    let model = try ridge.fit(x, y, weights: expected.weighted == true ? reference.weights : nil)
    #expect(agree(model.coefficients, expected.coefficients, within: 1e-9))
    #expect(agree([model.intercept, try model.score(x, y)], [expected.intercept, expected.r2]))
  }

  @Test func moreFeaturesThanSamples() throws {
    let wide = Matrix(reference.wide.x)
    let model = try Ridge(regularization: 0.5).fit(wide, reference.wide.y)
    #expect(agree(model.coefficients, reference.wideFit.coefficients))
    #expect(agree([model.intercept], [reference.wideFit.intercept]))
  }

  @Test func leavingOneOutAgreesWithScikitLearn() throws {
    let expected = reference.cv
    let model = try RidgeCV(regularizations: expected.regularizations).fit(x, y)
    #expect(model.regularization == expected.best && agree(model.errors, expected.errors))
    #expect(agree(model.coefficients, expected.coefficients) && agree([model.intercept], [expected.intercept]))
  }

  /// The formula for the left-out errors against leaving each sample out in fact.
  @Test(arguments: [true, false]) func leavingOneOutIsWhatItSays(fitsIntercept: Bool) throws {
    let rows = Array(0..<25)
    let (few, targets) = (x[rows: rows], Array(y[..<25]))
    let model = try RidgeCV(regularizations: [0.3], fitsIntercept: fitsIntercept).fit(few, targets)
    var sum = 0.0
    for left in rows {
      let others = rows.filter { $0 != left }
      let part = try Ridge(regularization: 0.3, fitsIntercept: fitsIntercept)
        .fit(few[rows: others], others.map { targets[$0] })
      let error = try part.predict(few[rows: [left]])[0] - targets[left]
      sum += error * error
    }
    #expect(agree(model.errors, [sum / 25]))
  }

  @Test func refusesImpossibleRegularization() {
    for wrong in [-1, Double.nan, .infinity] {
      #expect(refusal { try Ridge(regularization: wrong).fit(x, y) } == .parameter)
      #expect(refusal { try RidgeCV(regularizations: [1, wrong]).fit(x, y) } == .parameter)
    }
    #expect(refusal { try RidgeCV(regularizations: []).fit(x, y) } == .parameter)
  }

  @Test func summaryNamesTheFeatures() throws {
    let model = try Ridge().fit(try Datasets.diabetes(), target: "progression")
    let lines = "\(model)".split(separator: "\n")
    #expect(lines[0] == "Ridge regression" && lines[1] == "progression from 10 features")
    #expect(lines.contains { $0.hasPrefix("bmi ") })
  }
}

/// The diabetes data as matrix and targets.
enum Patients {
  static func load() throws -> (x: Matrix, y: [Double]) {
    let patients = try Datasets.diabetes()
    return (try patients.matrix(except: "progression"), try patients["progression", Double.self].values())
  }
}
