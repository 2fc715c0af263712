/// The places of the values when sorted, counted from 1; equal values share the mean of their places.
///
///     ranks([10, 30, 20, 20])      // [1.0, 4.0, 2.5, 2.5]
public func ranks(_ values: some Collection<Double>) -> [Double] { RankedValues(Array(values)).ranks }

/// Spearman's correlation: Pearson's, of the ranks. It is 1 when one quantity only grows with the other.
public func spearmanCorrelation(_ x: some Collection<Double>, _ y: some Collection<Double>) -> Double {
  correlation(ranks(x), ranks(y))
}

/// Kendall's τ-b: by how much pairs in the same order outnumber those in opposite ones, with ties left out.
/// - Complexity: O(n²).
public func kendallCorrelation(_ x: some Collection<Double>, _ y: some Collection<Double>) -> Double {
  guard x.count == y.count else { fatalError("Correlation needs pairs: x has \(x.count) values, y has \(y.count).") }
  let (x, y) = (Array(x), Array(y))
  var (balance, xPairs, yPairs) = (0.0, 0.0, 0.0)
  for i in x.indices {
    for j in 0..<i {
      let (dx, dy) = (x[i] - x[j], y[i] - y[j])
      if dx != 0 { xPairs += 1 }
      if dy != 0 { yPairs += 1 }
      if dx * dy != 0 { balance += (dx > 0) == (dy > 0) ? 1 : -1 }
    }
  }
  return balance / (xPairs * yPairs).squareRoot()
}

/// Ranks, and how many values share each.
struct RankedValues {
  let ranks: [Double]
  /// The sizes of the groups of equal values.
  let groups: [Int]

  init(_ values: [Double]) {
    let order = Matrix(values).argSort().scalars
    var ranks = [Double](repeating: 0, count: values.count)
    var (groups, start): ([Int], Int) = ([], 0)
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      groups.append(end - start)
      start = end
    }
    self.ranks = ranks
    self.groups = groups
  }

  /// The sum of `t³ − t` over groups, by which ties narrow the spread of rank sums.
  var tieTerm: Double { groups.reduce(0) { $0 + Double($1) * (Double($1) * Double($1) - 1) } }
}
