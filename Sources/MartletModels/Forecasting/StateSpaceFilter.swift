import Glibc
import MartletNumerics

/// The Kalman filter of a series that is a moving average of errors fed back through an autoregression.
///
/// The state is what is expected of the next values from all before; its first covariance is that of the series in the
/// long run. The errors' variance is the one that makes the series likeliest.
struct StateSpaceFilter {
  let autoregression: [Double]
  let movingAverage: [Double]
  private(set) var predictions: [Double] = []
  /// What is expected after the last value.
  private(set) var state: [Double]
  private(set) var variance = 0.0
  private(set) var logLikelihood = 0.0

  /// `nil` when the autoregression does not die away.
  init?(_ series: [Double], autoregression: [Double], movingAverage: [Double]) {
    let width = max(autoregression.count, movingAverage.count + 1)
    (self.autoregression, self.movingAverage) = (autoregression, movingAverage)
    let inputs = [1] + movingAverage + [Double](repeating: 0, count: width - movingAverage.count - 1)
    guard var covariance = Self.longRun(autoregression, inputs) else { return nil }
    state = [Double](repeating: 0, count: width)
    var (squares, logarithms) = (0.0, 0.0)
    for value in series {
      let spread = covariance[0]
      guard spread > 0, spread.isFinite else { return nil }
      predictions.append(state[0])
      let miss = value - state[0]
      squares += miss * miss / spread
      logarithms += log(spread)
      let gains = (0..<width).map { covariance[$0 * width] / spread }
      for row in 0..<width { state[row] += gains[row] * miss }
      let first = Array(covariance[..<width])
      for row in 0..<width {
        for column in 0..<width { covariance[row * width + column] -= gains[row] * first[column] }
      }
      state = Self.moved(state, autoregression)
      covariance = Self.moved(covariance, width, autoregression, inputs)
    }
    let count = Double(series.count)
    variance = squares / count
    logLikelihood = -0.5 * (count * (log(2 * .pi * variance) + 1) + logarithms)
    guard logLikelihood.isFinite else { return nil }
  }

  /// The state one step later: `x′ᵢ = φᵢ x₀ + xᵢ₊₁`.
  static func moved(_ state: [Double], _ autoregression: [Double]) -> [Double] {
    state.indices.map { place in
      (place < autoregression.count ? autoregression[place] * state[0] : 0)
        + (place + 1 < state.count ? state[place + 1] : 0)
    }
  }

  /// The covariance one step later, with a new error: `T P Tᵀ + R Rᵀ`.
  private static func moved(
    _ covariance: [Double], _ width: Int, _ autoregression: [Double], _ inputs: [Double]
  ) -> [Double] {
    func coefficient(_ place: Int) -> Double { place < autoregression.count ? autoregression[place] : 0 }
    func part(_ row: Int, _ column: Int) -> Double {
      row < width && column < width ? covariance[row * width + column] : 0
    }
    var result = [Double](repeating: 0, count: width * width)
    for i in 0..<width {
      for j in 0..<width {
        result[i * width + j] =
          coefficient(i) * coefficient(j) * part(0, 0) + coefficient(i) * part(0, j + 1)
          + coefficient(j) * part(i + 1, 0) + part(i + 1, j + 1) + inputs[i] * inputs[j]
      }
    }
    return result
  }

  /// The covariance that a step does not change: `P = T P Tᵀ + R Rᵀ`, as linear equations of its numbers.
  private static func longRun(_ autoregression: [Double], _ inputs: [Double]) -> [Double]? {
    let width = inputs.count
    let count = width * width
    var equations = [Double](repeating: 0, count: count * count)
    let none = [Double](repeating: 0, count: width)
    for column in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      let image = moved(unit, width, autoregression, none)
      for row in 0..<count { equations[row * count + column] = (row == column ? 1 : 0) - image[row] }
    }
    let right = Matrix((0..<count).map { inputs[$0 / width] * inputs[$0 % width] }, shape: [count, 1])
    guard let found = try? Matrix(equations, shape: [count, count]).solve(right).scalars else { return nil }
    // An autoregression that grows has a solution too, but no variances.
    return (0..<width).allSatisfy { found[$0 * width + $0] >= -1e-9 } && found[0] > 0 ? found : nil
  }

  /// How an error moves the value of its own step and of the later ones.
  static func effects(_ steps: Int, _ autoregression: [Double], _ movingAverage: [Double]) -> [Double] {
    var effects: [Double] = []
    for step in 0..<steps {
      var effect = step == 0 ? 1 : step <= movingAverage.count ? movingAverage[step - 1] : 0
      for (place, coefficient) in autoregression.enumerated() where place < step {
        effect += coefficient * effects[step - 1 - place]
      }
      effects.append(effect)
    }
    return effects
  }
}
