import MartletNumerics

/// The sums of a node's derivatives for each bin of each feature: 256 packed numbers a feature.
///
/// Sums are whole numbers, so a child's histogram is exactly its parent's less its sibling's, and only the smaller child's
/// needs its samples to be looked at.
struct GradientHistogram {
  static let bins = 256
  /// So many samples are worth a piece of their own.
  private static let pieceLength = 1 << 13
  /// The derivatives of so many samples are brought together at a time; they stay in the nearest cache.
  private static let blockLength = 1 << 11

  /// `featureCount · 256` sums, and room for the features that fill up the last group of eight; freed by the pool.
  let sums: UnsafeMutablePointer<Int64>
  let count: Int

  init(_ features: BinnedFeatures) {
    count = features.groupCount * BinnedFeatures.groupWidth * Self.bins
    sums = .allocate(capacity: count)
  }

  func deallocate() { sums.deallocate() }

  /// The sums of all groups over the samples `rows[0..<rowCount]`, which are shared between the cores: for many samples of
  /// few features.
  func fill(
    _ features: BinnedFeatures, _ rows: UnsafePointer<UInt32>, _ rowCount: Int, _ derivatives: UnsafePointer<Int64>
  ) {
    let pieces = min(Parallel.threadLimit, max(1, rowCount / Self.pieceLength))
    let groups = 0..<features.groupCount
    guard pieces > 1 else { return fill(groups, features, rows, rowCount, derivatives) }
    let others = (1..<pieces).map { _ in GradientHistogram(features) }
    defer { for other in others { other.deallocate() } }
    let length = (rowCount + pieces - 1) / pieces
    // Each piece fills a histogram of its own; whole numbers add up to the same for any number of pieces.
    nonisolated(unsafe) let (rows, derivatives, all) = (rows, derivatives, [self] + others)
    Parallel.forEach(pieces) { piece in
      let first = min(piece * length, rowCount)
      all[piece].fill(groups, features, rows + first, min(length, rowCount - first), derivatives)
    }
    for other in others { for i in 0..<count { sums[i] &+= other.sums[i] } }
  }

  /// The sums of some groups over the samples `rows[0..<rowCount]`.
  func fill(
    _ groups: Range<Int>, _ features: BinnedFeatures, _ rows: UnsafePointer<UInt32>, _ rowCount: Int,
    _ derivatives: UnsafePointer<Int64>
  ) {
    for group in groups { start(of: group).update(repeating: 0, count: Self.groupLength) }
    let last = features.featureCount - (features.groupCount - 1) * BinnedFeatures.groupWidth
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: Self.blockLength) { block in
      for first in stride(from: 0, to: rowCount, by: Self.blockLength) {
        let length = min(Self.blockLength, rowCount - first)
        let rows = rows + first
        for i in 0..<length { block[i] = derivatives[Int(rows[i])] }
        for group in groups {
          let target = start(of: group)
          if group == features.groupCount - 1 && last <= 4 {
            Self.addFour(features.group(group), rows, length, block.baseAddress!, target)  // the block is not empty
          } else {
            Self.addEight(features.group(group), rows, length, block.baseAddress!, target)
          }
        }
      }
    }
  }

  private static func addEight(
    _ bins: UnsafeRawPointer, _ rows: UnsafePointer<UInt32>, _ count: Int, _ block: UnsafePointer<Int64>,
    _ sums: UnsafeMutablePointer<Int64>
  ) {
    for i in 0..<count {
      let eight = bins.load(fromByteOffset: Int(rows[i]) &* 8, as: UInt64.self)
      let value = block[i]
      sums[Int(truncatingIfNeeded: eight & 255)] &+= value
      sums[256 &+ Int(truncatingIfNeeded: (eight >> 8) & 255)] &+= value
      sums[512 &+ Int(truncatingIfNeeded: (eight >> 16) & 255)] &+= value
      sums[768 &+ Int(truncatingIfNeeded: (eight >> 24) & 255)] &+= value
      sums[1024 &+ Int(truncatingIfNeeded: (eight >> 32) & 255)] &+= value
      sums[1280 &+ Int(truncatingIfNeeded: (eight >> 40) & 255)] &+= value
      sums[1536 &+ Int(truncatingIfNeeded: (eight >> 48) & 255)] &+= value
      sums[1792 &+ Int(truncatingIfNeeded: eight >> 56)] &+= value
    }
  }

  private static func addFour(
    _ bins: UnsafeRawPointer, _ rows: UnsafePointer<UInt32>, _ count: Int, _ block: UnsafePointer<Int64>,
    _ sums: UnsafeMutablePointer<Int64>
  ) {
    for i in 0..<count {
      let four = bins.load(fromByteOffset: Int(rows[i]) &* 8, as: UInt32.self)
      let value = block[i]
      sums[Int(truncatingIfNeeded: four & 255)] &+= value
      sums[256 &+ Int(truncatingIfNeeded: (four >> 8) & 255)] &+= value
      sums[512 &+ Int(truncatingIfNeeded: (four >> 16) & 255)] &+= value
      sums[768 &+ Int(truncatingIfNeeded: four >> 24)] &+= value
    }
  }

  /// Turns a group of a parent's histogram into that of one child by taking the other's away.
  func subtract(_ other: GradientHistogram, group: Int) {
    let (own, others) = (start(of: group), other.start(of: group))
    for i in 0..<Self.groupLength { own[i] &-= others[i] }
  }

  private static let groupLength = BinnedFeatures.groupWidth * bins
  private func start(of group: Int) -> UnsafeMutablePointer<Int64> { sums + group * Self.groupLength }

  /// How many of the samples are in each bin: for the few nodes where an estimate is not enough.
  static func counts(_ features: BinnedFeatures, _ rows: UnsafePointer<UInt32>, _ rowCount: Int) -> [Int32] {
    var counts = [Int32](repeating: 0, count: features.featureCount * bins)
    counts.withUnsafeMutableBufferPointer { counts in
      for feature in 0..<features.featureCount {
        let column = features.column(feature)
        for i in 0..<rowCount {
          counts[feature * bins + Int(column[Int(rows[i]) * BinnedFeatures.groupWidth])] &+= 1
        }
      }
    }
    return counts
  }
}
