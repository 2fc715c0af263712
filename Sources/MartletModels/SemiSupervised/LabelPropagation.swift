import MartletNumerics

/// Labels samples without a label by those like them: labels flow along a graph of similarities, and known ones stay.
///
/// Repeats `F ← D⁻¹WF` with `W = exp(−γ‖a − b‖²)` and `D` its row sums, each row made to sum to 1 and the samples with a label
/// put back, until the shares `F` settle.
///
///     let labels: [String?] = ["fruit", nil, nil, "tool"]
///     let model = try LabelPropagation<String>(gamma: 1).fit(Matrix([[0], [0.4], [3.5], [4]]), labels)
///     model.labels      // ["fruit", "fruit", "tool", "tool"]
///
/// Suited to few labels and groups that hang together. ``LabelSpreading`` doubts known labels, too.
///
/// Reference: Zhu and Ghahramani (2002), Learning from labeled and unlabeled data with label propagation. (scikit-learn:
/// `LabelPropagation`)
public struct LabelPropagation<Label: Hashable & Sendable>: SupervisedEstimator {
  /// How fast similarity falls with the squared distance; above 0. (scikit-learn: `gamma`)
  public var gamma: Double
  /// The most steps. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// It has settled when the shares move by less than this in sum. (scikit-learn: `tol`)
  public var tolerance: Double

  /// - Parameters:
  ///   - gamma: above 0; larger for labels that reach less far.
  ///   - maximumIterations: at least 1.
  ///   - tolerance: at least 0.
  public init(gamma: Double = 20, maximumIterations: Int = 1_000, tolerance: Double = 1e-3) {
    self.gamma = gamma
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes, `nil` for a sample without one.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · (d + classes · steps)) time, O(n²) memory.
  public func fit(_ x: Matrix, _ y: [Label?]) throws(FitError) -> LabelPropagationModel<Label> {
    let graph = try LabelGraph(
      x, y, gamma: gamma, maximumIterations: maximumIterations, tolerance: tolerance)
    let similar = graph.similarities
    let flow = similar / similar.sum(axis: 1, keepDimensions: true)
    let open = Matrix(graph.isKnown.map { $0 ? 0 : 1 }, shape: [y.count, 1])
    return graph.model(maximumIterations: maximumIterations, tolerance: tolerance) { shares in
      LabelGraph<Label>.normalized(flow • shares) * open + graph.known
    }
  }
}

/// Labels samples without a label by those like them, and doubts known labels a little.
///
/// Repeats `F ← αSF + (1 − α)Y` with `S = D^−½WD^−½`, `W = exp(−γ‖a − b‖²)` without its diagonal, `D` its row sums and `Y` the
/// known labels, until the shares `F` settle: a sample keeps the fraction `1 − α` of its own label.
///
///     let model = try LabelSpreading<Int>(clamping: 0.2).fit(x, y)      // y: [Int?]
///     model.labels
///
/// Reference: Zhou and others (2003), Learning with local and global consistency. (scikit-learn: `LabelSpreading`)
public struct LabelSpreading<Label: Hashable & Sendable>: SupervisedEstimator {
  /// How fast similarity falls with the squared distance; above 0. (scikit-learn: `gamma`)
  public var gamma: Double
  /// The share of its neighbours in what a sample becomes; between 0 and 1. (scikit-learn: `alpha`)
  public var clamping: Double
  /// The most steps. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// It has settled when the shares move by less than this in sum. (scikit-learn: `tol`)
  public var tolerance: Double

  /// - Parameters:
  ///   - gamma: above 0.
  ///   - clamping: between 0 and 1; near 0 known labels hardly change.
  ///   - maximumIterations: at least 1.
  ///   - tolerance: at least 0.
  public init(gamma: Double = 20, clamping: Double = 0.2, maximumIterations: Int = 30, tolerance: Double = 1e-3) {
    self.gamma = gamma
    self.clamping = clamping
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes, `nil` for a sample without one.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · (d + classes · steps)) time, O(n²) memory.
  public func fit(_ x: Matrix, _ y: [Label?]) throws(FitError) -> LabelPropagationModel<Label> {
    try SampleChecks.parameter(clamping > 0 && clamping < 1, "clamping", "between 0 and 1", clamping)
    let graph = try LabelGraph(
      x, y, gamma: gamma, maximumIterations: maximumIterations, tolerance: tolerance)
    let similar = graph.similarities - Matrix.eye(y.count)
    // A sample without neighbours keeps what it has.
    let roots = similar.sum(axis: 1, keepDimensions: true).map { $0 > 0 ? $0.squareRoot() : 1 }
    let flow = similar / roots / roots.transposed()
    return graph.model(maximumIterations: maximumIterations, tolerance: tolerance) { shares in
      (flow • shares) * clamping + graph.known * (1 - clamping)
    }
  }
}
