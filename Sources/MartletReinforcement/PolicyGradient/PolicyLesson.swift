import MartletNets
import MartletNumerics

/// What is to be learned from some steps.
struct PolicyLesson {
  let observations: Tensor<Float>
  let actions: [Int]
  let advantages: [Double]
  /// What the critic should have expected, in its unit.
  let targets: [Double]
  /// How likely the actions were when they were taken, as logarithms, and how far their ratio may go from 1.
  var clipping: (logProbabilities: [Float], range: Double)?

  /// The mean of policy loss, half the critic's squared error, and, with its weight, less entropy.
  func loss(_ net: ActorCritic, entropyWeight: Double) -> Variable<Float> {
    let x = Variable(observations)
    let logarithms = net.scores(x).logSoftmax()
    let chosen = -1 * negativeLogLikelihood(logarithms, Tensor(actions), reduction: .none)
    let gains = Variable(Tensor(advantages.map { Float($0) }))
    var policy = (chosen * gains).mean()
    if let (old, range) = clipping {
      let ratio = exp(chosen - Variable(Tensor(old)))
      let clipped = ratio.clipped(to: Float(1 - range)...Float(1 + range))
      policy = minimum(ratio * gains, clipped * gains).mean()
    }
    let misses = (net.expectations(x) - Variable(Tensor(targets.map { Float($0) }))).squared().mean()
    var loss = 0.5 * misses - policy
    if entropyWeight > 0 {
      let entropy = -1 * (exp(logarithms) * logarithms).sum(axis: 1).mean()
      loss = loss - Float(entropyWeight) * entropy
    }
    return loss
  }
}
