import Foundation
import MartletFrames
import MartletNumerics

/// Waves in random directions whose products are about `exp(−γ ‖a − b‖²)`, the similarities of ``Kernel/rbf(gamma:)``: with them
/// a linear method draws curved borders.
///
/// Of directions `w` with normal numbers of variance `2γ` and shifts `s` from 0 to 2π, a sample's features are
/// `√(2 / components) cos(x · w + s)`; the error of a product falls with the root of ``components``.
///
///     let digits = try Datasets.digits()
///     let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(digits.features, digits.labels, testSize: 0.2, seed: 0)
///     let method = RBFSampler(components: 300, gamma: 0.001, seed: 0).then(LinearSVC<Int>())
///     try method.fit(xTrain, yTrain).score(xTest, yTest)      // 0.9694444444444444
///
/// Nothing is learned but the number of features; ``Nystroem`` looks at the samples and needs fewer. The same seed draws
/// scikit-learn's waves.
///
/// Reference: Rahimi and Recht (2007), Random features for large-scale kernel machines. (scikit-learn: `RBFSampler`)
public struct RBFSampler: UnsupervisedEstimator {
  /// How many waves: so many features come out. (scikit-learn: `n_components`)
  public var components: Int
  /// How fast similarity falls with distance.
  public var gamma: KernelScale
  /// Of the waves.
  public var seed: UInt64?

  /// - Parameters:
  ///   - components: at least 1.
  ///   - gamma: how fast similarity falls with distance.
  ///   - seed: of the waves; up to 2³² − 1, `nil` for others every time.
  public init(components: Int = 100, gamma: KernelScale = .scale, seed: UInt64? = nil) {
    self.components = components
    self.gamma = gamma
    self.seed = seed
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(d · components).
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(components > 0, "components", "above 0", components)
    try SampleChecks.features(x)
    let gamma = try gamma.resolved(x)
    var random = try SeededStart.generator(seed)
    let deviation = (2 * gamma).squareRoot()
    let directions = (0..<x.shape[1] * components).map { _ in deviation * random.standardNormal() }
    let shifts = (0..<components).map { _ in 2 * Double.pi * random.uniform() }
    return Model(gamma: gamma, directions: Matrix(directions, shape: [x.shape[1], components]), shifts: shifts)
  }

  /// The waves that `RBFSampler` has drawn.
  public struct Model: Transformer, Codable, Equatable {
    /// How fast similarity falls with distance.
    public let gamma: Double
    /// Shape `[features, components]`. (scikit-learn: `random_weights_`)
    public let directions: Matrix
    /// One for each wave, from 0 to 2π. (scikit-learn: `random_offset_`)
    public let shifts: [Double]

    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Returns: shape `[m, components]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: directions.shape[0])
      return cos(x • directions + Matrix(shifts)) * (2 / Double(shifts.count)).squareRoot()
    }

    enum CodingKeys: String, CodingKey { case gamma, directions, shifts }
  }
}

extension RBFSampler.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    gamma = try file.decode(Double.self, forKey: .gamma)
    shifts = try ModelChecks.numbers(file, .shifts)
    directions = try ModelChecks.matrix(file, .directions, columns: shifts.count)
  }
}

extension RBFSampler.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Random waves", facts: ["rbf kernel, gamma \(FrameNumberFormat.texts([gamma])[0])"],
      header: ["part", "value"],
      rows: [["features", "\(directions.shape[0])"], ["waves", "\(shifts.count)"]])
  }
}
