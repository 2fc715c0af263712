import Foundation

/// What one sample costs a linear method, and its slope: functions of the answer `y` and the weighted sum `p`.
enum StochasticLoss: Sendable, Equatable {
  case hinge(margin: Double)
  case squaredHinge
  case logistic
  case modifiedHuber
  case squaredError
  case huber(threshold: Double)
  case epsilonInsensitive(margin: Double)
  case squaredEpsilonInsensitive(margin: Double)

  func value(_ y: Double, _ p: Double) -> Double {
    switch self {
    case .hinge(let margin): return max(0, margin - y * p)
    case .squaredHinge:
      let missed = max(0, 1 - y * p)
      return missed * missed
    case .logistic:
      let z = -y * p
      return z > 0 ? z + log1p(exp(-z)) : log1p(exp(z))
    case .modifiedHuber:
      let z = y * p
      return z >= 1 ? 0 : z >= -1 ? (1 - z) * (1 - z) : -4 * z
    case .squaredError: return 0.5 * (p - y) * (p - y)
    case .huber(let threshold):
      let size = abs(p - y)
      return size <= threshold ? 0.5 * size * size : threshold * size - 0.5 * threshold * threshold
    case .epsilonInsensitive(let margin): return max(0, abs(y - p) - margin)
    case .squaredEpsilonInsensitive(let margin):
      let missed = max(0, abs(y - p) - margin)
      return missed * missed
    }
  }

  /// The slope in `p`.
  func slope(_ y: Double, _ p: Double) -> Double {
    switch self {
    case .hinge(let margin): return y * p <= margin ? -y : 0
    case .squaredHinge: return y * p < 1 ? -2 * y * (1 - y * p) : 0
    case .logistic: return -y / (1 + exp(y * p))
    case .modifiedHuber:
      let z = y * p
      return z >= 1 ? 0 : z >= -1 ? 2 * (1 - z) * -y : -4 * y
    case .squaredError: return p - y
    case .huber(let threshold): return min(max(p - y, -threshold), threshold)
    case .epsilonInsensitive(let margin): return y - p > margin ? -1 : p - y > margin ? 1 : 0
    case .squaredEpsilonInsensitive(let margin):
      let z = y - p
      return z > margin ? -2 * (z - margin) : z < -margin ? 2 * (-z - margin) : 0
    }
  }
}

/// What holds the weights of stochastic descent back. (scikit-learn: `penalty`)
public enum StochasticPenalty: Sendable, Equatable {
  /// Nothing.
  case none
  /// Half the sum of their squares.
  case l2
  /// The sum of their sizes: those that do not earn their keep are exactly zero.
  case l1
  /// Both; the share of sizes is from 0 to 1.
  case elasticNet(l1Ratio: Double)

  var l1Ratio: Double {
    switch self {
    case .none, .l2: 0
    case .l1: 1
    case .elasticNet(let ratio): ratio
    }
  }
}

/// How long the steps of stochastic descent are. (scikit-learn: `learning_rate`, `eta0`, `power_t`)
public enum StochasticRate: Sendable, Equatable {
  /// `1 / (regularization · (t₀ + t))`, with a `t₀` by which the first step is as long as weights usually are.
  case optimal
  /// Always the same.
  case constant(Double)
  /// `start / tᵖ`.
  case inverseScaling(start: Double, power: Double)
  /// Always the same as long as there is progress, then a fifth of it, and so on.
  case adaptive(start: Double)
}
