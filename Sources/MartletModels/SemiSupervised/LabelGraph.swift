import CMartletRuntime
import MartletNumerics

/// Shares of classes that flow along a graph of similar samples, from those with a label to those without.
struct LabelGraph<Label: Hashable & Sendable> {
  let x: Matrix
  let gamma: Double
  let classes: [Label]
  /// 1 in the class of a sample with a label, zeros for one without: shape `[n, classes]`.
  let known: Matrix
  /// Whether each sample has a label.
  let isKnown: [Bool]

  init(_ x: Matrix, _ y: [Label?], gamma: Double, maximumIterations: Int, tolerance: Double) throws(FitError) {
    try SampleChecks.parameter(gamma > 0 && gamma.isFinite, "gamma", "above 0", gamma)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    try SampleChecks.features(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    let coding = try SampleChecks.classes(y.compactMap { $0 }, nil)
    let codes = Dictionary(uniqueKeysWithValues: coding.classes.enumerated().map { ($1, $0) })
    let width = coding.classes.count
    var shares = [Double](repeating: 0, count: y.count * width)
    for (sample, label) in y.enumerated() {
      if let label, let code = codes[label] { shares[sample * width + code] = 1 }
    }
    self.x = x
    self.gamma = gamma
    classes = coding.classes
    known = Matrix(shares, shape: [y.count, width])
    isKnown = y.map { $0 != nil }
  }

  /// `exp(−γ‖a − b‖²)` of all pairs.
  var similarities: Matrix { exp(DistanceBlocks.squared(x, x) * -gamma) }

  /// Repeats a step until the shares settle.
  func model(
    maximumIterations: Int, tolerance: Double, _ step: (Matrix) -> Matrix
  ) -> LabelPropagationModel<Label> {
    var (shares, before) = (known, Matrix.zeros(known.shape[0], known.shape[1]))
    var iterations = 0
    let progress = FitProgress.begin("steps", of: maximumIterations)
    while iterations < maximumIterations, abs(shares - before).sum() >= tolerance {
      martlet_poll()
      defer { progress?.advance() }
      before = shares
      shares = step(shares)
      iterations += 1
    }
    return LabelPropagationModel(
      classes: classes, samples: x, gamma: gamma, distributions: Self.normalized(shares), iterations: iterations,
      hasConverged: abs(shares - before).sum() < tolerance)
  }

  /// Every row divided by its sum; rows of zeros stay.
  static func normalized(_ shares: Matrix) -> Matrix {
    shares / shares.sum(axis: 1, keepDimensions: true).map { $0 == 0 ? 1 : $0 }
  }
}
