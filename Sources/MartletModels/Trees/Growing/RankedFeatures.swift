import MartletNumerics

/// Features with every value replaced by its rank among the feature's distinct values, a column for each feature.
///
/// Ranks are sorted and compared as small integers, which is faster than numbers with a fraction, and are made once for
/// all the trees of an ensemble.
final class RankedFeatures: @unchecked Sendable {  // nothing changes after `init`
  /// The rank of a missing value: behind all others.
  static let missing = UInt32.max

  let sampleCount: Int
  let featureCount: Int
  /// The distinct values of each feature, ascending.
  let distinct: [[Double]]
  let isCategorical: [Bool]
  /// Whether any sample lacks the feature.
  let hasMissing: [Bool]
  /// `featureCount` columns of `sampleCount` ranks.
  private let ranks: UnsafeMutablePointer<UInt32>

  init(_ x: Matrix, categorical: [Int] = []) {
    (sampleCount, featureCount) = (x.shape[0], x.shape[1])
    isCategorical = (0..<x.shape[1]).map(categorical.contains)
    // Plain memory, so that workers read without counting references; freed in `deinit`.
    let ranks = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, x.count))
    self.ranks = ranks
    let (count, width) = (x.shape[0], x.shape[1])
    var distinct = [[Double]](repeating: [], count: width)
    distinct.withUnsafeMutableBufferPointer { distinct in
      // Each piece fills the places of its own feature.
      nonisolated(unsafe) let (distinct, ranks) = (distinct, ranks)
      Parallel.forEach(width) { feature in
        distinct[feature] = Self.rank(x.column(feature).scalars, into: ranks + feature * count)
      }
    }
    self.distinct = distinct
    hasMissing = (0..<width).map { feature in
      UnsafeBufferPointer(start: ranks + feature * count, count: count).contains(Self.missing)
    }
  }

  deinit { ranks.deallocate() }

  /// The ranks of one feature, by sample.
  @inline(__always)
  func column(_ feature: Int) -> UnsafePointer<UInt32> { UnsafePointer(ranks + feature * sampleCount) }

  private static func rank(_ column: [Double], into ranks: UnsafeMutablePointer<UInt32>) -> [Double] {
    var distinct: [Double] = []
    for place in Matrix(column).argSort().scalars {
      let value = column[place]
      if value.isNaN {
        ranks[place] = missing
        continue
      }
      if distinct.last != value { distinct.append(value) }
      ranks[place] = UInt32(distinct.count - 1)
    }
    return distinct
  }

  /// The number between two neighbouring distinct values that splits them: half-way where rounding allows.
  func threshold(_ feature: Int, between low: UInt32, and high: UInt32) -> Double {
    let (below, above) = (distinct[feature][Int(low)], distinct[feature][Int(high)])
    let middle = below / 2 + above / 2
    return middle < above ? max(middle, below) : below
  }
}
