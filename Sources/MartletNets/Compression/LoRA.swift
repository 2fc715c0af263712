import Foundation
import MartletNumerics

/// A model that learns by small corrections to its weights: `W + alpha/rank · B·A`, where only the narrow matrices `A` and `B`
/// are learned.
///
/// `A` has shape `[rank, inputs]` and starts at random, `B` has shape `[outputs, rank]` and starts at 0: at first the model
/// answers exactly as before. What is saved is the corrections alone, a small part of the model.
///
///     var adapted = try LoRA(model, rank: 4) { $0.hasSuffix("weight") }
///     try trainer.fit(&adapted, loader) { adapted, batch, mode in crossEntropy(adapted(batch.x, mode: mode), batch.y) }
///     try adapted.saveWeights(to: "adapter.safetensors")      // nothing but A and B
///     let plain = adapted.merged                              // a model as before, with the corrections in its weights
///
/// It goes round any model whose parameters have paths, a ``GPT`` too: for a model that is no ``Layer``, compute with
/// ``model(mode:)``. A convolution's weights are corrected as the matrix `[outputs, channels · height · width]`.
///
/// Reference: Hu et al. (2022), LoRA: low-rank adaptation of large language models.
public struct LoRA<Model: Module>: Module {
  public typealias Scalar = Model.Scalar

  /// A correction of one parameter.
  struct Adapter: Sendable {
    let name: String
    let shape: [Int]
    var a, b: Parameter<Scalar>
  }

  /// The model as it was; it does not learn.
  public let base: Model
  /// How many rows `A` has.
  public let rank: Int
  /// Corrections are multiplied by `alpha / rank`.
  public let alpha: Double
  /// How likely an input of a corrected layer does not reach the correction, in training. It is drawn once for a whole batch.
  public var dropout: Dropout<Scalar>
  private var adapters: [Adapter]

  /// - Parameters:
  ///   - model: what is corrected.
  ///   - rank: at least 1; 4 or 8 is often enough.
  ///   - alpha: twice the rank without. (peft: `lora_alpha`)
  ///   - dropout: how likely an input is left out, in training.
  ///   - seed: what the start of `A` depends on.
  ///   - contains: whether the parameter with this path is corrected; those with fewer than two axes never are. (peft:
  ///     `target_modules`)
  /// - Throws: ``CompressionError`` when no parameter is to be corrected, or the rank is not above 0.
  public init(
    _ model: Model, rank: Int = 8, alpha: Double? = nil, dropout: Double = 0, seed: UInt64 = Random.nextSeed(),
    contains: (_ name: String) -> Bool = { _ in true }
  ) throws(CompressionError) {
    guard rank > 0 else { throw CompressionError("Expected a rank of at least 1; found \(rank).") }
    (base, self.rank, self.alpha) = (model, rank, alpha ?? 2 * Double(rank))
    self.dropout = Dropout(dropout, precision: Scalar.self)
    var random = PCG64(seed: seed)
    adapters = model.parameters.compactMap { name, parameter in
      guard parameter.role == .learned, parameter.shape.count > 1, parameter.count > 0, contains(name) else {
        return nil
      }
      let (outputs, inputs) = (parameter.shape[0], parameter.count / parameter.shape[0])
      let start = Initializer.fanInUniform.tensor([rank, inputs], seed: random.next(), precision: Scalar.self)
      return Adapter(
        name: name, shape: parameter.shape, a: Parameter(start), b: Parameter(.zeros(outputs, rank)))
    }
    guard !adapters.isEmpty else {
      throw CompressionError(
        "Expected parameters of two axes or more to correct; found none among \(model.parameterNames.joined(separator: ", "))."
      )
    }
  }

  /// Shows `A` and `B` of each corrected parameter, and nothing of the model itself.
  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    for place in adapters.indices {
      visitor.visit("\(adapters[place].name).lora_A", &adapters[place].a)
      visitor.visit("\(adapters[place].name).lora_B", &adapters[place].b)
    }
  }

  /// The paths of the parameters that are corrected.
  public var targets: [String] { adapters.map(\.name) }

  /// The model with its corrections, for computing with: within ``valueWithGradient(at:_:)`` gradients flow to `A` and `B`.
  public func model(mode: Mode = .inference) -> Model {
    var model = base
    let corrections = Dictionary(uniqueKeysWithValues: adapters.map { ($0.name, $0) })
    model.forEachParameter { name, parameter in
      parameter.entry = nil
      guard let adapter = corrections[name] else { return }
      // A correction is one matrix for the batch, so inputs are left out for all its samples alike.
      var a = adapter.a.variable
      if dropout.probability > 0, mode.isTraining {
        a = a * dropout(Variable(.ones(1, a.shape[1])), mode: mode)
      }
      let change = (adapter.b.variable • a).reshaped(to: adapter.shape) * factor
      let sum = Variable(parameter.value) + change
      parameter.value = sum.value
      parameter.entry = sum
      parameter.isFrozen = false
    }
    return model
  }

  /// The model with the corrections in its weights.
  public var merged: Model { changed(base, by: factor) }

  /// A merged model without the corrections again: the one from before, but for rounding.
  public func unmerged(_ model: Model) -> Model { changed(model, by: -factor) }

  private var factor: Scalar { Scalar(alpha / Double(rank)) }

  private func changed(_ model: Model, by factor: Scalar) -> Model {
    var model = model
    for adapter in adapters {
      model[adapter.name] =
        model[adapter.name] + (adapter.b.value • adapter.a.value).reshaped(to: adapter.shape) * factor
    }
    return model
  }
}

extension LoRA: Layer where Model: Layer {
  public func callAsFunction(_ x: Variable<Model.Scalar>, mode: Mode) -> Variable<Model.Scalar> {
    model(mode: mode)(x, mode: mode)
  }
}
