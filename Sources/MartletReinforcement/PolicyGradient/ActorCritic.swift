import MartletNets
import MartletNumerics

/// Two nets that look at the same observation: one says what to do, the other what is to be expected.
///
/// Hidden layers end in tanh. What the critic gives is in units of the largest value that rewards of 1 can have, so that
/// it learns numbers near 1 whatever the discount is.
public struct ActorCritic: Module {
  public typealias Scalar = Float
  /// A score for each action; their softmax are the probabilities.
  public var actor: [Linear<Float>]
  /// A single number.
  public var critic: [Linear<Float>]

  /// - Parameters:
  ///   - observations: how many numbers an observation has.
  ///   - actions: how many actions there are.
  ///   - hiddenLayers: the width of each hidden layer of both nets.
  ///   - seed: what the weights depend on.
  public init(observations: Int, actions: Int, hiddenLayers: [Int], seed: UInt64) {
    var random = PCG64(seed: seed)
    func layers(_ outputs: Int, gain: Double) -> [Linear<Float>] {
      let widths = [observations] + hiddenLayers + [outputs]
      return zip(widths, widths.dropFirst()).enumerated().map { place, pair in
        let isLast = place == hiddenLayers.count
        return Linear(
          pair.0, pair.1, initializer: .orthogonal(gain: isLast ? gain : 2.0.squareRoot()), seed: random.next())
      }
    }
    // A first policy that prefers nothing, and a critic that may be wrong.
    actor = layers(actions, gain: 0.01)
    critic = layers(1, gain: 1)
  }

  /// Scores of the actions, shape `[samples, actions]`.
  public func scores(_ x: Variable<Float>) -> Variable<Float> { Self.run(actor, x) }

  /// What is to be expected, in the critic's unit: shape `[samples]`.
  public func expectations(_ x: Variable<Float>) -> Variable<Float> { Self.run(critic, x).reshaped(-1) }

  private static func run(_ layers: [Linear<Float>], _ x: Variable<Float>) -> Variable<Float> {
    layers.dropLast().reduce(x) { tanh($1($0)) }.throughLast(layers)
  }
}

extension Variable<Float> {
  fileprivate func throughLast(_ layers: [Linear<Float>]) -> Variable<Float> { layers[layers.count - 1](self) }
}
