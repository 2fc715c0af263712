import CMartletRuntime
import Foundation
import MartletNumerics

/// One weighted sum that learns sample by sample.
///
/// For each sample: a step against the slope of its loss, weights shrunk for squares of the penalty, and then for sizes by
/// cumulated amounts, cut at zero.
///
/// References: Bottou (2012), Stochastic gradient descent tricks; Tsuruoka, Tsujii and Ananiadou (2009), Stochastic gradient
/// descent training for L1-regularized log-linear models, for the sizes; Xu (2011), Towards optimal one pass large scale
/// learning with averaged stochastic gradient descent.
struct StochasticDescent: Sendable {
  var loss: StochasticLoss
  var parameters: StochasticParameters

  /// What the samples are, once for all epochs.
  struct Samples {
    let x: [Double]
    let y: [Double]
    let weights: [Double]?
    let width: Int
  }

  /// Goes through the samples, epoch by epoch, and gives how many epochs it took and whether the objective settled.
  ///
  /// - Parameter shuffle: puts the samples in another order before each epoch; `nil` leaves them as they are.
  func learn(
    _ state: inout StochasticState, _ samples: Samples, shuffle: inout StochasticShuffle?, epochs: Int
  ) throws(FitError) -> (epochs: Int, hasSettled: Bool) {
    var order = Array(samples.y.indices)
    var (best, idle) = (Double.infinity, 0)
    var walk = Walk(self, width: samples.width)
    let progress = FitProgress.begin("epochs", of: epochs)
    for epoch in 0..<epochs {
      martlet_poll()
      defer { progress?.advance() }
      shuffle?.shuffle(&order)
      let objective = walk.epoch(&state, samples, order) / Double(order.count)
      guard state.intercept.isFinite, state.weights.allSatisfy(\.isFinite) else {
        throw FitError(
          .notConverged, expected: "weights that stay finite", found: "infinity in epoch \(epoch + 1)",
          advice: "Scale the features, for example with StandardScaler, or take a smaller rate.")
      }
      if let tolerance = parameters.tolerance, objective > best - tolerance { idle += 1 } else { idle = 0 }
      best = min(best, objective)
      if idle >= parameters.patience {
        guard case .adaptive = parameters.rate, walk.rate > 1e-6 else { return (epoch + 1, true) }
        walk.rate /= 5
        idle = 0
      }
    }
    return (epochs, parameters.tolerance == nil)
  }
}

/// One call's way through the samples.
private struct Walk {
  let method: StochasticDescent
  var rate: Double
  private let start: Double
  /// What every weight could have been shrunk by in all, and what each has been.
  private var shrinkage = 0.0
  private var shrunk: [Double]

  init(_ method: StochasticDescent, width: Int) {
    self.method = method
    shrunk = [Double](repeating: 0, count: width)
    switch method.parameters.rate {
    case .optimal:
      let usual = (1 / method.parameters.regularization.squareRoot()).squareRoot()
      let first = usual / max(1, method.loss.slope(1, -usual))
      (rate, start) = (first, 1 / (first * method.parameters.regularization))
    case .constant(let value), .adaptive(let value), .inverseScaling(let value, _): (rate, start) = (value, 0)
    }
  }

  /// The sum over the samples of loss and penalty, as they were before each step.
  mutating func epoch(
    _ state: inout StochasticState, _ samples: StochasticDescent.Samples, _ order: [Int]
  ) -> Double {
    let (width, alpha, l1) = (samples.width, method.parameters.regularization, method.parameters.penalty.l1Ratio)
    let isPenalized = method.parameters.penalty != .none
    var objective = 0.0
    state.weights.withUnsafeMutableBufferPointer { w in
      state.averageWeights.withUnsafeMutableBufferPointer { average in
        shrunk.withUnsafeMutableBufferPointer { shrunk in
          samples.x.withUnsafeBufferPointer { x in
            // Bounds are those of the samples, which were checked; checking each would take as long as the steps.
            for sample in order {
              let row = sample * width
              var sum = 0.0
              for j in 0..<width { sum += w[j] * x[row + j] }
              sum += state.intercept
              let step = Double(state.step)
              switch method.parameters.rate {
              case .optimal: rate = 1 / (alpha * (start + step - 1))
              case .inverseScaling(let first, let power): rate = first / pow(step, power)
              case .constant, .adaptive: break
              }
              let y = samples.y[sample]
              objective += method.loss.value(y, sum)
              if isPenalized {
                var (squares, sizes) = (0.0, 0.0)
                for j in 0..<width {
                  squares += w[j] * w[j]
                  sizes += abs(w[j])
                }
                objective += alpha * ((1 - l1) * 0.5 * squares + l1 * sizes)
              }
              let slope = min(max(method.loss.slope(y, sum), -1e12), 1e12)
              let move = -rate * slope * (samples.weights?[sample] ?? 1)
              let shrink = isPenalized && l1 < 1 ? max(0, 1 - (1 - l1) * rate * alpha) : 1
              for j in 0..<width { w[j] = w[j] * shrink + move * x[row + j] }
              if method.parameters.fitsIntercept { state.intercept += move }
              if method.parameters.averagesFrom > 0, state.step >= method.parameters.averagesFrom {
                let count = Double(state.step - method.parameters.averagesFrom + 1)
                for j in 0..<width { average[j] += (w[j] - average[j]) / count }
                state.averageIntercept += (state.intercept - state.averageIntercept) / count
              }
              if l1 > 0 {
                shrinkage += l1 * rate * alpha
                for j in 0..<width {
                  let before = w[j]
                  if w[j] > 0 {
                    w[j] = max(0, w[j] - (shrinkage + shrunk[j]))
                  } else if w[j] < 0 {
                    w[j] = min(0, w[j] + (shrinkage - shrunk[j]))
                  }
                  shrunk[j] += w[j] - before
                }
              }
              state.step += 1
            }
          }
        }
      }
    }
    return objective
  }
}

/// The order of the samples in each epoch: the same as scikit-learn's for the same seed, a permutation of the last one by
/// Marsaglia's 32-bit xorshift from the same start every time.
struct StochasticShuffle: Sendable {
  private let seed: UInt32

  /// - Parameter random: a generator of the estimator's seed.
  init(_ random: inout MT19937) { seed = UInt32(random.integer(below: Int(Int32.max))) }

  mutating func shuffle(_ order: inout [Int]) {
    var bits = seed == 0 ? 1 : seed
    for place in 0..<max(order.count - 1, 0) {
      bits ^= bits << 13
      bits ^= bits >> 17
      bits ^= bits << 5
      order.swapAt(place, place + Int(bits & 0x7fff_ffff) % (order.count - place))
    }
  }
}
