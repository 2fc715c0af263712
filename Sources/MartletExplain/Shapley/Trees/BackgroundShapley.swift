import MartletNumerics

/// Shapley values of a tree where what is not known is taken from another sample.
///
/// With the features of `S` from the sample and the others from a background sample, each way down the tree is open only
/// to some sets: those with all of `a` features and none of `b` others. Such a leaf gives each of the `a` features
/// `value · (a−1)! b! / (a+b)!` and takes `value · a! (b−1)! / (a+b)!` from each of the `b`.
///
/// Reference: Lundberg and others (2020), From local explanations to global understanding with explainable AI for trees.
struct BackgroundShapley {
  let tree: WalkedTree
  /// `a! b! / (a+b+1)!` at `[a · side + b]`.
  private let shares: [Double]
  private let side: Int

  init(_ tree: WalkedTree) {
    self.tree = tree
    side = tree.width + 1
    var shares = [Double](repeating: 0, count: side * side)
    for a in 0..<side {
      var share = 1 / Double(a + 1)
      for b in 0..<side {
        shares[a * side + b] = share
        share *= Double(b + 1) / Double(a + b + 2)
      }
    }
    self.shares = shares
  }

  /// What is known on the way down.
  private struct Way {
    /// For each feature whose value is told: 1 where the sample leads on, −1 where the background does, 0 for others.
    var sides: [Int8]
    /// The features that are told, in the order of the way.
    var told: [Int32] = []
    var fromSample = 0
  }

  /// Adds the contributions for one pair of samples, `scale` times.
  ///
  /// - Parameters:
  ///   - sums: `[outputs, features]` of the sample; the tree's outputs start at `offset`.
  ///   - base: the background's own answers, one for each output.
  func add(
    _ sample: UnsafePointer<Double>, _ other: UnsafePointer<Double>, features: Int, scale: Double,
    to sums: UnsafeMutablePointer<Double>, base: UnsafeMutablePointer<Double>, offset: Int
  ) {
    var way = Way(sides: [Int8](repeating: 0, count: features))
    walk(0, sample, other, features, scale, sums + offset * features, base + offset, &way)
  }

  private func walk(
    _ place: Int, _ sample: UnsafePointer<Double>, _ other: UnsafePointer<Double>, _ features: Int, _ scale: Double,
    _ sums: UnsafeMutablePointer<Double>, _ base: UnsafeMutablePointer<Double>, _ way: inout Way
  ) {
    let node = tree.nodes[place]
    guard node.feature >= 0 else { return share(place, features, scale, sums, base, way) }
    let feature = Int(node.feature)
    let sampleChild = tree.goesLeft(node, sample[feature]) ? node.left : node.right
    let otherChild = tree.goesLeft(node, other[feature]) ? node.left : node.right
    let side = way.sides[feature]
    if sampleChild == otherChild || side > 0 {
      walk(Int(sampleChild), sample, other, features, scale, sums, base, &way)
    } else if side < 0 {
      walk(Int(otherChild), sample, other, features, scale, sums, base, &way)
    } else {
      way.told.append(node.feature)
      way.sides[feature] = 1
      way.fromSample += 1
      walk(Int(sampleChild), sample, other, features, scale, sums, base, &way)
      way.fromSample -= 1
      way.sides[feature] = -1
      walk(Int(otherChild), sample, other, features, scale, sums, base, &way)
      way.sides[feature] = 0
      way.told.removeLast()
    }
  }

  /// Gives a leaf's answer to the features that lead to it, and takes it from those that lead away.
  private func share(
    _ place: Int, _ features: Int, _ scale: Double, _ sums: UnsafeMutablePointer<Double>,
    _ base: UnsafeMutablePointer<Double>, _ way: borrowing Way
  ) {
    let (a, b) = (way.fromSample, way.told.count - way.fromSample)
    let gain = a > 0 ? shares[(a - 1) * side + b] : 0
    let loss = b > 0 ? -shares[a * side + b - 1] : 0
    for output in 0..<tree.outputCount {
      let value = tree.values[place * tree.outputCount + output] * scale
      if a == 0 { base[output] += value }
      for feature in way.told {
        sums[output * features + Int(feature)] += value * (way.sides[Int(feature)] > 0 ? gain : loss)
      }
    }
  }
}
