import MartletNumerics

/// What is made of the losses of single samples.
public enum LossReduction: Sendable, Hashable {
  /// Their mean, weighted where there are weights.
  case mean
  /// Their sum.
  case sum
  /// One for each sample.
  case none
}

extension Variable {
  /// The mean, the sum, or the numbers themselves.
  func reduced(_ reduction: LossReduction) -> Variable {
    switch reduction {
    case .mean: mean()
    case .sum: sum()
    case .none: self
    }
  }

  /// Stops the cell where two shapes of a loss differ: broadcasting them hides mistakes.
  func requireShape(_ other: [Int], _ loss: String) {
    guard shape == other else { fatalError("\(loss) needs equal shapes: \(shape) and \(other).") }
  }
}
