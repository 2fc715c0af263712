import Foundation
import MartletNumerics

/// The weights of an ``ElasticNet`` from the regularization at which all are zero down to almost none.
///
///     let path = try ElasticNet(l1Ratio: 1).path(x, y)
///     path.regularizations.count           // 100
///     path.coefficients.column(2)          // how the third feature's weight grows
public struct RegularizationPath: Sendable {
  /// Evenly spaced in their logarithms, largest first.
  public let regularizations: [Double]
  /// Shape `[regularizations, features]`.
  public let coefficients: Matrix
  /// For each regularization.
  public let intercepts: [Double]
  /// The most that each minimised value can be above its minimum.
  public let dualGaps: [Double]
}

extension ElasticNet {
  /// Fits for many regularizations, each from the solution before.
  ///
  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - count: how many regularizations; at least 1.
  ///   - smallest: the last regularization, as a fraction of the first; above 0 and below 1. (scikit-learn: `eps`)
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func path(
    _ x: Matrix, _ y: [Double], count: Int = 100, smallest: Double = 1e-3
  ) throws(FitError) -> RegularizationPath {
    try path(x, y, weights: nil, over: try regularizations(x, y, weights: nil, count: count, smallest: smallest))
  }

  func path(
    _ x: Matrix, _ y: [Double], weights: [Double]?, over regularizations: [Double]
  ) throws(FitError) -> RegularizationPath {
    try checkParameters()
    let samples = try CentredSamples(x, y, weights: weights, fitsIntercept: fitsIntercept, normalized: true)
    let descent = descent(samples)
    var start = [Double](repeating: 0, count: x.shape[1])
    var found: [(weights: LinearWeights, gap: Double)] = []
    for regularization in regularizations {
      let solution = solve(descent, count: y.count, regularization, start: start)
      start = solution.weights
      found.append((samples.weights(solution.weights), solution.gap / Double(y.count)))
    }
    return RegularizationPath(
      regularizations: regularizations, coefficients: Matrix(found.map(\.weights.coefficients)),
      intercepts: found.map(\.weights.intercept), dualGaps: found.map(\.gap))
  }

  /// From the smallest regularization with no weights at all downwards.
  func regularizations(
    _ x: Matrix, _ y: [Double], weights: [Double]?, count: Int, smallest: Double
  ) throws(FitError) -> [Double] {
    try checkParameters()
    try SampleChecks.parameter(
      l1Ratio > 0, "l1Ratio", "above 0, since squares alone never make all weights zero", l1Ratio)
    try SampleChecks.parameter(count > 0, "count", "of at least 1", count)
    try SampleChecks.parameter(smallest > 0 && smallest < 1, "smallest", "between 0 and 1", smallest)
    let samples = try CentredSamples(x, y, weights: weights, fitsIntercept: fitsIntercept, normalized: true)
    let largest = descent(samples).largestPenalty / (Double(y.count) * l1Ratio)
    // Targets that do not vary, or features that have nothing to do with them.
    guard largest > Double.ulpOfOne else { return [Double](repeating: .ulpOfOne, count: count) }
    guard count > 1 else { return [largest] }
    return (0..<count).map { largest * pow(smallest, Double($0) / Double(count - 1)) }
  }
}
