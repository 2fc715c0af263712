import MartletNumerics

/// Shapley values of a tree where what is not known is averaged over the samples that the tree has learned from.
///
/// A leaf is reached with the product over the features on its way of `o` (known: 1 or 0) or `z` (not known: the share of
/// samples). The Shapley value of a product is an integral over how likely each other feature is to be known,
///
///     φᵢ = (oᵢ − zᵢ) ∫₀¹ ∏_{j≠i} (t·oⱼ + (1−t)·zⱼ) dt,
///
/// a polynomial in `t`, for which Gauss and Legendre's rule is exact. So one walk down multiplies the factors at a few
/// points `t`, and one walk up adds the leaves and divides each feature's factor out again: O(nodes · features / 2) for
/// a sample, and no cancellation, since all factors are positive.
///
/// References: Lundberg and others (2020), From local explanations to global understanding with explainable AI for trees
/// (the values); Owen (1972), Multilinear extensions of games (the integral); Yu and others (2022), Linear TreeShap
/// (sharing the products of common ways).
struct PathShapley {
  let tree: WalkedTree
  /// Points and weights on 0…1.
  let points, weights: [Double]

  init(_ tree: WalkedTree) {
    self.tree = tree
    // Exact for the degree width − 1; the count is one of the widths of the vectors, or some of the widest.
    let needed = (tree.width + 1) / 2
    let count = [2, 4, 8].first { needed <= $0 } ?? (needed + 7) / 8 * 8
    let rule = GaussLegendre(points: count)
    points = rule.points.map { ($0 + 1) / 2 }
    weights = rule.weights.map { $0 / 2 }
  }

  /// Adds the contributions for some samples.
  ///
  /// - Parameters:
  ///   - x: the samples, row by row.
  ///   - sums: `[samples, outputs, features]`, `stride` numbers for each sample; the tree's outputs start at `offset`.
  func add(
    _ x: UnsafeBufferPointer<Double>, features: Int, to sums: UnsafeMutablePointer<Double>, stride: Int, offset: Int
  ) {
    guard tree.width > 0 else { return }
    switch points.count {
    case 2: add(SIMD2<Double>.self, 0, x, features, sums, stride, offset)
    case 4: add(SIMD4<Double>.self, 0, x, features, sums, stride, offset)
    default:
      for first in Swift.stride(from: 0, to: points.count, by: 8) {
        add(SIMD8<Double>.self, first, x, features, sums, stride, offset)
      }
    }
  }

  /// A node's factor at each point and its inverse, where the feature is known not to lead here and where it does.
  private struct Factors<Vector: SIMD> where Vector.Scalar == Double {
    var against, towards, overAgainst, overTowards: Vector
  }

  private func factors<Vector: SIMD>(_: Vector.Type, _ first: Int) -> [Factors<Vector>] where Vector.Scalar == Double {
    var t = Vector()
    for place in 0..<Vector.scalarCount { t[place] = points[first + place] }
    return tree.nodes.map { node in
      let against = (1 - t) * node.share
      let towards = against + t
      return Factors(against: against, towards: towards, overAgainst: 1 / against, overTowards: 1 / towards)
    }
  }

  private func add<Vector: SIMD>(
    _: Vector.Type, _ first: Int, _ x: UnsafeBufferPointer<Double>, _ features: Int,
    _ sums: UnsafeMutablePointer<Double>, _ stride: Int, _ offset: Int
  ) where Vector.Scalar == Double {
    var start = Vector()
    for place in 0..<Vector.scalarCount { start[place] = weights[first + place] }
    let count = tree.nodes.count
    let factors = factors(Vector.self, first)
    var isTowards = [Bool](repeating: true, count: count)
    var products = [Vector](repeating: start, count: count)
    var leaves = [Vector](repeating: Vector(), count: count * tree.outputCount)
    // Indices are nodes of the tree and features of its questions; laying the tree out has seen to both.
    tree.nodes.withUnsafeBufferPointer { nodes in
      factors.withUnsafeBufferPointer { factors in
        isTowards.withUnsafeMutableBufferPointer { isTowards in
          products.withUnsafeMutableBufferPointer { products in
            leaves.withUnsafeMutableBufferPointer { leaves in
              for row in 0..<x.count / features {
                let sample = x.baseAddress! + row * features  // there is a row, so there is an address
                walkDown(sample, nodes, factors, isTowards, products)
                walkUp(nodes, factors, isTowards, products, leaves, sums + row * stride + offset * features, features)
              }
            }
          }
        }
      }
    }
  }

  /// Follows the sample: which nodes it leads to, and the product of the factors on the way to each.
  @inline(__always)
  private func walkDown<Vector: SIMD>(
    _ sample: UnsafePointer<Double>, _ nodes: UnsafeBufferPointer<WalkedTree.Node>,
    _ factors: UnsafeBufferPointer<Factors<Vector>>, _ isTowards: UnsafeMutableBufferPointer<Bool>,
    _ products: UnsafeMutableBufferPointer<Vector>
  ) where Vector.Scalar == Double {
    for place in 0..<nodes.count {
      let node = nodes[place]
      guard node.feature >= 0 else { continue }
      let goesLeft = tree.goesLeft(node, sample[Int(node.feature)])
      let (left, right) = (Int(node.left), Int(node.right))
      // Both children have the same question above them.
      let upper = Int(nodes[left].upper)
      var product = products[place]
      var wasTowards = true
      if upper >= 0 {
        wasTowards = isTowards[upper]
        product *= wasTowards ? factors[upper].overTowards : factors[upper].overAgainst
      }
      isTowards[left] = wasTowards && goesLeft
      isTowards[right] = wasTowards && !goesLeft
      products[left] = product * (isTowards[left] ? factors[left].towards : factors[left].against)
      products[right] = product * (isTowards[right] ? factors[right].towards : factors[right].against)
    }
  }

  /// Adds up the leaves below each node, and takes the factor of the feature that leads there out.
  @inline(__always)
  private func walkUp<Vector: SIMD>(
    _ nodes: UnsafeBufferPointer<WalkedTree.Node>, _ factors: UnsafeBufferPointer<Factors<Vector>>,
    _ isTowards: UnsafeMutableBufferPointer<Bool>, _ products: UnsafeMutableBufferPointer<Vector>,
    _ leaves: UnsafeMutableBufferPointer<Vector>, _ sums: UnsafeMutablePointer<Double>, _ features: Int
  ) where Vector.Scalar == Double {
    let outputs = tree.outputCount
    for place in Swift.stride(from: nodes.count - 1, to: 0, by: -1) {
      let node = nodes[place]
      var change =
        isTowards[place] ? factors[place].overTowards * (1 - node.share) : factors[place].overAgainst * -node.share
      if node.upper >= 0 {
        let upper = Int(node.upper)
        change -=
          isTowards[upper]
          ? factors[upper].overTowards * (1 - nodes[upper].share) : factors[upper].overAgainst * -nodes[upper].share
      }
      let parent = nodes[Int(node.parent)]
      let isFirst = max(parent.left, parent.right) == Int32(place)
      for output in 0..<outputs {
        let below =
          node.feature < 0
          ? products[place] * tree.values[place * outputs + output] : leaves[place * outputs + output]
        sums[output * features + Int(parent.feature)] += (below * change).sum()
        let target = Int(node.parent) * outputs + output
        leaves[target] = isFirst ? below : leaves[target] + below
      }
    }
  }
}
