/// Finds the best border between the values of a feature for samples of two classes, without sorting them all.
///
/// Samples are counted in bins of neighbouring ranks. Gini's score is a convex function of the two classes' weights on the
/// left, so that no border inside a bin is better than one would be that had all of one class of the bin to its left and none
/// of the other. Only the bins where that could beat the best border between bins are sorted.
///
/// Reference: Fayyad and Irani (1992), On the handling of continuous-valued attributes in decision tree generation, for
/// where borders need not be looked for.
struct BorderBins {
  /// Fewer samples are sorted as quickly.
  static let worthBins = 24
  private static let mostBins = 1 << 12

  /// Each sample's rank; freed with the rest by `deallocate`.
  let ranks: UnsafeMutablePointer<UInt32>
  /// Each bin's samples, and those up to and including each bin.
  private let sums: UnsafeMutablePointer<ClassPair>
  private let running: UnsafeMutablePointer<ClassPair>
  private let scores: UnsafeMutablePointer<Double>
  /// By bin, 1 where it is to be looked into.
  private let flags: UnsafeMutablePointer<UInt8>

  /// A border: samples with ranks up to `limit` go left.
  struct Border {
    var score: Double
    var limit: UInt32
  }

  /// - Parameter capacity: the most samples a node has.
  init(capacity: Int) {
    ranks = .allocate(capacity: max(1, capacity))
    sums = .allocate(capacity: Self.mostBins)
    running = .allocate(capacity: Self.mostBins)
    scores = .allocate(capacity: Self.mostBins)
    flags = .allocate(capacity: Self.mostBins)
  }

  func deallocate() {
    ranks.deallocate()
    sums.deallocate()
    running.deallocate()
    scores.deallocate()
    flags.deallocate()
  }

  /// The best border with a score above `least`, of equal ones the first.
  ///
  /// - Parameters:
  ///   - count: how many samples there are, of which `ranks` has been filled with the ranks.
  ///   - bounds: the smallest and the largest of these, which differ.
  ///   - entries: room for the samples that are sorted.
  func best(
    _ pairs: UnsafePointer<ClassPair>, _ count: Int, _ bounds: (smallest: UInt32, largest: UInt32), above least: Double,
    _ sorter: RankSort, _ entries: UnsafeMutablePointer<UInt64>
  ) -> Border? {
    let width = UInt32(32 - (bounds.largest - bounds.smallest).leadingZeroBitCount)
    let binBits = UInt32(Int.bitWidth - min(count, Self.mostBins - 1).leadingZeroBitCount)
    let shift = width > binBits ? width - binBits : 0
    let last = Int((bounds.largest - bounds.smallest) >> shift)
    let total = fill(pairs, count, bounds.smallest, shift, last)
    var best = Border(score: least, limit: .max)
    scoreBorders(last, total)
    for bin in 0..<last where scores[bin] > best.score {
      best = Border(score: scores[bin], limit: UInt32(bin + 1) << shift - 1)
    }
    if shift > 0 && flag(last, total, least: best.score) {
      var found = 0
      for i in 0..<count {
        let rank = ranks[i] &- bounds.smallest
        entries[found] = UInt64(rank) << 32 | UInt64(i)
        found += Int(flags[Int(rank >> shift)])
      }
      sorter.sort(entries, found, differing: UInt32(truncatingIfNeeded: UInt64(1) << UInt64(width) - 1))
      look(pairs, entries, found, shift, total, &best)
    }
    guard best.score > least else { return nil }
    best.limit += bounds.smallest
    return best
  }

  private func fill(
    _ pairs: UnsafePointer<ClassPair>, _ count: Int, _ smallest: UInt32, _ shift: UInt32, _ last: Int
  ) -> ClassPair {
    sums.update(repeating: .none, count: last + 1)
    for i in 0..<count { sums[Int((ranks[i] &- smallest) >> shift)] += pairs[i] }
    var total = ClassPair.none
    for bin in 0...last {
      total += sums[bin]
      running[bin] = total
    }
    return total
  }

  /// Scores the border behind each bin but the last; an empty bin's is that of the bin before. Both sides have samples.
  private func scoreBorders(_ last: Int, _ total: ClassPair) {
    for bin in 0..<last { scores[bin] = TwoClassGini.score(running[bin], of: total) }
  }

  /// Flags the bins in which there could be a border with a score of at least `least`.
  private func flag(_ last: Int, _ total: ClassPair, least: Double) -> Bool {
    var any: UInt8 = 0
    for bin in 0...last {
      let before = running[bin] - sums[bin]
      let flag: UInt8 =
        Self.reaches(before + sums[bin].firstAlone, of: total, least)
          || Self.reaches(before + sums[bin].secondAlone, of: total, least) ? 1 : 0
      flags[bin] = flag
      any |= flag
    }
    return any != 0
  }

  /// Whether the score is at least `least`, or less by rounding: compared without dividing.
  @inline(__always)
  private static func reaches(_ left: ClassPair, of total: ClassPair, _ least: Double) -> Bool {
    let right = total - left
    let (below, above) = (left.weight, right.weight)
    return (left.squares * above + right.squares * below) * (1 + 1e-12) > least * (below * above)
  }

  /// Tries the borders inside the bins that the sorted entries are from.
  private func look(
    _ pairs: UnsafePointer<ClassPair>, _ entries: UnsafePointer<UInt64>, _ count: Int, _ shift: UInt32,
    _ total: ClassPair, _ best: inout Border
  ) {
    var (bin, left) = (-1, ClassPair.none)
    for place in 0..<count {
      let rank = UInt32(truncatingIfNeeded: entries[place] >> 32)
      if Int(rank >> shift) != bin {
        bin = Int(rank >> shift)
        left = running[bin] - sums[bin]
      }
      left += pairs[Int(truncatingIfNeeded: entries[place] & 0xffff_ffff)]
      let next = place + 1 < count ? UInt32(truncatingIfNeeded: entries[place + 1] >> 32) : .max
      // Equal ranks stay together, and the border behind the bin is known.
      guard next != rank, Int(next >> shift) == bin else { continue }
      let score = TwoClassGini.score(left, of: total)
      if score > best.score || (score == best.score && rank < best.limit && best.limit < .max) {
        best = Border(score: score, limit: rank)
      }
    }
  }

  /// The largest rank up to a limit and the smallest above it.
  func neighbours(of limit: UInt32, _ count: Int) -> (low: UInt32, high: UInt32) {
    var (low, high) = (UInt32.min, UInt32.max)
    for i in 0..<count {
      let rank = ranks[i]
      low = max(low, rank <= limit ? rank : .min)
      high = min(high, rank > limit ? rank : .max)
    }
    return (low, high)
  }
}
