import MartletModels
import MartletNumerics

/// Where samples are drawn: at their two features or, of more features, at their first two principal components.
struct SamplePlane {
  /// What the axes are called.
  let labels: (x: String, y: String)
  private let components: PCA.Model?

  /// - Throws: ``FitError`` of kind `shape` for fewer than two features or names that do not fit, `tooFewSamples` or `notFinite`.
  init(_ x: Matrix, names: [String]? = nil) throws(FitError) {
    try SampleChecks.features(x, atLeast: 2)
    let width = x.shape[1]
    let names = try FeatureNames.checked(names, count: width)
    guard width > 1 else {
      throw FitError(
        .shape, expected: "at least two features to draw", found: "one", advice: "Draw its distribution instead.")
    }
    if width == 2 {
      (components, labels) = (nil, (names[0], names[1]))
      return
    }
    let model = try PCA(components: 2).fit(x)
    let shares = model.explainedVarianceRatio.map { "\((1_000 * $0).rounded() / 10) %" }
    (components, labels) = (model, ("component 1 (\(shares[0]))", "component 2 (\(shares[1]))"))
  }

  /// Where rows with the samples' features are.
  func places(_ rows: Matrix) throws(FitError) -> (x: [Double], y: [Double]) {
    let places = try components.map { model throws(FitError) in try model.transform(rows) } ?? rows
    return (places.column(0).scalars, places.column(1).scalars)
  }

  /// A covariance of the features, in the plane: shape `[2, 2]`.
  func covariance(_ covariance: Matrix) -> Matrix {
    guard let directions = components?.components else { return covariance }
    return directions • covariance • directions.transposed()
  }
}

/// A function's values on a grid over a rectangle, asked for all at once.
struct PlaneSurface {
  let x, y: ClosedRange<Double>
  /// How many places along each side.
  static let count = 81
  private let values: [Double]

  /// - Parameters:
  ///   - samples: shape `[n, 2]`.
  ///   - room: how far the rectangle reaches beyond them, as a share of their range.
  ///   - function: a value for each row of a matrix of two columns.
  init(around samples: Matrix, room: Double = 0.08, _ function: (Matrix) throws(FitError) -> [Double]) throws(FitError)
  {
    let (x, y) = (Self.reach(samples.column(0).scalars, room), Self.reach(samples.column(1).scalars, room))
    (self.x, self.y) = (x, y)
    let steps = (0..<Self.count).map { Double($0) / Double(Self.count - 1) }
    let places = steps.flatMap { up in
      steps.map { right in
        [
          x.lowerBound + right * (x.upperBound - x.lowerBound), y.lowerBound + up * (y.upperBound - y.lowerBound),
        ]
      }
    }
    values = try function(Matrix(places))
  }

  /// The value at the grid's place nearest to these coordinates.
  func callAsFunction(_ x: Double, _ y: Double) -> Double {
    values[Self.step(y, self.y) * Self.count + Self.step(x, self.x)]
  }

  private static func step(_ value: Double, _ range: ClosedRange<Double>) -> Int {
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return min(max(Int((share * Double(count - 1)).rounded()), 0), count - 1)
  }

  /// From the least to the largest, and a little beyond.
  static func reach(_ values: [Double], _ share: Double = 0.08) -> ClosedRange<Double> {
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let room = high > low ? (high - low) * share : 0.5
    return low - room...high + room
  }
}
