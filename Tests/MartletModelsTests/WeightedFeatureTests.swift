import MartletModels
import MartletNumerics
import Testing

/// Bins, splines and scales of samples with weights, beside scikit-learn's.
@Suite struct WeightedFeatureTests {
  struct Bins: Decodable {
    let strategy: String
    let count: Int
    let weights: [Double]?
    let edges: [[Double]]
  }
  struct Spline: Decodable {
    let placement: String
    let weights, values: [Double]
  }
  struct Reference: Decodable {
    let x: [[Double]]
    let bins: [Bins]
    let splines: [Spline]
    let scaled: [String: [Double]]
  }
  private let reference: Reference
  private let x: Matrix

  init() throws {
    reference = try ReferenceFile.read("weightedFeatures")
    x = Matrix(reference.x)
  }

  @Test(arguments: 0..<5) func binsAreScikitLearns(place: Int) throws {
    let expected = reference.bins[place]
    let strategy = try #require(KBinsDiscretizer.Strategy(rawValue: expected.strategy))
    let model = try KBinsDiscretizer(bins: expected.count, strategy: strategy).fit(x, weights: expected.weights)
    #expect(model.edges.count == 3)
    for (edges, other) in zip(model.edges, expected.edges) { #expect(agree(edges, other), "\(edges) against \(other)") }
  }

  @Test(arguments: 0..<3) func splinesAreScikitLearns(place: Int) throws {
    let expected = reference.splines[place]
    let placement = try #require(SplineTransformer.Placement(rawValue: expected.placement))
    let model = try SplineTransformer(knots: 4, degree: 2, placement: placement).fit(x, weights: expected.weights)
    #expect(agree(try model.transform(x[.stride(by: 8)]).flattened().scalars, expected.values))
  }

  @Test func scalesCanBeLeftOut() throws {
    let halves = try #require(reference.bins[1].weights)
    for (name, scaler) in [
      "centred": StandardScaler(scales: false), "scaled": StandardScaler(centres: false),
      "neither": StandardScaler(centres: false, scales: false),
    ] {
      let model = try scaler.fit(x, weights: halves)
      let scaled = try model.transform(x[.stride(by: 8)])
      #expect(agree(scaled.flattened().scalars, try #require(reference.scaled[name])), "\(name)")
      #expect(agree(try model.inverseTransform(scaled).scalars, x[.stride(by: 8)].flattened().scalars))
    }
  }

  @Test func refusals() {
    #expect(refusal { try KBinsDiscretizer().fit(x, weights: [1]) } == .shape)
    #expect(refusal { try SplineTransformer().fit(x, weights: x.column(0).scalars) } == .parameter)
  }
}
