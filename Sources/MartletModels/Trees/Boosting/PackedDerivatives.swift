import MartletNumerics

/// Each sample's first and second derivative as two whole numbers in one: the first in the upper 32 bits, the second in
/// the lower.
///
/// One addition then sums both, and sums do not depend on their order, nor on the number of threads. Units are chosen so that
/// the sums over all samples just fit: with n samples a typical derivative is 2³¹ / n units, 14,000 for 150,000 samples,
/// so that rounding moves a sum far less than another sample would. Answers of leaves are computed from the derivatives
/// themselves.
///
/// Reference: Shi and others (2022), Quantized training of gradient boosting decision trees.
struct PackedDerivatives {
  let values: UnsafeMutablePointer<Int64>
  private(set) var gradientUnit = 1.0
  private(set) var hessianUnit = 1.0
  /// The largest second derivative: a side has at least as many samples as this goes into its sum.
  private(set) var largestHessian = 0.0

  /// - Parameter capacity: how many samples there are.
  init(capacity: Int) { values = .allocate(capacity: max(1, capacity)) }

  func deallocate() { values.deallocate() }

  mutating func pack(_ gradients: UnsafePointer<Double>, _ hessians: UnsafePointer<Double>, _ count: Int) {
    // The inputs live longer than the pieces and are only read.
    nonisolated(unsafe) let (gradients, hessians, values) = (gradients, hessians, values)
    let sums = Parallel.mapRanges(count, length: 1 << 14) { range in
      var (size, hessian, largest) = (0.0, 0.0, 0.0)
      for i in range {
        size += abs(gradients[i])
        hessian += hessians[i]
        largest = max(largest, hessians[i])
      }
      return (size, hessian, largest)
    }
    let size = sums.reduce(0) { $0 + $1.0 }
    let hessian = sums.reduce(0) { $0 + $1.1 }
    largestHessian = sums.reduce(0) { max($0, $1.2) }
    // Rounding adds at most half a unit a sample.
    let perGradient = size > 0 ? (0x1p31 - 1 - Double(count)) / size : 1
    let perHessian = hessian > 0 ? (0x1p32 - 1 - Double(count)) / hessian : 1
    (gradientUnit, hessianUnit) = (1 / perGradient, 1 / perHessian)
    Parallel.forEachRange(count, length: 1 << 14) { _, range in
      for i in range {
        let gradient = Int64((gradients[i] * perGradient).rounded(.toNearestOrEven))
        let hessian = Int64((hessians[i] * perHessian).rounded(.toNearestOrEven))
        values[i] = gradient << 32 &+ hessian
      }
    }
  }

  @inline(__always)
  func gradient(_ sum: Int64) -> Double { Double(sum >> 32) * gradientUnit }
  @inline(__always)
  func hessian(_ sum: Int64) -> Double { Double(sum & 0xffff_ffff) * hessianUnit }
}
