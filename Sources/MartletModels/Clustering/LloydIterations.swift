import MartletNumerics

/// Moves centres to the means of their samples until nothing changes any more.
///
/// Most samples keep their centre. Bounds on the distances to the own and to the second nearest centre, moved along with
/// the centres, tell which samples need not be looked at; the result is that of comparing all with all.
///
/// References: Lloyd (1982), Least squares quantization in PCM; Hamerly (2010), Making k-means even faster.
struct LloydIterations {
  let samples: ClusterSamples
  let clusters: Int
  /// The centres, one after the other.
  private(set) var centres: [Double]
  /// Each sample's centre.
  private(set) var labels: [Int32]
  private(set) var iterations = 0
  private(set) var hasConverged = false
  /// The centres before each iteration, where they are wanted.
  private(set) var history: [[Double]] = []
  /// Never below the distance to the own centre, and never above that to any other.
  private var upper: [Double]
  private var lower: [Double]

  /// Bounds that differ by less than rounding are compared afresh.
  private static let slack = 1 + 1e-10

  init(_ samples: ClusterSamples, from centres: [Double], clusters: Int) {
    self.samples = samples
    self.clusters = clusters
    self.centres = centres
    labels = [Int32](repeating: -1, count: samples.count)
    upper = [Double](repeating: .infinity, count: samples.count)
    lower = [Double](repeating: 0, count: samples.count)
  }

  /// - Parameters:
  ///   - tolerance: it ends when the squared lengths of the centres' moves sum to no more.
  ///   - keepsHistory: whether the centres before each iteration are kept.
  ///   - each: called after each iteration.
  mutating func run(maximum: Int, tolerance: Double, keepsHistory: Bool, _ each: () -> Void) {
    while iterations < maximum, !hasConverged {
      defer { each() }
      if keepsHistory { history.append(centres) }
      let pieces = assign()
      iterations += 1
      let (moves, squares) = move(pieces)
      if !pieces.contains(where: \.hasChanged) {
        hasConverged = true
        return
      }
      hasConverged = squares <= tolerance
      follow(moves)
    }
    labels = samples.nearest(CentreTable(centres, count: clusters, width: samples.width))
  }

  /// What one piece of the samples adds to the new centres.
  private struct Piece {
    var sums: [Double]
    var weights: [Double]
    var hasChanged = false
  }

  /// Gives every sample its nearest centre and sums up each centre's samples.
  private mutating func assign() -> [Piece] {
    let table = CentreTable(centres, count: clusters, width: samples.width)
    let reach = self.reach()
    let (samples, clusters, centres) = (samples, clusters, centres)
    return labels.withUnsafeMutableBufferPointer { labels in
      upper.withUnsafeMutableBufferPointer { upper in
        lower.withUnsafeMutableBufferPointer { lower in
          // Each piece reads and writes only its own samples' labels and bounds.
          nonisolated(unsafe) let bounds = (labels, upper, lower)
          return samples.mapPieces { range, start in
            table.withReader { reader in
              centres.withUnsafeBufferPointer { centres in
                Self.assign(range, start, samples, clusters, reader, centres.baseAddress!, reach, bounds)
              }
            }
          }
        }
      }
    }
  }

  private static func assign(
    _ range: Range<Int>, _ start: UnsafePointer<Double>, _ samples: ClusterSamples, _ clusters: Int,
    _ reader: CentreTable.Reader, _ centres: UnsafePointer<Double>, _ reach: [Double],
    _ bounds: (
      labels: UnsafeMutableBufferPointer<Int32>, upper: UnsafeMutableBufferPointer<Double>,
      lower: UnsafeMutableBufferPointer<Double>
    )
  ) -> Piece {
    let width = samples.width
    var piece = Piece(
      sums: [Double](repeating: 0, count: clusters * width), weights: [Double](repeating: 0, count: clusters))
    piece.sums.withUnsafeMutableBufferPointer { sums in
      for place in range {
        let sample = start + place * width
        var label = Int(bounds.labels[place])
        if !isSettled(place, sample, width, centres, reach, bounds) {
          let found = reader.nearest(sample)
          bounds.upper[place] = found.nearest.squareRoot()
          bounds.lower[place] = found.second.squareRoot()
          if found.place != label {
            (label, piece.hasChanged) = (found.place, true)
            bounds.labels[place] = Int32(found.place)
          }
        }
        let weight = samples.weights?[place] ?? 1
        piece.weights[label] += weight
        // `label` is a centre's place, so its row lies within the sums.
        let sum = sums.baseAddress! + label * width
        for feature in 0..<width { sum[feature] += weight * sample[feature] }
      }
    }
    return piece
  }

  /// Whether the bounds, or one distance, prove that a sample keeps its centre.
  @inline(__always)
  private static func isSettled(
    _ place: Int, _ sample: UnsafePointer<Double>, _ width: Int, _ centres: UnsafePointer<Double>, _ reach: [Double],
    _ bounds: (
      labels: UnsafeMutableBufferPointer<Int32>, upper: UnsafeMutableBufferPointer<Double>,
      lower: UnsafeMutableBufferPointer<Double>
    )
  ) -> Bool {
    let label = Int(bounds.labels[place])
    if label < 0 { return false }
    let limit = max(reach[label], bounds.lower[place])
    if bounds.upper[place] * slack < limit { return true }
    bounds.upper[place] = squaredDistance(sample, centres + label * width, width).squareRoot()
    return bounds.upper[place] * slack < limit
  }

  /// Half the distance from each centre to the nearest other one: samples within it can have no nearer centre.
  private func reach() -> [Double] {
    let width = samples.width
    return centres.withUnsafeBufferPointer { centres -> [Double] in
      let start = centres.baseAddress!  // not empty: there is at least one centre
      var reach = [Double](repeating: .infinity, count: clusters)
      for centre in 0..<clusters {
        for other in 0..<centre {
          let half = squaredDistance(start + centre * width, start + other * width, width).squareRoot() / 2
          reach[centre] = min(reach[centre], half)
          reach[other] = min(reach[other], half)
        }
      }
      return reach
    }
  }

  /// Moves the centres to the means of their samples; gives how far each moved, and the sum of the squares.
  private mutating func move(_ pieces: [Piece]) -> ([Double], Double) {
    var sums = [Double](repeating: 0, count: centres.count)
    var weights = [Double](repeating: 0, count: clusters)
    for piece in pieces {
      for place in sums.indices { sums[place] += piece.sums[place] }
      for place in weights.indices { weights[place] += piece.weights[place] }
    }
    fillEmpty(&sums, &weights)
    let width = samples.width
    var next = centres
    for centre in 0..<clusters where weights[centre] > 0 {
      for place in centre * width..<(centre + 1) * width { next[place] = sums[place] / weights[centre] }
    }
    var squares = [Double](repeating: 0, count: clusters)
    for place in next.indices {
      let shift = next[place] - centres[place]
      squares[place / width] += shift * shift
    }
    centres = next
    return (squares.map { $0.squareRoot() }, squares.reduce(0, +))
  }

  /// A centre without samples takes the one that is farthest from its own.
  private func fillEmpty(_ sums: inout [Double], _ weights: inout [Double]) {
    let empty = weights.indices.filter { weights[$0] == 0 }
    guard !empty.isEmpty else { return }
    let width = samples.width
    let distances = (0..<samples.count).map { sample in
      let centre = Int(labels[sample]) * width
      return samples.row(sample).enumerated().reduce(0.0) {
        let difference = $1.element - centres[centre + $1.offset]
        return $0 + difference * difference
      }
    }
    let farthest = distances.indices.sorted { distances[$0] > distances[$1] }
    for (centre, sample) in zip(empty, farthest) {
      let (weight, old) = (samples.weight(sample), Int(labels[sample]))
      for (feature, value) in samples.row(sample).enumerated() {
        sums[old * width + feature] -= weight * value
        sums[centre * width + feature] = weight * value
      }
      weights[old] -= weight
      weights[centre] = weight
    }
  }

  /// Widens the bounds by what the centres moved.
  private mutating func follow(_ moves: [Double]) {
    let order = moves.indices.sorted { moves[$0] > moves[$1] }
    let (largest, second) = (moves[order[0]], order.count > 1 ? moves[order[1]] : 0)
    for place in labels.indices {
      let label = Int(labels[place])
      upper[place] += moves[label]
      lower[place] -= label == order[0] ? second : largest
    }
  }
}
