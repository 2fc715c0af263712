import MartletNumerics

/// Numbers that a module holds: weights that are learned, or a state that is kept beside them.
///
///     struct Scale: Layer {
///       var factor = Parameter(Tensor<Float>([1]))
///       func callAsFunction(_ x: Variable<Float>, mode: Mode) -> Variable<Float> { x * factor.variable }
///     }
public struct Parameter<Scalar: NetScalar>: Sendable {
  /// What becomes of the numbers in training.
  public enum Role: Hashable, Sendable {
    /// Gradients change them.
    case learned
    /// The layer itself changes them in a training pass, as batch normalisation does its running mean.
    case state
  }

  /// The numbers.
  public var value: Tensor<Scalar>
  /// What becomes of them in training.
  public let role: Role
  /// Whether training leaves them as they are. (PyTorch: `requires_grad = False`)
  public var isFrozen = false
  /// The parameter's entry on a tape, while ``valueWithGradient(at:_:)`` runs its loss.
  var entry: Variable<Scalar>?

  /// Numbers to learn, or a state.
  public init(_ value: Tensor<Scalar>, role: Role = .learned) {
    self.value = value
    self.role = role
  }

  /// The numbers for computing with: tracked within ``valueWithGradient(at:_:)``, if they are learned.
  public var variable: Variable<Scalar> { isLearned ? entry ?? Variable(value) : Variable(value) }

  /// How many axes of which length.
  public var shape: [Int] { value.shape }
  /// How many numbers.
  public var count: Int { value.count }
  /// Whether gradients change it.
  public var isLearned: Bool { role == .learned && !isFrozen }

  /// The state as the last use in this pass left it.
  public var latest: Tensor<Scalar> { entry.flatMap { $0.tape?.state(at: $0.place) } ?? value }

  /// Notes what a state is to become when the pass is over: ``Optimizer/update(_:along:)`` writes it to the model with the
  /// learned parameters' changes. Outside ``valueWithGradient(at:_:)`` nothing is noted, since a call changes no model.
  public func remember(_ state: Tensor<Scalar>) {
    guard let entry, let tape = entry.tape, role == .state, !isFrozen else { return }
    tape.remember(state, at: entry.place)
  }
}
