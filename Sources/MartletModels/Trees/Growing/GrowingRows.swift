/// The samples that a tree grows from, each with its target and weight, in the order of the nodes they have come to: a
/// node's samples are a range of places.
struct GrowingRows<Target: BitwiseCopyable & Sendable> {
  let count: Int
  // Allocated by `init`, freed by `deallocate`; plain memory, because every move of a sample touches it.
  let samples: UnsafeMutablePointer<UInt32>
  let targets: UnsafeMutablePointer<Target>
  let weights: UnsafeMutablePointer<Double>
  private let spareSamples: UnsafeMutablePointer<UInt32>
  private let spareTargets: UnsafeMutablePointer<Target>
  private let spareWeights: UnsafeMutablePointer<Double>

  /// Samples without weight are left out.
  init(_ allTargets: [Target], _ allWeights: [Double]?) {
    let total = allWeights.map { $0.count { $0 > 0 } } ?? allTargets.count
    count = total
    func memory<Element>(_: Element.Type) -> UnsafeMutablePointer<Element> { .allocate(capacity: max(1, total)) }
    (samples, spareSamples) = (memory(UInt32.self), memory(UInt32.self))
    (targets, spareTargets) = (memory(Target.self), memory(Target.self))
    (weights, spareWeights) = (memory(Double.self), memory(Double.self))
    var place = 0
    for sample in allTargets.indices {
      let weight = allWeights?[sample] ?? 1
      guard weight > 0 else { continue }
      samples[place] = UInt32(sample)
      targets[place] = allTargets[sample]
      weights[place] = weight
      place += 1
    }
  }

  func deallocate() {
    samples.deallocate()
    targets.deallocate()
    weights.deallocate()
    spareSamples.deallocate()
    spareTargets.deallocate()
    spareWeights.deallocate()
  }

  /// Puts the samples of a node that go left before the others, each side in its old order.
  /// - Returns: where the right side begins.
  @inline(__always)
  func partition(_ range: Range<Int>, goesLeft: (Int) -> Bool) -> Int {
    var (left, right) = (range.lowerBound, 0)
    for place in range {
      if goesLeft(Int(samples[place])) {
        samples[left] = samples[place]
        targets[left] = targets[place]
        weights[left] = weights[place]
        left += 1
      } else {
        spareSamples[right] = samples[place]
        spareTargets[right] = targets[place]
        spareWeights[right] = weights[place]
        right += 1
      }
    }
    (samples + left).update(from: spareSamples, count: right)
    (targets + left).update(from: spareTargets, count: right)
    (weights + left).update(from: spareWeights, count: right)
    return left
  }
}
