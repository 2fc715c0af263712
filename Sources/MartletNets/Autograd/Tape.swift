import CMartletRuntime
import MartletNumerics

/// The record of a computation, in the order in which it was made, from which gradients are read backwards.
///
/// Each entry knows which entries it was computed from and how a gradient with respect to its own value becomes gradients
/// with respect to theirs (the chain rule). A tape lives as long as one call of ``valueWithGradient(at:_:)`` and belongs to
/// the thread that made it.
///
/// Reference: Griewank and Walther (2008), Evaluating Derivatives: Principles and Techniques of Algorithmic Differentiation.
final class Tape<Scalar: NetScalar>: @unchecked Sendable {
  // Unchecked: a tape is written by the thread that runs the loss, and a variable that leaves it is of no use there.
  typealias Pullback = (Tensor<Scalar>) -> [Tensor<Scalar>?]

  private struct Entry {
    /// The entries it was computed from; -1 for constants.
    let inputs: [Int]
    let shape: [Int]
    /// What computed it; empty for what the computation starts from.
    let operation: StaticString
    /// `nil` for what the computation starts from.
    var pullback: Pullback?
  }

  private var entries: [Entry] = []

  init() { MemoryReuse.begin() }
  /// What layers want to remember of this pass, by their parameter's place on the tape: running statistics.
  private(set) var states: [Int: Tensor<Scalar>] = [:]

  /// Adds a value that the computation starts from.
  func start(_ value: Tensor<Scalar>) -> Variable<Scalar> {
    entries.append(Entry(inputs: [], shape: value.shape, operation: "", pullback: nil))
    return Variable(value: value, tape: self, place: entries.count - 1)
  }

  /// Adds a computed value.
  func add(
    _ value: Tensor<Scalar>, inputs: [Int], operation: StaticString, pullback: @escaping Pullback
  ) -> Variable<Scalar> {
    entries.append(Entry(inputs: inputs, shape: value.shape, operation: operation, pullback: pullback))
    return Variable(value: value, tape: self, place: entries.count - 1)
  }

  /// Notes what a parameter that is not learned is to become.
  func remember(_ state: Tensor<Scalar>, at place: Int) { states[place] = state }

  /// What was last noted for a place.
  func state(at place: Int) -> Tensor<Scalar>? { states[place] }

  /// The gradients of an entry's value, whose own gradient is `seed`, with respect to the first `count` entries.
  ///
  /// The tape is used up: what an entry holds is given free as soon as its gradient was handed on.
  func gradients(from place: Int, seed: Tensor<Scalar>, count: Int) -> [Tensor<Scalar>?] {
    var gradients = [Tensor<Scalar>?](repeating: nil, count: place + 1)
    gradients[place] = seed
    for entry in stride(from: place, through: count, by: -1) {
      martlet_poll()
      guard let pullback = entries[entry].pullback else { continue }
      entries[entry].pullback = nil
      guard let gradient = gradients[entry].take() else { continue }
      let parts = pullback(gradient)
      for (input, part) in zip(entries[entry].inputs, parts) where input >= 0 {
        guard let part else { continue }
        guard part.shape == entries[input].shape else {
          fatalError(
            "A pullback gave a gradient of shape \(part.shape) for an input of shape \(entries[input].shape); the shapes have to be equal."
          )
        }
        if var sum = gradients[input].take() {
          sum += part
          gradients[input] = sum
        } else {
          gradients[input] = part
        }
      }
    }
    return Array(gradients.prefix(count)) + Array(repeating: nil, count: max(count - gradients.count, 0))
  }

  /// What each entry up to a place was computed by and from.
  func steps(to place: Int) -> [(operation: String, shape: [Int], inputs: [Int])] {
    entries[...place].map { ("\($0.operation)", $0.shape, $0.inputs.filter { $0 >= 0 }) }
  }

  /// Forgets everything, which also breaks the circle of a tape and the pullbacks that hold variables of it.
  func clear() {
    entries = []
    states = [:]
  }
}
