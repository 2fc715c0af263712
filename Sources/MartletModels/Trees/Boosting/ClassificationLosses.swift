import MartletNumerics

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
    // With e = exp(−|s|), p = 1 / (1 + e) for s ≥ 0 and e / (1 + e) below: nothing overflows. The second derivatives' place
    // holds the e until then.
    let falls = hessians + rows.lowerBound
    for row in rows { hessians[row] = -abs(scores[row]) }
    Double._apply(.exp, falls, falls, rows.count)
    for row in rows {
      let probability = (scores[row] >= 0 ? 1 : hessians[row]) / (1 + hessians[row])
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

/// `exp(−score)` of samples of the second class and `exp(score)` of the first: AdaBoost's loss.
struct ExponentialLoss: BoostingObjective {
  var outputCount: Int { 1 }

  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double] {
    let share = WeightedSamples.mean(targets, weights)
    return [log(share / (1 - share)) / 2]
  }

  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
  ) {
    for row in rows {
      let size = exp(targets[row] == 1 ? -scores[row] : scores[row])
      gradients[row] = targets[row] == 1 ? -size : size
      hessians[row] = size
    }
  }

  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double { exp(target == 1 ? -scores[0] : scores[0]) }
}
