/// The samples that a tree grows from, each with what a criterion knows of it, in the order of the nodes they have come to: a
/// node's samples are a range of places.
struct GrowingRows<Observation: BitwiseCopyable & Sendable> {
  let count: Int
  /// The sum of the weights.
  let weight: Double
  // Allocated by `init`, freed by `deallocate`; plain memory, because every move of a sample touches it.
  let samples: UnsafeMutablePointer<UInt32>
  let observations: UnsafeMutablePointer<Observation>
  private let spareSamples: UnsafeMutablePointer<UInt32>
  private let spareObservations: UnsafeMutablePointer<Observation>

  /// Samples without weight are left out.
  ///
  /// - Parameters:
  ///   - total: how many samples there are.
  ///   - weights: of the samples; `nil` for all 1.
  ///   - observe: what is known of a sample with its weight.
  init(_ total: Int, _ weights: [Double]?, _ observe: (_ sample: Int, _ weight: Double) -> Observation) {
    let capacity = max(1, total)
    (samples, spareSamples) = (.allocate(capacity: capacity), .allocate(capacity: capacity))
    (observations, spareObservations) = (.allocate(capacity: capacity), .allocate(capacity: capacity))
    var (place, sum) = (0, 0.0)
    for sample in 0..<total {
      let weight = weights?[sample] ?? 1
      guard weight > 0 else { continue }
      samples[place] = UInt32(sample)
      observations[place] = observe(sample, weight)
      sum += weight
      place += 1
    }
    (count, weight) = (place, sum)
  }

  func deallocate() {
    samples.deallocate()
    observations.deallocate()
    spareSamples.deallocate()
    spareObservations.deallocate()
  }

  /// Puts the samples of a node that go left before the others, each side in its old order.
  /// - Returns: where the right side begins.
  @inline(__always)
  func partition(_ range: Range<Int>, goesLeft: (Int) -> Bool) -> Int {
    var (left, right) = (range.lowerBound, 0)
    for place in range {
      // Written to both sides, of which one moves on: guesses about the side would often be wrong.
      let (sample, observation) = (samples[place], observations[place])
      let isLeft = goesLeft(Int(sample)) ? 1 : 0
      samples[left] = sample
      observations[left] = observation
      spareSamples[right] = sample
      spareObservations[right] = observation
      left += isLeft
      right += 1 - isLeft
    }
    (samples + left).update(from: spareSamples, count: right)
    (observations + left).update(from: spareObservations, count: right)
    return left
  }
}

extension GrowingRows {
  /// - Parameter weights: `nil` for all 1.
  init<Target>(_ targets: [Target], _ weights: [Double]?) where Observation == WeightedTarget<Target> {
    self.init(targets.count, weights) { WeightedTarget(target: targets[$0], weight: $1) }
  }
}
