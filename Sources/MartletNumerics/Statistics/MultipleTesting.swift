/// How to correct p-values for there being many of them.
public enum MultipleTestingCorrection: Hashable, Sendable {
  /// Times their number: at most one false alarm, whatever depends on what.
  case bonferroni
  /// As sure as `bonferroni` and never worse: the smallest counts most (Holm 1979).
  case holm
  /// Bounds the fraction of false alarms among alarms (Benjamini and Hochberg 1995).
  case benjaminiHochberg
}

/// The p-values as they would be if there were only one, in the given order.
///
///     corrected([0.01, 0.04, 0.03], by: .holm)      // [0.03, 0.06, 0.06]
public func corrected(_ pValues: [Double], by correction: MultipleTestingCorrection) -> [Double] {
  let n = Double(pValues.count)
  let order = Matrix(pValues).argSort().scalars
  var result = pValues
  var last = 0.0
  switch correction {
  case .bonferroni: return pValues.map { min(1, $0 * n) }
  case .holm:
    for (rank, place) in order.enumerated() {
      last = max(last, min(1, pValues[place] * (n - Double(rank))))
      result[place] = last
    }
  case .benjaminiHochberg:
    last = 1
    for (rank, place) in order.enumerated().reversed() {
      last = min(last, pValues[place] * n / Double(rank + 1))
      result[place] = last
    }
  }
  return result
}
