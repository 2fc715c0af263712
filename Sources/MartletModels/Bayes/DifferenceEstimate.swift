import MartletNumerics

/// The sum of values of which only a random sample is known, beside a guess of each.
package struct DifferenceEstimate {
  package let sum: Double
  /// The standard error of the sum from the sample.
  package let samplingError: Double
  /// The root of `n` times the variance of the values, estimated.
  package let spreadError: Double

  package init(guesses: [Double], places: [Int], values: [Double]) {
    let (n, m) = (Double(guesses.count), Double(values.count))
    let misses = zip(places, values).map { $1 - guesses[$0] }
    let guessed = guesses.reduce(0, +)
    let missed = n * mean(misses)
    sum = guessed + missed
    let squaredError = n * n * (1 - m / n) * variance(misses, degreesOfFreedom: 1) / m
    samplingError = squaredError.squareRoot()
    let squares = guesses.reduce(0) { $0 + $1 * $1 }
    let squaresMissed = n * mean(zip(places, values).map { $1 * $1 - guesses[$0] * guesses[$0] })
    // The square of the sum is estimated without the error that squaring an estimate adds.
    let squaredSum = sum * sum - squaredError
    spreadError = max(squares + squaresMissed - squaredSum / n, 0).squareRoot()
  }
}
