import MartletNumerics

/// A product of two matrices that all cores work at, each with BLAS on one thread.
///
/// BLAS shares a product too, but its threads go on looking for work for some milliseconds and take the cores from ours
/// meanwhile, and it does not share small and long products well. The product is cut along the axis where least is done
/// twice; the pieces depend on the lengths alone, and so does the result.
struct SharedProduct<Scalar: NetScalar> {
  private let a, b: _ProductFactor<Scalar>
  private let c: _ProductTarget<Scalar>

  /// `c = a · b`, or `c = c + a · b` where `c` says so.
  init(_ parts: (_ProductFactor<Scalar>, _ProductFactor<Scalar>, _ProductTarget<Scalar>)) { (a, b, c) = parts }

  func run() {
    let work = 2 * c.m * c.n * c.k
    guard work >= MatrixProducts.pieceWork / 8 else {
      return SingleThreadedBLAS.with { Scalar._accumulateProduct(a, b, c) }
    }
    let wanted = min(64, max(2, work / MatrixProducts.pieceWork & ~1))
    // What every further piece reads once more, and for sums of parts what it writes and adds.
    let costs = (rows: c.k * c.n, columns: c.k * c.m, terms: 2 * c.m * c.n)
    if costs.terms < min(costs.rows, costs.columns) {
      cutTerms(min(wanted, max(2, c.k / 256 & ~1)))
    } else if costs.columns < costs.rows {
      cut(c.n, min(wanted, max(2, c.n / 192 & ~1))) { range in
        var (b, c) = (b, c)
        b.start += range.lowerBound * (b.isTransposed ? b.rowLength : 1)
        c.start += range.lowerBound
        c.n = range.count
        Scalar._accumulateProduct(a, b, c)
      }
    } else {
      cut(c.m, min(wanted, max(2, c.m / 192 & ~1))) { range in
        var (a, c) = (a, c)
        a.start += range.lowerBound * (a.isTransposed ? 1 : a.rowLength)
        c.start += range.lowerBound * c.rowLength
        c.m = range.count
        Scalar._accumulateProduct(a, b, c)
      }
    }
  }

  /// Ranges of whole vectors.
  private func cut(_ length: Int, _ pieces: Int, _ body: (Range<Int>) -> Void) {
    let step = max(16, ((length + pieces - 1) / pieces + 15) & ~15)
    MatrixProducts.forEach((length + step - 1) / step, alone: true) {
      body($0 * step..<min(($0 + 1) * step, length))
    }
  }

  /// Every piece but the first sums some of the terms in memory of its own; they are added up in their order.
  private func cutTerms(_ pieces: Int) {
    let step = ((c.k + pieces - 1) / pieces + 15) & ~15
    let (count, block) = ((c.k + step - 1) / step, c.m * c.n)
    let sums = UnsafeMutablePointer<Scalar>.allocate(capacity: max(1, (count - 1) * block))
    defer { sums.deallocate() }
    cut(c.k, pieces) { range in
      var (a, b, c) = (a, b, c)
      a.start += range.lowerBound * (a.isTransposed ? a.rowLength : 1)
      b.start += range.lowerBound * (b.isTransposed ? 1 : b.rowLength)
      c.k = range.count
      if range.lowerBound > 0 {
        c.start = sums + (range.lowerBound / step - 1) * block
        (c.rowLength, c.adding) = (c.n, false)
      }
      Scalar._accumulateProduct(a, b, c)
    }
    guard count > 1 else { return }
    Kernels.forEachRange(c.m, cost: c.n * count) { rows in
      for part in 0..<count - 1 {
        for row in rows {
          Kernels.add(sums + part * block + row * c.n, to: c.start + row * c.rowLength, c.n)
        }
      }
    }
  }
}
