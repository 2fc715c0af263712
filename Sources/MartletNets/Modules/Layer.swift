import Foundation
import MartletNumerics

/// A module that makes a tensor of a tensor.
///
///     struct Block: Layer {
///       var first = Linear(64, 64), dropout = Dropout(0.1)
///       func callAsFunction(_ x: Variable<Float>, mode: Mode) -> Variable<Float> {
///         dropout(first(x, mode: mode).relu(), mode: mode)
///       }
///     }
public protocol Layer<Scalar>: Module {
  // Named again so that it can be inferred from `callAsFunction`.
  associatedtype Scalar = Float
  /// The output for an input, whose first axis is that of the samples.
  ///
  /// - Parameters:
  ///   - x: the input; which shapes are meant, each layer says.
  ///   - mode: whether the layer is being trained or used. Hand it on to the layers within.
  func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar>
}

extension Layer {
  /// The output when the layer is used, not trained.
  public func callAsFunction(_ x: Variable<Scalar>) -> Variable<Scalar> { self(x, mode: .inference) }

  /// The output when the layer is used, not trained.
  public func callAsFunction(_ x: Tensor<Scalar>) -> Tensor<Scalar> { self(Variable(x), mode: .inference).value }
}

/// Whether a model is being trained or used.
///
/// Dropout drops and batch normalisation looks at its batch in training only. A training mode carries the random numbers
/// of one pass, so that the pass can be repeated exactly.
///
///     model(x, mode: .inference)               // the same as model(x)
///     model(x, mode: .training(seed: 7))
public struct Mode: Sendable {
  private let seeds: SeedStream?

  /// The model is used: everything it does depends on the input alone.
  public static let inference = Mode(seeds: nil)

  /// The model is being trained, or dropout is wanted for another reason.
  ///
  /// - Parameter seed: what the pass's random choices depend on.
  public static func training(seed: UInt64 = Random.nextSeed()) -> Mode { Mode(seeds: SeedStream(seed)) }

  /// Whether the model is being trained.
  public var isTraining: Bool { seeds != nil }

  /// A seed for the next layer of the pass that needs one; `nil` when the model is used.
  public func nextSeed() -> UInt64? { seeds?.next() }
}

/// Seeds, one after the other, for all who share the stream.
private final class SeedStream: @unchecked Sendable {
  // Unchecked: the generator is used under the lock.
  private var random: PCG64
  private let lock = NSLock()

  init(_ seed: UInt64) { random = PCG64(seed: seed) }

  func next() -> UInt64 { lock.withLock { random.next() } }
}
