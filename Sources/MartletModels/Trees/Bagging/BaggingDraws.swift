import MartletNumerics

/// What bagging has to choose, whatever it bags.
public struct BaggingDraws: Sendable, Equatable {
  /// How many models, at least 1. (scikit-learn: `n_estimators`)
  public var count: Int
  /// How many samples each learns from, as a fraction of all; above 0 and at most 1. (scikit-learn: `max_samples`)
  public var sampleFraction: Double
  /// How many features each learns from, drawn without replacement; above 0 and at most 1.
  /// (scikit-learn: `max_features`)
  public var featureFraction: Double
  /// Whether samples are drawn with replacement. (scikit-learn: `bootstrap`)
  public var bootstraps: Bool
  /// Fixes what is drawn; `nil` for other draws each time.
  public var seed: UInt64?

  /// The samples and features of one model.
  struct Draw {
    var rows: [Int]
    var features: [Int]
  }

  func check() throws(FitError) {
    try SampleChecks.parameter(count > 0, "count", "of at least 1", count)
    for (name, value) in [("sampleFraction", sampleFraction), ("featureFraction", featureFraction)] {
      try SampleChecks.parameter(value > 0 && value <= 1, name, "above 0 and at most 1", value)
    }
  }

  /// One draw for each model, each from a stream of its own.
  ///
  /// - Parameter weights: how likely each sample is drawn; equal ones draw as none do, and those of weight 0 might as well
  ///   not be there.
  func draws(_ x: Matrix, weights: [Double]?) -> [Draw] {
    let (rows, width) = (x.shape[0], x.shape[1])
    let shares = DrawShares.of(weights)
    let drawable = shares?.count { $0 > 0 } ?? rows
    let rowCount = max(1, Int((sampleFraction * Double(drawable)).rounded()))
    let featureCount = max(1, Int((featureFraction * Double(width)).rounded()))
    return PCG64.streams(seed: seed ?? Random.nextSeed(), count: count).map { stream in
      var random = stream
      return Draw(
        rows: random.choice(rowCount, of: rows, withReplacement: bootstraps, weights: shares),
        features: featureCount == width
          ? Array(0..<width) : random.choice(featureCount, of: width, withReplacement: false).sorted())
    }
  }

  /// Fits a model to each draw, several at a time.
  func fitted<Model: Sendable>(
    _ draws: [Draw], _ x: Matrix, fit: (Draw, Matrix) -> Result<Model, FitError>
  ) throws(FitError) -> [Model] {
    let progress = FitProgress.begin("models", of: draws.count)
    var results = [Result<Model, FitError>?](repeating: nil, count: draws.count)
    results.withUnsafeMutableBufferPointer { results in
      // Each piece fills its own place.
      nonisolated(unsafe) let results = results
      Parallel.forEach(draws.count) { place in
        results[place] = FitProgress.$isPart.withValue(true) {
          fit(draws[place], Self.features(x[rows: draws[place].rows], draws[place].features))
        }
        progress?.advance()
      }
    }
    var models: [Model] = []
    for result in results { if let result { models.append(try result.get()) } }
    return models
  }

  /// The columns that a model learned from.
  static func features(_ x: Matrix, _ features: [Int]) -> Matrix {
    features.count == x.shape[1] ? x : x.transposed()[rows: features].transposed()
  }

  /// Members of a decoded model are there, and look at features that exist.
  static func check(_ features: [[Int]], _ featureCount: Int, _ decoder: any Decoder) throws {
    try TreeDecoding.check(!features.isEmpty, "expected at least one member, found none", decoder)
    for (place, own) in features.enumerated() {
      try TreeDecoding.check(
        !own.isEmpty && own.count <= featureCount && own.allSatisfy { 0 <= $0 && $0 < featureCount },
        "expected features below \(featureCount) of member \(place), found \(own)", decoder)
    }
  }
}
