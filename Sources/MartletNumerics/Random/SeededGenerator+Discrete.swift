import Glibc

// Whole numbers from discrete distributions, each drawn as NumPy draws it from the same generator.
extension SeededGenerator {
  /// A whole number of a range; each is equally likely. Stops the cell when the range is empty.
  public mutating func integer(in range: Range<Int>) -> Int { range.lowerBound + integer(below: range.count) }

  /// A whole number of a range; each is equally likely.
  ///
  ///     random.integer(in: 1...6)      // a die
  public mutating func integer(in range: ClosedRange<Int>) -> Int { range.lowerBound + integer(below: range.count) }

  /// `count` whole numbers of a range.
  public mutating func integers(_ count: Int, in range: Range<Int>) -> [Int] {
    (0..<count).map { _ in integer(in: range) }
  }

  /// How many of `trials` succeed, when each does with `probability`.
  ///
  /// References: Kachitvichyanukul and Schmeiser (1988), BTPE, where many are expected; inversion elsewhere.
  public mutating func binomial(trials: Int, probability: Double) -> Int {
    guard trials >= 0, (0...1).contains(probability) else {
      fatalError("binomial needs 0 or more trials and a probability from 0 to 1; found \(trials) and \(probability).")
    }
    if trials == 0 || probability == 0 { return 0 }
    let isLikely = probability > 0.5
    let p = isLikely ? 1 - probability : probability
    var rejection = Double(trials) * p > 30 ? BinomialRejection(trials: trials, probability: p) : nil
    let count = rejection?.draw(&self) ?? binomialByInversion(trials, p)
    return isLikely ? trials - count : count
  }

  private mutating func binomialByInversion(_ trials: Int, _ p: Double) -> Int {
    let n = Double(trials)
    let q = 1 - p
    let none = exp(n * log(q))
    let bound = Int(min(n, n * p + 10 * (n * p * q + 1).squareRoot()))
    var (count, likelihood, u) = (0, none, uniform())
    while u > likelihood {
      count += 1
      if count > bound {
        (count, likelihood, u) = (0, none, uniform())
      } else {
        u -= likelihood
        likelihood = (Double(trials - count + 1) * p * likelihood) / (Double(count) * q)
      }
    }
    return count
  }

  /// How many events happen, when `mean` are expected.
  ///
  /// Reference: Hörmann (1993), PTRS, for means of 10 or more; products of uniform numbers below.
  public mutating func poisson(mean: Double) -> Int {
    guard mean >= 0, mean.isFinite else { fatalError("poisson needs a finite mean of at least 0; found \(mean).") }
    if mean == 0 { return 0 }
    if mean >= 10 { return poissonByRejection(mean) }
    let limit = exp(-mean)
    var (count, product) = (0, uniform())
    while product > limit {
      count += 1
      product *= uniform()
    }
    return count
  }

  private mutating func poissonByRejection(_ mean: Double) -> Int {
    let logMean = log(mean)
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let quick = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = uniform() - 0.5
      let v = uniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07 && v <= quick { return Int(k) }
      if k < 0 || (us < 0.013 && v > us) { continue }
      let bound = -mean + k * logMean - logGammaOfStirling(k + 1)
      if log(v) + log(inverseAlpha) - log(a / (us * us) + b) <= bound { return Int(k) }
    }
  }

  /// How many trials it takes to succeed, when each does with `probability`.
  public mutating func geometric(probability: Double) -> Int {
    guard probability > 0, probability <= 1 else {
      fatalError("geometric needs a probability above 0 and up to 1; found \(probability).")
    }
    if probability < 1.0 / 3 { return Int((-standardExponential() / log1p(-probability)).rounded(.up)) }
    var (count, sum, product) = (1, probability, probability)
    let u = uniform()
    while u > sum {
      product *= 1 - probability
      sum += product
      count += 1
    }
    return count
  }

  /// How many failures come before `successes`.
  public mutating func negativeBinomial(successes: Double, probability: Double) -> Int {
    poisson(mean: gamma(shape: successes, scale: (1 - probability) / probability))
  }

  /// How often each outcome occurs in `trials`; the probabilities add up to 1.
  public mutating func multinomial(trials: Int, probabilities: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: probabilities.count)
    var (left, rest) = (trials, 1.0)
    for (i, probability) in probabilities.dropLast().enumerated() {
      counts[i] = binomial(trials: left, probability: min(probability / rest, 1))
      left -= counts[i]
      if left <= 0 { return counts }
      rest -= probability
    }
    if !counts.isEmpty { counts[counts.count - 1] = left }
    return counts
  }
}

/// The logarithm of the gamma function by Stirling's series, to the last bit as the one that NumPy's streams depend on.
func logGammaOfStirling(_ x: Double) -> Double {
  if x == 1 || x == 2 { return 0 }
  // Bernoulli numbers B₂ₖ / (2k (2k − 1)).
  let series = [
    8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04, -5.952380952380952e-04,
    8.417508417508418e-04, -1.917526917526918e-03, 6.410256410256410e-03, -2.955065359477124e-02,
    1.796443723688307e-01, -1.39243221690590e+00,
  ]
  let steps = x < 7 ? Int(7 - x) : 0
  var moved = x + Double(steps)
  let square = (1 / moved) * (1 / moved)
  let sum = series.dropLast().reversed().reduce(series[9]) { $0 * square + $1 }
  var result = sum / moved + 0.5 * 1.8378770664093453 + (moved - 0.5) * log(moved) - moved
  for _ in 0..<steps {
    result -= log(moved - 1)
    moved -= 1
  }
  return result
}
