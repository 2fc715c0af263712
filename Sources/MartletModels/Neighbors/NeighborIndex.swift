import MartletNumerics

/// How the nearest samples are found.
public enum NeighborAlgorithm: Sendable, Equatable, Codable {
  /// A tree for up to 15 features, else all distances.
  case automatic
  /// The distances to all samples, Euclidean ones by matrix products.
  case brute
  /// A tree of boxes; not for `.cosine`. (scikit-learn: `kd_tree`)
  case tree
  /// A tree of balls: for more features than boxes are good for, where samples lie in groups; not for `.cosine`.
  /// (scikit-learn: `ball_tree`)
  case ballTree
}

/// Samples that can be asked which of them are near others. Euclidean distances found by matrix products are computed
/// again from the differences for those that count, so that every algorithm gives the same neighbours.
struct NeighborIndex: Sendable {
  let samples: Matrix
  let metric: DistanceMetric
  private let scalars: [Double]
  private let tree: SampleTree?
  /// The squared lengths of the samples, for distances by products.
  private let lengths: [Double]

  /// How many queries are a piece of work.
  private static let pieceLength = 128

  /// - Parameter samples: checked, at least one row.
  init(_ samples: Matrix, metric: DistanceMetric, algorithm: NeighborAlgorithm) throws(FitError) {
    try metric.check()
    try SampleChecks.parameter(
      ![.tree, .ballTree].contains(algorithm) || metric.suitsTree, "algorithm",
      "other than a tree for the cosine distance", algorithm)
    let scalars = samples.scalars
    self.scalars = scalars
    // Not a view: products with it need no copy, and nothing that is done on several threads may notice interrupts.
    self.samples = Matrix(scalars, shape: samples.shape)
    self.metric = metric
    let (count, width) = (samples.shape[0], samples.shape[1])
    let region: SampleTree.Region? =
      switch algorithm {
      case .automatic: metric.suitsTree && width <= 15 ? .box : nil
      case .brute: nil
      case .tree: .box
      case .ballTree: .ball
      }
    tree = region.map { SampleTree(scalars, count: count, width: width, metric: metric, region: $0) }
    lengths = region != nil || metric != .euclidean ? [] : (samples * samples).sum(axis: 1).scalars
  }

  var count: Int { samples.shape[0] }
  private var width: Int { samples.shape[1] }

  /// The nearest samples of each query, nearest first, and their distances.
  ///
  /// - Parameters:
  ///   - wanted: how many; at most ``count``, or one fewer without the query itself.
  ///   - withoutSelf: whether query `i` is sample `i`, which is no neighbour of itself.
  func nearest(_ queries: Matrix, _ wanted: Int, withoutSelf: Bool = false) -> (places: [Int], distances: [Double]) {
    let rows = queries.scalars
    let asked = withoutSelf ? wanted + 1 : wanted
    let pieces = Parallel.mapRanges(queries.shape[0], length: Self.pieceLength) { range in
      var (places, distances): ([Int], [Double]) = ([], [])
      let found = heaps(rows, range, asked)
      for (query, heap) in zip(range, found) {
        var entries = heap.sorted
        if withoutSelf {
          // With many samples in one place the query itself may not be among those found.
          let own = entries.firstIndex { Int($0.place) == query } ?? entries.count - 1
          entries.remove(at: own)
        }
        places += entries.map { Int($0.place) }
        distances += entries.map { metric.distance(fromReduced: $0.distance) }
      }
      return (places, distances)
    }
    return (pieces.flatMap(\.0), pieces.flatMap(\.1))
  }

  private func heaps(_ rows: [Double], _ range: Range<Int>, _ wanted: Int) -> [NearestHeap] {
    rows.withUnsafeBufferPointer { rows in
      scalars.withUnsafeBufferPointer { scalars in
        // Neither is empty: there is a query in the range, and at least one sample.
        let (queries, samples) = (rows.baseAddress!, scalars.baseAddress!)
        if let tree {
          return tree.withSearch { search in
            range.map { query in
              var heap = NearestHeap(limit: wanted)
              search.nearest(queries + query * width, &heap)
              return heap
            }
          }
        }
        if metric == .euclidean { return byProducts(queries, samples, range, wanted) }
        return range.map { query in
          var heap = NearestHeap(limit: wanted)
          for sample in 0..<count {
            heap.offer(metric.reducedDistance(queries + query * width, samples + sample * width, width), Int32(sample))
          }
          return heap
        }
      }
    }
  }

  /// Candidates by matrix products, chosen among by exact distances.
  private func byProducts(
    _ queries: UnsafePointer<Double>, _ samples: UnsafePointer<Double>, _ range: Range<Int>, _ wanted: Int
  ) -> [NearestHeap] {
    let rows = Array(UnsafeBufferPointer(start: queries + range.lowerBound * width, count: range.count * width))
    let products = (Matrix(rows, shape: [range.count, width]) • self.samples.transposed()).scalars
    let largest = lengths.max() ?? 0
    return products.withUnsafeBufferPointer { products in
      range.map { query in
        let own = products.baseAddress! + (query - range.lowerBound) * count
        let row = queries + query * width
        let length = (0..<width).reduce(0.0) { $0 + row[$1] * row[$1] }
        var rough = NearestHeap(limit: wanted)
        for sample in 0..<count { rough.offer(lengths[sample] - 2 * own[sample], Int32(sample)) }
        // What rounding can have moved a product by.
        let bound = rough.bound + 1e-13 * Double(width) * (length + largest)
        var heap = NearestHeap(limit: wanted)
        // Products beyond numbers decide nothing: such samples are candidates.
        for sample in 0..<count where !(lengths[sample] - 2 * own[sample] > bound) {
          heap.offer(squaredDistance(row, samples + sample * width, width), Int32(sample))
        }
        return heap
      }
    }
  }

  /// The samples within a distance of each query, in ascending order of their places, and their distances.
  func within(_ radius: Double, of queries: Matrix) -> [(places: [Int32], distances: [Double])] {
    let rows = queries.scalars
    let limit = metric.reduced(radius)
    return Parallel.mapRanges(queries.shape[0], length: Self.pieceLength) { range in
      range.map { query in
        var found: [(place: Int32, distance: Double)] = []
        forEach(within: limit, of: rows, query) { found.append(($0, $1)) }
        found.sort { $0.place < $1.place }
        return (found.map(\.place), found.map { metric.distance(fromReduced: $0.distance) })
      }
    }.flatMap { $0 }
  }

  /// Which of the index's own samples have at least `enough` samples, themselves included, within a distance.
  func dense(within radius: Double, enough: Int) -> [Bool] {
    let limit = metric.reduced(radius)
    return Parallel.mapRanges(count, length: Self.pieceLength) { range in
      scalars.withUnsafeBufferPointer { scalars in
        range.map { query in
          if let tree {
            // Not empty: there is a query in the range.
            let row = scalars.baseAddress! + query * width
            return tree.withSearch { $0.count(within: limit, of: row, enough: enough) } >= enough
          }
          var found = 0
          forEach(within: limit, of: self.scalars, query) { _, _ in found += 1 }
          return found >= enough
        }
      }
    }.flatMap { $0 }
  }

  /// Which of the index's own samples have neighbours, themselves included, whose weights sum to `enough`.
  func dense(within radius: Double, enough: Double, weights: [Double]) -> [Bool] {
    let limit = metric.reduced(radius)
    return Parallel.mapRanges(count, length: Self.pieceLength) { range in
      range.map { query in
        var found = 0.0
        forEach(within: limit, of: scalars, query) { sample, _ in found += weights[Int(sample)] }
        return found >= enough
      }
    }.flatMap { $0 }
  }

  /// The places of samples within a distance of some of the index's own samples, in no particular order.
  func neighbours(within radius: Double, of queries: ArraySlice<Int>, where keeps: [Bool]) -> [[Int32]] {
    let limit = metric.reduced(radius)
    let first = queries.startIndex
    return Parallel.mapRanges(queries.count, length: Self.pieceLength) { range in
      range.map { place in
        var found: [Int32] = []
        let query = queries[first + place]
        forEach(within: limit, of: scalars, query) { sample, _ in
          if keeps[Int(sample)] { found.append(sample) }
        }
        return found
      }
    }.flatMap { $0 }
  }

  @inline(__always)
  private func forEach(
    within limit: Double, of rows: [Double], _ query: Int, _ body: (Int32, Double) -> Void
  ) {
    rows.withUnsafeBufferPointer { rows in
      // Not empty: `query` is one of the rows.
      let row = rows.baseAddress! + query * width
      if let tree {
        tree.withSearch { $0.forEach(within: limit, of: row, body) }
        return
      }
      scalars.withUnsafeBufferPointer { samples in
        for sample in 0..<count {
          let distance = metric.reducedDistance(row, samples.baseAddress! + sample * width, width)
          if distance <= limit { body(Int32(sample), distance) }
        }
      }
    }
  }
}
