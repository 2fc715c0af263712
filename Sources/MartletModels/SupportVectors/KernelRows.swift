import MartletNumerics

/// The similarities of one sample to all others, computed row by row when they are asked for.
struct KernelRows {
  let count: Int
  /// Each sample's similarity to itself.
  let diagonal: [Double]
  private let kernel: FittedKernel
  private let width: Int
  private let scalars: [Double]
  private let lanes: CentreTable

  /// So much work is worth a second thread.
  private static let parallelWork = 1 << 20

  /// - Parameters:
  ///   - x: samples; for a precomputed kernel their similarities to each other.
  ///   - kernel: a formula, or precomputed: of a function, the table; see ``FittedKernel/whileFitting(_:)``.
  init(_ x: Matrix, _ kernel: FittedKernel) throws(FitError) {
    count = x.shape[0]
    width = x.shape[1]
    scalars = x.scalars
    self.kernel = kernel
    let isPrecomputed = kernel == .precomputed
    lanes = CentreTable(
      isPrecomputed ? [0] : scalars, count: isPrecomputed ? 1 : count, width: isPrecomputed ? 1 : width)
    var diagonal = [Double](repeating: 1, count: count)
    switch kernel {
    case .precomputed: for place in 0..<count { diagonal[place] = scalars[place * width + place] }
    case .rbf: break
    default:
      for place in 0..<count {
        let own = x[place..<place + 1, .all]
        diagonal[place] = try kernel.similarities(own, own).scalar
      }
    }
    self.diagonal = diagonal
  }

  /// Room for a row: whole vectors of eight.
  var paddedCount: Int { (count + 7) / 8 * 8 }

  /// Writes a row of ``paddedCount`` numbers; what lies beyond ``count`` is zero.
  func fill(_ place: Int, _ target: UnsafeMutablePointer<Float>) {
    for lane in count..<paddedCount { target[lane] = 0 }
    scalars.withUnsafeBufferPointer { scalars in
      let row = scalars.baseAddress! + place * width  // not empty: `place` is a sample
      if kernel == .precomputed {
        for other in 0..<count { target[other] = Float(row[other]) }
        return
      }
      let length = count * width > Self.parallelWork ? 4_096 : paddedCount
      // Each range writes its own part of the row.
      Parallel.forEachRange(count, length: length) { _, range in fill(range, row, target) }
    }
  }

  private func fill(_ range: Range<Int>, _ row: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Float>) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: (range.count + 7) / 8 * 8) { scratch in
      let values = scratch.baseAddress!  // not empty: ranges have samples
      products(range, row, values)
      switch kernel {
      case .rbf: Double._apply(.exp, values, values, range.count)
      case .sigmoid: Double._apply(.tanh, values, values, range.count)
      case .polynomial(let degree, _, _):
        for place in 0..<range.count { values[place] = FittedKernel.power(values[place], degree) }
      case .linear, .precomputed, .function: break
      }
      for place in 0..<range.count { target[range.lowerBound + place] = Float(values[place]) }
    }
  }

  /// What the kernel's function is applied to. Ranges begin at whole vectors.
  private func products(_ range: Range<Int>, _ row: UnsafePointer<Double>, _ values: UnsafeMutablePointer<Double>) {
    let (scale, offset): (Double, Double) =
      switch kernel {
      case .rbf(let gamma): (-gamma, 0)
      case .polynomial(_, let gamma, let offset), .sigmoid(let gamma, let offset): (gamma, offset)
      case .linear, .precomputed, .function: (1, 0)
      }
    var isDistance = false
    if case .rbf = kernel { isDistance = true }
    lanes.withReader { reader in
      for group in range.lowerBound / 8..<(range.upperBound + 7) / 8 {
        let sums = isDistance ? reader.squaredDistances(row, group: group) : reader.products(row, group: group)
        let found = sums * scale + offset
        let first = group * 8 - range.lowerBound
        for lane in 0..<8 { values[first + lane] = found[lane] }
      }
    }
  }
}
