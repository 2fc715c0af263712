/// The joins of a hierarchical clustering, checked.
package struct JoinTree: Sendable {
  package struct Join: Sendable {
    package let first, second: Int
    package let height: Double
  }

  package let joins: [Join]
  /// The samples in an order that keeps the lines of a dendrogram from crossing.
  package let order: [Int]
  private let sizes: [Int]
  var sampleCount: Int { joins.count + 1 }

  /// - Throws: `ChartError` when a join names a cluster that is not there yet, or that was joined already.
  package init(_ rows: [[Double]]) throws(ChartError) {
    let count = rows.count + 1
    var isJoined = Array(repeating: false, count: count + rows.count)
    var (joins, sizes): ([Join], [Int]) = ([], Array(repeating: 1, count: count))
    for (index, row) in rows.enumerated() {
      guard row.count >= 3, row[2].isFinite, let first = Int(exactly: row[0]), let second = Int(exactly: row[1]),
        first != second, [first, second].allSatisfy({ (0..<count + index).contains($0) && !isJoined[$0] })
      else {
        throw ChartError(
          .unsuitable(
            "A dendrogram needs rows of two clusters and a distance, as SciPy's linkage makes them. Row \(index) is "
              + "\(row): clusters must lie from 0 to \(count + index - 1), differ, and not be joined already."))
      }
      (isJoined[first], isJoined[second]) = (true, true)
      joins.append(Join(first: first, second: second, height: row[2]))
      sizes.append(sizes[first] + sizes[second])
    }
    (self.joins, self.sizes, order) = (joins, sizes, Self.leaves(of: joins))
  }

  /// From left to right; without recursion, since chains can be as long as there are samples.
  private static func leaves(of joins: [Join]) -> [Int] {
    let count = joins.count + 1
    var (leaves, open): ([Int], [Int]) = ([], [count + joins.count - 1])
    while let cluster = open.popLast() {
      guard cluster >= count else {
        leaves.append(cluster)
        continue
      }
      open += [joins[cluster - count].second, joins[cluster - count].first]
    }
    return leaves
  }

  /// How many samples a cluster has.
  func size(_ cluster: Int) -> Int { sizes[cluster] }
  /// The distance at which a cluster was made; 0 for a sample.
  func height(_ cluster: Int) -> Double { cluster < sampleCount ? 0 : joins[cluster - sampleCount].height }

  /// For each join, the number of the cluster that it belongs to when the tree is cut; `nil` above the cut.
  ///
  /// Clusters are numbered from left to right.
  package func clusters(below cut: Double) -> [Int?] {
    var numbers: [Int?] = Array(repeating: nil, count: joins.count)
    var (next, open): (Int, [(cluster: Int, number: Int?)]) = (0, [(sampleCount + joins.count - 1, nil)])
    while let (cluster, inherited) = open.popLast() {
      guard cluster >= sampleCount else { continue }
      let join = joins[cluster - sampleCount]
      var number = inherited
      if number == nil, join.height < cut { (number, next) = (next, next + 1) }
      numbers[cluster - sampleCount] = number
      open += [(join.second, number), (join.first, number)]
    }
    return numbers
  }
}
