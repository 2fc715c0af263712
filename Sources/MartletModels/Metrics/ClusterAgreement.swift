import MartletNumerics

/// How far two groupings of the same samples agree, whatever the groups are called.
///
///     let agreement = ClusterAgreement([0, 0, 1, 1], ["a", "a", "b", "c"])
///     agreement.adjustedRandIndex      // 0.5714285714285715
public struct ClusterAgreement: Sendable {
  /// How many samples are in each pair of groups: shape `[first groups, second groups]`.
  public let contingency: Matrix

  /// - Parameters:
  ///   - first: the group of each sample, such as the true class.
  ///   - second: its group by the other grouping, such as the cluster.
  public init<First: Hashable, Second: Hashable>(_ first: [First], _ second: [Second]) {
    MetricChecks.pairs(first.count, second.count, "ClusterAgreement")
    let (rows, columns) = (LabelCoding(first), LabelCoding(second))
    var counts = [Double](repeating: 0, count: rows.classes.count * columns.classes.count)
    for (row, column) in zip(rows.codes, columns.codes) { counts[row * columns.classes.count + column] += 1 }
    contingency = Matrix(counts, shape: [rows.classes.count, columns.classes.count])
  }

  private var rows: [Double] { contingency.sum(axis: 1).scalars }
  private var columns: [Double] { contingency.sum(axis: 0).scalars }
  private var total: Double { contingency.sum() }
  private static func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }

  /// Ordered pairs of samples: apart in both, together in the second only, in the first only, together in both.
  private var pairs: (apart: Double, second: Double, first: Double, both: Double) {
    let both = Self.squares(contingency.scalars) - total
    let second = Self.squares(columns) - both - total
    let first = Self.squares(rows) - both - total
    return (total * total - both - second - first - total, second, first, both)
  }

  /// The fraction of pairs of samples on which both agree, from 0 to 1.
  public var randIndex: Double {
    let pairs = pairs
    let agreeing = pairs.apart + pairs.both
    let all = agreeing + pairs.first + pairs.second
    return all == 0 ? 1 : agreeing / all
  }

  /// The Rand index, moved so that chance gives 0; 1 for the same grouping.
  ///
  /// Reference: Hubert and Arabie (1985), Comparing partitions.
  public var adjustedRandIndex: Double {
    let pairs = pairs
    if pairs.first == 0, pairs.second == 0 { return 1 }
    let chance =
      (pairs.both + pairs.first) * (pairs.first + pairs.apart) + (pairs.both + pairs.second)
      * (pairs.second + pairs.apart)
    return 2 * (pairs.both * pairs.apart - pairs.first * pairs.second) / chance
  }

  /// The geometric mean of pairwise precision and recall.
  ///
  /// Reference: Fowlkes and Mallows (1983), A method for comparing two hierarchical clusterings.
  public var fowlkesMallows: Double {
    let pairs = pairs
    if pairs.both == 0 { return 0 }
    return (pairs.both / (pairs.both + pairs.second)).squareRoot()
      * (pairs.both / (pairs.both + pairs.first)).squareRoot()
  }

  /// How much one grouping tells of the other, in nats.
  public var mutualInformation: Double { max(0, MartletNumerics.mutualInformation(contingency)) }

  /// Whether each group of the second has samples of one group of the first only, from 0 to 1.
  public var homogeneity: Double {
    let own = entropy(rows)
    return own == 0 ? 1 : mutualInformation / own
  }

  /// Whether each group of the first is in one group of the second, from 0 to 1.
  public var completeness: Double {
    let own = entropy(columns)
    return own == 0 ? 1 : mutualInformation / own
  }

  /// The harmonic mean of homogeneity and completeness, in which completeness counts `beta` times.
  public func vMeasure(beta: Double = 1) -> Double {
    let (h, c) = (homogeneity, completeness)
    return h + c == 0 ? 0 : (1 + beta) * h * c / (beta * h + c)
  }

  /// The mutual information over the mean of the entropies, from 0 to 1.
  public var normalizedMutualInformation: Double {
    if contingency.shape == [1, 1] { return 1 }
    let information = mutualInformation
    return information <= .ulpOfOne ? 0 : information / ((entropy(rows) + entropy(columns)) / 2)
  }

  /// The normalised mutual information, moved so that chance gives 0; 1 for the same grouping.
  ///
  /// - Complexity: O(groups² · largest group).
  ///
  /// Reference: Vinh, Epps and Bailey (2010), Information theoretic measures for clusterings comparison.
  public var adjustedMutualInformation: Double {
    let (r, c) = contingency.shape.count == 2 ? (contingency.shape[0], contingency.shape[1]) : (0, 0)
    if r == c, r == 1 || Double(r) == total { return 1 }
    let chance = expectedInformation
    let normal = (entropy(rows) + entropy(columns)) / 2
    // The sign is kept where both are equal but for rounding.
    let scale = normal - chance < 0 ? min(normal - chance, -.ulpOfOne) : max(normal - chance, .ulpOfOne)
    return (mutualInformation - chance) / scale
  }

  /// The mutual information of two random groupings with groups of these sizes.
  private var expectedInformation: Double {
    let n = total
    var expected = 0.0
    for a in rows {
      for b in columns {
        for shared in stride(from: max(1, a + b - n), through: min(a, b), by: 1) {
          let logarithms =
            logGamma(a + 1) + logGamma(b + 1) + logGamma(n - a + 1) + logGamma(n - b + 1) - logGamma(n + 1)
            - logGamma(shared + 1) - logGamma(a - shared + 1) - logGamma(b - shared + 1)
            - logGamma(n - a - b + shared + 1)
          expected += shared / n * log(n * shared / (a * b)) * exp(logarithms)
        }
      }
    }
    return expected
  }
}
