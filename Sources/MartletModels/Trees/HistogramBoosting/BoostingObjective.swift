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
  /// Where the loss has no useful second derivative, which quantile of the residuals a leaf answers.
  var residualQuantile: Double? { get }
}

extension BoostingObjective {
  var residualQuantile: Double? { nil }

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

/// `−log p` of two classes, with `p = 1 / (1 + exp(−score))` for the second.
struct BinaryLogLoss: BoostingObjective {
  var outputCount: Int { 1 }

  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double] {
    let share = WeightedSamples.mean(targets, weights)
    return [log(share / (1 - share))]
  }

  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
  ) {
    for row in rows {
      let probability = SoftProbability.sigmoid(scores[row])
      gradients[row] = probability - targets[row]
      hessians[row] = probability * (1 - probability)
    }
  }

  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double {
    SoftProbability.logOnePlusExp(scores[0]) - target * scores[0]
  }
}

/// `−log p` of several classes, with `p = softmax(scores)`.
struct MultinomialLogLoss: BoostingObjective {
  let outputCount: Int

  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double] {
    (0..<outputCount).map { label in
      log(WeightedSamples.mean(targets.map { $0 == Double(label) ? 1 : 0 }, weights))
    }
  }

  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
  ) {
    var probabilities = [Double](repeating: 0, count: outputCount)
    for row in rows {
      for label in 0..<outputCount { probabilities[label] = scores[row * outputCount + label] }
      _ = SoftProbability.softmax(&probabilities, 0..<outputCount)
      for label in 0..<outputCount {
        let probability = probabilities[label]
        gradients[label * count + row] = probability - (targets[row] == Double(label) ? 1 : 0)
        hessians[label * count + row] = probability * (1 - probability)
      }
    }
  }

  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double {
    var largest = -Double.infinity
    for label in 0..<outputCount { largest = max(largest, scores[label]) }
    var sum = 0.0
    for label in 0..<outputCount { sum += exp(scores[label] - largest) }
    return largest + log(sum) - scores[Int(target)]
  }
}

/// `½ (score − y)²`.
struct SquaredLoss: BoostingObjective {
  var outputCount: Int { 1 }
  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double] { [WeightedSamples.mean(targets, weights)] }

  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
  ) {
    for row in rows {
      gradients[row] = scores[row] - targets[row]
      hessians[row] = 1
    }
  }

  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double {
    (scores[0] - target) * (scores[0] - target) / 2
  }
}

/// The distance from a quantile, weighted by the side: `q (y − score)` above the score and `(1 − q) (score − y)` below. A
/// leaf answers that quantile of its residuals.
struct QuantileLoss: BoostingObjective {
  /// Between 0 and 1; 0.5 for half the distance from the median.
  let quantile: Double
  /// 2 for the whole distance from the median.
  var scale = 1.0

  var outputCount: Int { 1 }
  var residualQuantile: Double? { quantile }

  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double] {
    [WeightedSamples.quantile(targets, weights, quantile)]
  }

  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
  ) {
    for row in rows {
      gradients[row] = scale * (scores[row] < targets[row] ? -quantile : 1 - quantile)
      hessians[row] = 1
    }
  }

  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double {
    let above = target - scores[0]
    return scale * (above > 0 ? quantile * above : (quantile - 1) * above)
  }
}

/// `exp(score) − y · score`: the negative log-likelihood of counts whose mean is `exp(score)`, but for a constant.
struct PoissonLoss: BoostingObjective {
  var outputCount: Int { 1 }
  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double] { [log(WeightedSamples.mean(targets, weights))] }

  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
  ) {
    for row in rows {
      let mean = exp(scores[row])
      gradients[row] = mean - targets[row]
      hessians[row] = mean
    }
  }

  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double { exp(scores[0]) - target * scores[0] }
}
