import MartletNumerics

/// Several layers of which each row of the input uses only a few, chosen by a router.
///
/// The router scores the experts by a dense layer. A row goes through the `used` experts with the highest scores, and their
/// outputs are added, weighted by a softmax over those scores: many weights, little work for each row.
///
///     var layer = MixtureOfExperts(64, hidden: 128, experts: 8, used: 2, seed: 1)
///     let pass = layer.route(x, mode: mode)
///     let loss = crossEntropy(head(pass.output), y) + pass.balance * 0.01
///     pass.usage                                     // which part of the choices each expert got
///
/// Without ``Pass/balance`` in the loss a few experts get everything. When all experts are the same, so is the output of one.
///
/// Reference: Shazeer et al. (2017), Outrageously large neural networks; Fedus, Zoph and Shazeer (2022), Switch transformers,
/// for the balancing loss; Jiang et al. (2024), Mixtral of experts, for the softmax over the chosen.
public struct MixtureOfExperts<Scalar: NetScalar>: Layer {
  /// Scores experts; without a bias.
  public var router: Linear<Scalar>
  /// What rows go through.
  public var experts: [any Layer<Scalar>]
  /// How many experts a row uses.
  public let used: Int

  /// A pass with what the router did.
  public struct Pass {
    /// `[…, outputs]`.
    public let output: Variable<Scalar>
    /// `experts · ∑ share · probability`, over experts: 1 when all are used alike, up to the number of experts when one is
    /// used alone. The share is a part of the choices, a constant; the probability is the router's mean, and learns.
    public let balance: Variable<Scalar>
    /// Which part of the choices each expert got; they sum to 1.
    public let usage: [Double]
  }

  /// A mixture of your own layers, which give rows of one length.
  ///
  /// - Parameters:
  ///   - inputs: the length of a row.
  ///   - experts: two at least.
  ///   - used: how many experts a row uses: from 1 to their number.
  public init(
    _ inputs: Int, experts: [any Layer<Scalar>], used: Int = 2, seed: UInt64 = Random.nextSeed()
  ) {
    guard experts.count > 1, (1...experts.count).contains(used) else {
      fatalError(
        "MixtureOfExperts of \(experts.count) experts, \(used) used: it has two at least and uses 1 to all of them.")
    }
    router = Linear(inputs, experts.count, bias: false, seed: seed, precision: Scalar.self)
    (self.experts, self.used) = (experts, used)
  }

  /// Experts of two dense layers with GELU between them, as in transformers.
  public init(
    _ width: Int, hidden: Int, experts: Int, used: Int = 2, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    var random = PCG64(seed: seed)
    let layers: [any Layer<Scalar>] = (0..<max(experts, 0)).map { _ in
      Sequential<Scalar>([
        Linear(width, hidden, seed: random.next(), precision: precision), GELU(precision: precision),
        Linear(hidden, width, seed: random.next(), precision: precision),
      ])
    }
    self.init(width, experts: layers, used: used, seed: random.next())
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { route(x, mode: mode).output }

  /// The output with the router's choices.
  ///
  /// - Parameter x: `[…, inputs]`.
  /// - Complexity: a pass of `used` experts for each row.
  public func route(_ x: Variable<Scalar>, mode: Mode = .inference) -> Pass {
    let rows = x.reshaped(-1, x.shape.last ?? 0)
    let (count, scores) = (rows.shape[0], router(rows, mode: mode))
    let chosen = scores.value.top(used, axis: 1).places
    let gates = scores.taking(chosen, axis: 1).softmax()
    var (parts, targets): ([Variable<Scalar>], [Int]) = ([], [])
    var choices = [Int](repeating: 0, count: experts.count)
    let places = chosen.scalars
    for (number, expert) in experts.enumerated() {
      let mine = places.indices.filter { places[$0] == number }
      choices[number] = mine.count
      guard !mine.isEmpty else { continue }
      let rowsOfMine = mine.map { $0 / used }
      let output = expert(rows.gathered(Tensor(rowsOfMine)), mode: mode)
      parts.append(output * gates.reshaped(-1).gathered(Tensor(mine)).addingAxis(1))
      targets += rowsOfMine
    }
    guard !parts.isEmpty else { fatalError("MixtureOfExperts needs a row at least; found shape \(x.shape).") }
    let output = Variable.concatenated(parts, axis: 0).summed(inGroups: targets, count: count)
    let usage = choices.map { Double($0) / Double(places.count) }
    let means = scores.softmax().mean(axis: 0)
    let balance = (means * Variable(Tensor(usage.map { Scalar($0) }))).sum() * Scalar(experts.count)
    return Pass(output: output.reshaped(to: x.shape.dropLast() + [output.shape[1]]), balance: balance, usage: usage)
  }
}
