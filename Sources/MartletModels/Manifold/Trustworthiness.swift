import MartletNumerics

/// Whether neighbours in a drawing are neighbours indeed: 1 at best, about 0.5 for a random one.
///
/// `1 − 2 / (n k (2n − 3k − 1)) · ∑ max(0, r − k)` over each sample's `k` nearest in the drawing, where `r` is the rank of
/// their distance among the samples themselves.
///
///     try trustworthiness(of: map, for: digits.features, neighbors: 5)
/// - Parameters:
///   - embedding: the drawing, shape `[n, k]`.
///   - x: the samples, shape `[n, d]`.
///   - neighbors: at least 1, and less than half of the samples.
/// - Throws: ``FitError`` of kind `shape`, `notFinite`, `tooFewSamples` or `parameter`.
/// - Complexity: O(n² (d + log n)).
///
/// Reference: Venna and Kaski (2001), Neighborhood preservation in nonlinear projection methods. (scikit-learn:
/// `manifold.trustworthiness`)
public func trustworthiness(of embedding: Matrix, for x: Matrix, neighbors: Int = 5) throws(FitError) -> Double {
  try SampleChecks.features(x, atLeast: 2)
  try SampleChecks.features(embedding)
  try SampleChecks.pairs(x, targets: embedding.shape[0])
  let count = x.shape[0]
  try SampleChecks.parameter(
    neighbors > 0 && 2 * neighbors < count, "neighbors", "from 1 to below half of the \(count) samples", neighbors)
  let near = try NearestNeighbors().fit(embedding).neighborsOfSamples(count: neighbors).places.scalars
  let squares = SquaredDistances.between(x, x).scalars
  let misses = Parallel.mapRanges(count, length: 32) { range in
    range.reduce(0) { sum, i in
      let own = Array(squares[i * count..<(i + 1) * count])
      let order = own.indices.sorted { (own[$0], $0) < (own[$1], $1) }.filter { $0 != i }
      var ranks = [Int](repeating: 0, count: count)
      for (rank, sample) in order.enumerated() { ranks[sample] = rank + 1 }
      return near[i * neighbors..<(i + 1) * neighbors].reduce(sum) { $0 + max(0, ranks[$1] - neighbors) }
    }
  }.reduce(0, +)
  let k = Double(neighbors)
  let n = Double(count)
  return 1 - 2 / (n * k * (2 * n - 3 * k - 1)) * Double(misses)
}
