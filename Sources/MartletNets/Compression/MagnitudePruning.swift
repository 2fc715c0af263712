import MartletNumerics

/// Sets the smallest weights of a trained model to 0.
///
///     let pruning = MagnitudePruning(sparsity: 0.8)
///     let mask = try pruning.prune(&model)                                   // four of five weights are 0 now
///     var trainer = Trainer(optimizer: MaskedOptimizer(Adam(), mask), epochs: 5)
///     try trainer.fit(&model, loader) { … }                                  // the others learn, those stay 0
///     mask.sparsity                                                          // 0.8
///
/// Weights are tensors of two axes or more; biases and the factors of normalisation stay. Zeros make a file that compresses
/// well and show what a model does without; dense layers do not compute faster with them. Whole outputs that are 0
/// (``Unit/outputs``) can be left out of a smaller model.
///
/// Reference: Han, Pool, Tran and Dally (2015), Learning both weights and connections for efficient neural networks; Zhu and
/// Gupta (2017), To prune, or not to prune.
public struct MagnitudePruning: Sendable {
  /// Among which weights the smallest are looked for.
  public enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
    /// Among all together: layers with small weights lose more.
    case global
    /// Among each parameter's own: all lose the same part.
    case layer
  }

  /// What is set to 0 at once.
  public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
    /// Each weight by its own size.
    case weights
    /// All weights of an output, by the root of their mean square.
    case outputs
  }

  /// Which part of the weights becomes 0: from 0 to less than 1.
  public var sparsity: Double
  /// Among which weights the smallest are looked for.
  public var scope: Scope
  /// What is set to 0 at once.
  public var unit: Unit
  /// Whether a parameter with this path takes part; those with fewer than two axes never do.
  public var contains: @Sendable (_ name: String) -> Bool

  public init(
    sparsity: Double, scope: Scope = .global, unit: Unit = .weights,
    contains: @escaping @Sendable (_ name: String) -> Bool = { _ in true }
  ) { (self.sparsity, self.scope, self.unit, self.contains) = (sparsity, scope, unit, contains) }

  /// Sets the smallest weights to 0, and says which: as many as ``sparsity`` of them, rounded to the nearest number. Weights
  /// that are 0 already are among the smallest. Of equal ones the first go.
  ///
  /// - Throws: ``CompressionError`` when the sparsity is not from 0 to less than 1, no parameter takes part, or weights are not
  ///   finite.
  /// - Complexity: O(n · log n) for n weights.
  @discardableResult
  public func prune(_ model: inout some Module) throws(CompressionError) -> PruningMask {
    let mask = try mask(for: model)
    mask.apply(to: &model)
    return mask
  }

  /// Which weights ``prune(_:)`` keeps.
  public func mask(for model: some Module) throws(CompressionError) -> PruningMask {
    guard sparsity >= 0, sparsity < 1 else {
      throw CompressionError("Expected a sparsity from 0 to less than 1; found \(sparsity).")
    }
    let taking = model.parameters.filter {
      $0.parameter.role == .learned && $0.parameter.shape.count > 1 && $0.parameter.count > 0 && contains($0.name)
    }
    guard !taking.isEmpty else {
      throw CompressionError(
        "Expected weights to prune; found none among \(model.parameterNames.joined(separator: ", ")).")
    }
    var kept: [String: Tensor<Bool>] = [:]
    let sizes = taking.map { Self.sizes($0.parameter.value, unit) }
    if let place = sizes.firstIndex(where: { $0.contains { !$0.isFinite } }) {
      throw CompressionError("Expected finite weights; found others in '\(taking[place].name)'.")
    }
    let groups = scope == .global ? [Array(taking.indices)] : taking.indices.map { [$0] }
    for group in groups {
      let smallest = Self.smallest(group.map { sizes[$0] }, part: sparsity)
      for (place, dropped) in zip(group, smallest) {
        let (name, parameter) = taking[place]
        let width = parameter.count / dropped.count
        kept[name] = Tensor(dropped.flatMap { [Bool](repeating: !$0, count: width) }, shape: parameter.shape)
      }
    }
    return PruningMask(kept: kept)
  }

  /// Prunes in rounds, with training between them: the sparsity rises from 0 along `s · (1 − (1 − round/rounds)³)`, fast while
  /// there is much to take and slowly at the end.
  ///
  ///     let mask = try MagnitudePruning(sparsity: 0.95).prune(&model, rounds: 5) { model, mask in
  ///       var trainer = Trainer(optimizer: MaskedOptimizer(Adam(), mask), epochs: 2)
  ///       try trainer.fit(&model, loader) { … }
  ///     }
  /// - Throws: ``CompressionError``, and what `train` throws.
  @discardableResult
  public func prune<Model: Module>(
    _ model: inout Model, rounds: Int, train: (_ model: inout Model, _ mask: PruningMask) throws -> Void
  ) throws -> PruningMask {
    guard rounds > 0 else { throw CompressionError("Expected one round at least; found \(rounds).") }
    var mask = PruningMask(kept: [:])
    for round in 1...rounds {
      var step = self
      step.sparsity = sparsity(round: round, of: rounds)
      mask = try step.prune(&model)
      try train(&model, mask)
    }
    return mask
  }

  /// The sparsity after a round.
  public func sparsity(round: Int, of rounds: Int) -> Double {
    let left = 1 - Double(round) / Double(max(rounds, 1))
    return sparsity * (1 - left * left * left)
  }

  /// The sizes by which units are compared.
  private static func sizes<Scalar: NetScalar>(_ weight: Tensor<Scalar>, _ unit: Unit) -> [Double] {
    guard unit == .outputs else { return weight.scalars.map { Double($0.magnitude) } }
    let width = weight.count / weight.shape[0]
    let scalars = weight.scalars
    return (0..<weight.shape[0]).map { row in
      let squares = scalars[row * width..<(row + 1) * width].reduce(0.0) { $0 + Double($1) * Double($1) }
      return (squares / Double(width)).squareRoot()
    }
  }

  /// Which are among the smallest `part` of all.
  private static func smallest(_ sizes: [[Double]], part: Double) -> [[Bool]] {
    let all = sizes.flatMap { $0 }
    let order = all.indices.sorted { (all[$0], $0) < (all[$1], $1) }
    var dropped = [Bool](repeating: false, count: all.count)
    for place in order.prefix(Int((part * Double(all.count)).rounded())) { dropped[place] = true }
    var start = 0
    return sizes.map { group in
      defer { start += group.count }
      return Array(dropped[start..<start + group.count])
    }
  }
}

/// Which weights a model keeps.
public struct PruningMask: Sendable, Hashable {
  /// For each parameter that was pruned, true where a weight stays.
  public let kept: [String: Tensor<Bool>]

  /// Which part of the weights is 0.
  public var sparsity: Double {
    let count = kept.values.reduce(0) { $0 + $1.count }
    let left = kept.values.reduce(0) { $0 + $1.trueCount }
    return count == 0 ? 0 : 1 - Double(left) / Double(count)
  }

  /// Sets the weights to 0 that are not kept.
  public func apply<Model: Module>(to model: inout Model) {
    model.forEachParameter { name, parameter in
      if let kept = kept[name] { parameter.value = Tensor.where(kept, parameter.value, 0) }
    }
  }
}

/// An optimizer under which pruned weights stay 0.
///
///     MaskedOptimizer(Adam(learningRate: 1e-3), mask)
public struct MaskedOptimizer<Rule: Optimizer>: Optimizer {
  /// The rule that makes the steps.
  public var rule: Rule
  /// Which weights are kept.
  public var mask: PruningMask

  public init(_ rule: Rule, _ mask: PruningMask) { (self.rule, self.mask) = (rule, mask) }

  public var learningRate: Double {
    get { rule.learningRate }
    set { rule.learningRate = newValue }
  }
  public var weightDecay: WeightDecay {
    get { rule.weightDecay }
    set { rule.weightDecay = newValue }
  }
  public var groups: [ParameterGroup] {
    get { rule.groups }
    set { rule.groups = newValue }
  }
  public var memory: OptimizerMemory<Rule.Scalar> {
    get { rule.memory }
    _modify { yield &rule.memory }
  }

  public mutating func step(
    _ name: String, _ parameter: inout Tensor<Rule.Scalar>, _ gradient: Tensor<Rule.Scalar>, _ settings: StepSettings
  ) {
    rule.step(name, &parameter, gradient, settings)
    if let kept = mask.kept[name] { parameter = Tensor.where(kept, parameter, 0) }
  }
}
