import MartletDisplay
import MartletNets
import MartletNumerics
import MartletPlots

/// A net that has learned what to do.
public struct PolicyGradientAgent: Sendable, RichDisplayable {
  /// What was learned.
  public let network: ActorCritic
  /// The sum of rewards of each episode of learning, in the order in which they ended.
  public let returns: [Double]
  /// How many steps were played in learning.
  public let steps: Int
  /// The mean return of the episodes of each update.
  public let progress: [Double]

  /// How likely each action is.
  public func probabilities(for observation: [Double]) -> [Double] {
    let x = Variable(Tensor(observation.map { Float($0) }, shape: [1, observation.count]))
    return network.scores(x).softmax().value.scalars.map(Double.init)
  }

  /// The likeliest action.
  public func action(for observation: [Double]) -> Int {
    let x = Variable(Tensor(observation.map { Float($0) }, shape: [1, observation.count]))
    let scores = network.scores(x).value.scalars.map(Double.init)
    return Greedy.place(scores, 0..<scores.count)
  }

  /// The mean return of the last episodes, as learning went on.
  ///
  /// - Parameter window: over how many episodes the mean is taken; by default a fiftieth of all.
  public func returnChart(window: Int? = nil) -> Chart { Chart.returns(returns, window: window) }

  /// The returns.
  public func displayBundle() -> DisplayBundle { returnChart().displayBundle() }
}

/// When learning has gone far enough: the mean return of the last episodes.
struct ReturnGoal {
  let target: Double?
  static let window = 100

  func isReached(_ returns: [Double]) -> Bool {
    guard let target, returns.count >= Self.window else { return false }
    return mean(Array(returns.suffix(Self.window))) >= target
  }
}
