import Glibc

/// How uncertain an outcome is: `−Σ p log p`, in nats, or in bits with base 2. (SciPy: `stats.entropy`)
///
///     entropy([0.5, 0.5], base: 2)      // 1.0
/// - Parameter weights: probabilities, or counts: they are divided by their sum. None is below 0.
public func entropy(_ weights: [Double], base: Double = M_E) -> Double {
  -normalized(weights).reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) } / log(base)
}

/// How many units an outcome takes that is coded for the wrong probabilities: `−Σ p log q`.
public func crossEntropy(_ p: [Double], _ q: [Double], base: Double = M_E) -> Double {
  pairs(p, q).reduce(0) { $0 - ($1.0 > 0 ? $1.0 * log($1.1) : 0) } / log(base)
}

/// What being coded for the wrong probabilities costs: Kullback and Leibler's divergence, `Σ p log(p / q)`.
///
///     divergence([0.5, 0.5], from: [0.9, 0.1])      // 0.5108256237659907
public func divergence(_ p: [Double], from q: [Double], base: Double = M_E) -> Double {
  pairs(p, q).reduce(0) { $0 + ($1.0 > 0 ? $1.0 * log($1.0 / $1.1) : 0) } / log(base)
}

/// How far apart two distributions are, either way round: Jensen and Shannon's divergence, at most `log 2`.
public func jensenShannonDivergence(_ p: [Double], _ q: [Double], base: Double = M_E) -> Double {
  let both = pairs(p, q)
  let middle = both.map { ($0.0 + $0.1) / 2 }
  return (divergence(both.map(\.0), from: middle, base: base) + divergence(both.map(\.1), from: middle, base: base)) / 2
}

/// How much one quantity tells of another, from a table of how often each pair occurs.
///
///     mutualInformation(Matrix([[5, 0], [0, 5]]), base: 2)      // 1.0
public func mutualInformation(_ table: Matrix, base: Double = M_E) -> Double {
  guard table.rank == 2, table.sum() > 0 else {
    fatalError("mutualInformation needs a table of counts; the shape is \(table.shape).")
  }
  let joint = table / table.sum()
  let independent = joint.sum(axis: 1).outer(joint.sum(axis: 0))
  return divergence(joint.flattened().scalars, from: independent.flattened().scalars, base: base)
}

/// How many equally likely outcomes are as uncertain as these: e to the ``entropy(_:base:)``.
public func perplexity(_ weights: [Double]) -> Double { exp(entropy(weights)) }

/// How likely two outcomes drawn at random differ: `1 − Σ p²`.
public func giniImpurity(_ weights: [Double]) -> Double { 1 - normalized(weights).reduce(0) { $0 + $1 * $1 } }

private func normalized(_ weights: [Double]) -> [Double] {
  let sum = weights.reduce(0, +)
  guard sum > 0, weights.allSatisfy({ $0 >= 0 }) else {
    fatalError("Probabilities are 0 or more, and not all 0; found \(weights.prefix(10)).")
  }
  return weights.map { $0 / sum }
}

private func pairs(_ p: [Double], _ q: [Double]) -> [(Double, Double)] {
  guard p.count == q.count else {
    fatalError("Two distributions have as many outcomes; found \(p.count) and \(q.count).")
  }
  return Array(zip(normalized(p), normalized(q)))
}
