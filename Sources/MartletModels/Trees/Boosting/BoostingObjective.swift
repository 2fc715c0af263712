import MartletNumerics

/// A loss whose first and second derivatives boosted trees are fitted to.
///
/// Scores are sums of the trees' answers, `outputCount` a sample, side by side; derivatives are a list for each output.
protocol BoostingObjective: Sendable {
  var outputCount: Int { get }
  /// The scores of a model without trees.
  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double]
  /// Writes the derivatives of the samples in `rows` by each score.
  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>)
  /// The loss of one sample.
  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double
  /// Whether the loss has no useful second derivative, so that leaves answer from the residuals.
  var answersResiduals: Bool { get }
  /// What is best for samples that are so far from their targets.
  func answer(toResiduals residuals: [Double], _ weights: [Double]?) -> Double
  /// The loss for the scores so far, where it has a parameter that follows them.
  func adapted(_ scores: [Double], _ targets: [Double], _ weights: [Double]?) -> Self
}

extension BoostingObjective {
  var answersResiduals: Bool { false }
  func answer(toResiduals residuals: [Double], _ weights: [Double]?) -> Double {
    WeightedSamples.mean(residuals, weights)
  }
  func adapted(_ scores: [Double], _ targets: [Double], _ weights: [Double]?) -> Self { self }

  /// The mean loss, weighted.
  func loss(_ scores: [Double], _ targets: [Double], _ weights: [Double]?) -> Double {
    let sums = Parallel.mapRanges(targets.count, length: 1 << 14) { rows in
      scores.withUnsafeBufferPointer { scores in
        var (sum, weight) = (0.0, 0.0)
        for row in rows {
          let own = weights?[row] ?? 1
          sum += own * loss(scores.baseAddress! + row * outputCount, targets[row])  // there is a row
          weight += own
        }
        return (sum, weight)
      }
    }
    return sums.reduce(0) { $0 + $1.0 } / sums.reduce(0) { $0 + $1.1 }
  }
}
