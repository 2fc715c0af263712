import CMartletRuntime
import Glibc

/// The range that contains the mean of what values were drawn from with the given confidence, by Student's t.
///
///     confidenceInterval([4.9, 5.1, 5.0, 5.2])      // 4.845…5.255
public func confidenceInterval(_ values: [Double], confidence: Double = 0.95) -> ClosedRange<Double> {
  guard values.count >= 2 else { fatalError("A confidence interval needs at least 2 values; found \(values.count).") }
  let error = (variance(values, degreesOfFreedom: 1) / Double(values.count)).squareRoot()
  let reach = StudentTDistribution(degreesOfFreedom: Double(values.count - 1)).quantile((1 + confidence) / 2) * error
  let middle = mean(values)
  return middle - reach...middle + reach
}

/// The range that contains a rate of success with the given confidence, by Wilson's score.
///
///     proportionInterval(successes: 8, trials: 10)      // 0.4901…0.9433
public func proportionInterval(successes: Int, trials: Int, confidence: Double = 0.95) -> ClosedRange<Double> {
  guard trials > 0, (0...trials).contains(successes) else {
    fatalError("A proportion needs trials and no more successes than these; found \(successes) of \(trials).")
  }
  let (n, z) = (Double(trials), normalQuantile((1 + confidence) / 2))
  let rate = Double(successes) / n
  let middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
  let reach = z / (1 + z * z / n) * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
  return max(0, middle - reach)...min(1, middle + reach)
}

/// The range that contains a statistic with the given confidence, from samples drawn again out of the values.
///
///     bootstrapInterval([1, 2, 3, 4, 100]) { median($0) }
/// - Parameters:
///   - samples: how many to draw.
///   - isCorrected: for the statistic's bias and for its spread changing with its value (Efron 1987); else plain percentiles.
///   - seed: results depend on it alone.
/// - Complexity: `samples` calls of `statistic`, and as many as there are values when corrected.
public func bootstrapInterval(
  _ values: [Double], confidence: Double = 0.95, samples: Int = 9_999, isCorrected: Bool = true, seed: UInt64 = 0,
  _ statistic: ([Double]) -> Double
) -> ClosedRange<Double> {
  guard values.count >= 2, samples >= 1 else {
    fatalError("A bootstrap needs at least 2 values and 1 sample; found \(values.count) and \(samples).")
  }
  var random = PCG64(seed: seed)
  let found = (0..<samples).map { _ in
    martlet_poll()
    return statistic(values.map { _ in values[random.integer(below: values.count)] })
  }
  var ends = [(1 - confidence) / 2, (1 + confidence) / 2]
  if isCorrected {
    let own = statistic(values)
    let below = found.reduce(0.0) { $0 + ($1 < own ? 1 : $1 == own ? 0.5 : 0) } / Double(samples)
    let bias = normalQuantile(below)
    let without = values.indices.map { left in statistic(values.indices.filter { $0 != left }.map { values[$0] }) }
    let distances = without.map { mean(without) - $0 }
    let squares = distances.reduce(0) { $0 + $1 * $1 }
    let acceleration = squares == 0 ? 0 : distances.reduce(0) { $0 + $1 * $1 * $1 } / (6 * pow(squares, 1.5))
    if bias.isFinite {
      ends = ends.map { end in
        let z = bias + normalQuantile(end)
        return normalCDF(bias + z / (1 - acceleration * z))
      }
    }
  }
  let quantiles = quantiles(found, ends)
  return quantiles[0]...max(quantiles[0], quantiles[1])
}

/// How likely a difference at least as large is when it does not matter which value is in which group: a permutation test.
///
/// - Parameters:
///   - permutations: how many to draw; the smallest p-value is one over one more than these.
///   - statistic: of the two groups; the difference of means by default.
/// - Returns: the p-value, of both directions.
public func permutationTest(
  _ x: [Double], _ y: [Double], permutations: Int = 9_999, seed: UInt64 = 0,
  _ statistic: ([Double], [Double]) -> Double = { mean($0) - mean($1) }
) -> Double {
  var random = PCG64(seed: seed)
  var all = x + y
  let own = abs(statistic(x, y))
  var atLeast = 1
  for _ in 0..<permutations {
    martlet_poll()
    random.shuffle(&all)
    let found = abs(statistic(Array(all.prefix(x.count)), Array(all.dropFirst(x.count))))
    if found >= own * (1 - 1e-12) { atLeast += 1 }
  }
  return Double(atLeast) / Double(permutations + 1)
}
