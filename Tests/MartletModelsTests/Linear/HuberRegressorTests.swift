import MartletModels
import MartletNumerics
import Testing

@Suite struct HuberRegressorTests {
  struct Fit: Decodable {
    let coefficients: [Double]
    let intercept, threshold, regularization, scale: Double
    let fitsIntercept, weighted: Bool
    let outliers: [Int]
  }
  struct Reference: Decodable {
    let weights: [Double]
    let every: Int
    let shift, factor: Double
    let fits: [Fit]
  }

  let reference: Reference
  let x: Matrix
  let y: [Double]

  init() throws {
    reference = try ReferenceFile.read("huber")
    let (features, targets) = try Patients.load()
    x = features * reference.factor
    let (every, shift) = (reference.every, reference.shift)
    y = targets.enumerated().map { $0.offset % every == 0 ? $0.element + shift : $0.element }
  }

  @Test(arguments: 0..<4) func agreesWithScikitLearn(place: Int) throws {
    let expected = reference.fits[place]
    let huber = HuberRegressor(
      threshold: expected.threshold, regularization: expected.regularization, fitsIntercept: expected.fitsIntercept,
      maximumIterations: 10_000, tolerance: 1e-10)
    let model = try huber.fit(x, y, weights: expected.weighted ? reference.weights : nil)
    #expect(agree(model.coefficients, expected.coefficients, within: 1e-4))
    #expect(agree([model.intercept, model.scale], [expected.intercept, expected.scale], within: 1e-5))
    #expect(model.outliers == expected.outliers)
  }

  /// A straight line with a tenth of the targets spoilt is found all the same.
  @Test func outliersDoNotPullTheLine() throws {
    let x = Matrix((0..<100).map { [Double($0)] })
    let y = (0..<100).map { (i: Int) -> Double in
      let noise = 0.1 * Double(i % 7 - 3)
      return i % 10 == 3 ? 500 : 2 * Double(i) + 1 + noise
    }
    let model = try HuberRegressor().fit(x, y)
    #expect(abs(model.coefficients[0] - 2) < 0.01 && abs(model.intercept - 1) < 0.2)
    #expect(Set(model.outliers).isSuperset(of: stride(from: 3, to: 100, by: 10)))
    #expect(abs(try LinearRegression().fit(x, y).intercept - 1) > 20)
  }

  @Test func refusesImpossibleParameters() {
    #expect(refusal { try HuberRegressor(threshold: 1).fit(x, y) } == .parameter)
    #expect(refusal { try HuberRegressor(regularization: -1).fit(x, y) } == .parameter)
  }
}
