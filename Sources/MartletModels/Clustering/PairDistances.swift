import MartletNumerics

/// The distances of all pairs of samples, each kept once.
struct PairDistances {
  let count: Int
  /// Row after row of what is above the diagonal.
  var distances: [Double]

  init(_ x: Matrix, _ metric: DistanceMetric) {
    let (count, width) = (x.shape[0], x.shape[1])
    self.count = count
    let scalars = x.scalars
    let length = 64
    let parts = Parallel.mapRanges(count, length: length) { range in
      scalars.withUnsafeBufferPointer { samples in
        // Not empty: there are at least two samples.
        let start = samples.baseAddress!
        return range.flatMap { a in
          (a + 1..<max(count, a + 1)).map { b in
            metric.distance(fromReduced: metric.reducedDistance(start + a * width, start + b * width, width))
          }
        }
      }
    }
    distances = Array(parts.joined())
  }

  /// Where the distance of a pair is; `a` and `b` differ.
  @inline(__always)
  func place(_ a: Int, _ b: Int) -> Int {
    let (low, high) = a < b ? (a, b) : (b, a)
    return low * (2 * count - low - 1) / 2 + high - low - 1
  }
}
