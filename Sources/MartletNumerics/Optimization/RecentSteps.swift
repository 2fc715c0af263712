/// The last steps and how the gradient changed over each: an approximation of the function's curvature.
struct RecentSteps {
  let capacity: Int
  private var entries: [(step: [Double], change: [Double], inverse: Double)] = []

  init(capacity: Int) { self.capacity = capacity }

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(step: [Double], change: [Double]) {
    let product = DenseVectorArithmetic.dot(step, change)
    // A step over which the gradient did not grow says nothing about a minimum.
    guard product > 1e-16 * DenseVectorArithmetic.dot(change, change) else { return }
    if entries.count == capacity { entries.removeFirst() }
    entries.append((step, change, 1 / product))
  }

  /// The two loops of Liu and Nocedal's algorithm.
  func direction(for gradient: [Double]) -> [Double] {
    var direction = gradient.map { -$0 }
    var weights = [Double](repeating: 0, count: entries.count)
    for i in entries.indices.reversed() {
      weights[i] = entries[i].inverse * DenseVectorArithmetic.dot(entries[i].step, direction)
      DenseVectorArithmetic.addScaled(&direction, -weights[i], entries[i].change)
    }
    if let last = entries.last {
      let scale = 1 / (last.inverse * DenseVectorArithmetic.dot(last.change, last.change))
      for i in direction.indices { direction[i] *= scale }
    }
    for i in entries.indices {
      let back = entries[i].inverse * DenseVectorArithmetic.dot(entries[i].change, direction)
      DenseVectorArithmetic.addScaled(&direction, weights[i] - back, entries[i].step)
    }
    return direction
  }
}
