import MartletNumerics

/// How probable each class is before anything is known about a sample.
public enum ClassPriors<Label: Hashable & Sendable>: Sendable, Equatable {
  /// As frequent as among the samples of fitting.
  case observed
  /// All the same.
  case uniform
  /// These, one for each class, above 0 and adding up to 1.
  case given([Label: Double])

  /// The probabilities in the order of the classes.
  func probabilities(_ classes: [Label], counts: [Double]) throws(FitError) -> [Double] {
    switch self {
    case .observed:
      let total = counts.reduce(0, +)
      return counts.map { $0 / total }
    case .uniform: return classes.map { _ in 1 / Double(classes.count) }
    case .given(let given):
      let priors = classes.map { given[$0] ?? 0 }
      let sum = priors.reduce(0, +)
      guard priors.allSatisfy({ $0 > 0 && $0.isFinite }), abs(sum - 1) < 1e-8, given.count == classes.count else {
        throw FitError(
          .parameter, expected: "a prior above 0 for each of the classes \(classes), together 1",
          found: "\(given.count) priors, those of the classes adding up to \(sum)", advice: "Change it and fit again.")
      }
      return priors
    }
  }
}
