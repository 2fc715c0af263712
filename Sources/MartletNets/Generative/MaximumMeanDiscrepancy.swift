import Foundation
import MartletNumerics

/// How far two sets of samples are from having one distribution: the unbiased estimate of `MMD² = E k(a, a′) + E k(b, b′) −
/// 2 · E k(a, b)` with the kernel `k = exp(−‖x − y‖² / 2·bandwidth²)`.
///
/// It is 0 on average, sometimes a little below, where both come from one distribution. To judge a number, compare with those
/// of pairs of true samples of the same size.
///
///     maximumMeanDiscrepancy(gan.sample(500), test, bandwidth: 0.5)
/// - Parameters:
///   - a: shape `[n, d]`, two samples at least.
///   - b: shape `[m, d]`, two at least.
///   - bandwidth: how far samples see each other, in their units; above 0.
/// - Complexity: O((n + m)² · d).
///
/// Reference: Gretton et al. (2012), A kernel two-sample test.
public func maximumMeanDiscrepancy(_ a: Tensor<Float>, _ b: Tensor<Float>, bandwidth: Double) -> Double {
  guard a.rank == 2, b.rank == 2, a.shape[1] == b.shape[1], a.shape[0] > 1, b.shape[0] > 1, bandwidth > 0 else {
    fatalError(
      "maximumMeanDiscrepancy needs samples [n, d] and [m, d], two of each at least, and a bandwidth above 0; found \(a.shape), \(b.shape) and \(bandwidth)."
    )
  }
  let (first, second) = (a.asDouble, b.asDouble)
  func kernel(_ x: Matrix, _ y: Matrix) -> Double {
    let (left, right) = ((x * x).sum(axis: 1).reshaped(-1, 1), (y * y).sum(axis: 1).reshaped(1, -1))
    let distances = left + right - (x • y.transposed()) * 2
    return distances.map { exp(-max($0, 0) / (2 * bandwidth * bandwidth)) }.sum()
  }
  let (n, m) = (Double(a.shape[0]), Double(b.shape[0]))
  // A sample's likeness to itself is 1 and does not count.
  return (kernel(first, first) - n) / (n * (n - 1)) + (kernel(second, second) - m) / (m * (m - 1))
    - 2 * kernel(first, second) / (n * m)
}
