import MartletNumerics

/// Which samples are in which batch, epoch by epoch.
package struct BatchOrder: Sendable, CustomStringConvertible {
  let sampleCount, batchSize: Int
  let shuffles, dropsLast: Bool
  let seed: UInt64

  package init(sampleCount: Int, batchSize: Int, shuffles: Bool, dropsLast: Bool, seed: UInt64) {
    (self.sampleCount, self.batchSize, self.seed) = (sampleCount, batchSize, seed)
    (self.shuffles, self.dropsLast) = (shuffles, dropsLast)
  }

  package var description: String {
    "\(batchCount) batches of \(batchSize), \(shuffles ? "shuffled with seed \(seed)" : "in order")"
  }

  var batchCount: Int { dropsLast ? sampleCount / batchSize : (sampleCount + batchSize - 1) / batchSize }

  /// The order of one pass, which depends on the seed and the epoch's number alone.
  package func epoch(_ number: Int) -> Epoch {
    let seed = seed &+ UInt64(truncatingIfNeeded: number) &* 0x9e37_79b9_7f4a_7c15
    var random = PCG64(seed: seed)
    return Epoch(order: self, permutation: shuffles ? random.permutation(sampleCount) : nil, seed: seed)
  }

  /// The order of one pass.
  package struct Epoch: Sendable {
    fileprivate let order: BatchOrder
    /// `nil` for the samples' own order.
    fileprivate let permutation: [Int]?
    fileprivate let seed: UInt64

    var batchCount: Int { order.batchCount }
    var isShuffled: Bool { permutation != nil }

    /// Where in the order a batch's samples are.
    func places(of batch: Int) -> Range<Int> {
      batch * order.batchSize..<Swift.min((batch + 1) * order.batchSize, order.sampleCount)
    }

    /// The numbers of a batch's samples.
    func rows(of batch: Int) -> [Int] { permutation.map { Array($0[places(of: batch)]) } ?? Array(places(of: batch)) }

    /// What a batch's own random choices depend on.
    func seed(of batch: Int) -> UInt64 {
      var random = PCG64(seed: seed &+ UInt64(batch) &+ 1)
      return random.next()
    }
  }
}
