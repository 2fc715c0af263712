import Glibc

// Numbers from continuous distributions, each drawn as NumPy draws it from the same generator, so that seeds give the
// same numbers there and here.
extension SeededGenerator {
  /// A number from `low` up to `high`.
  public mutating func uniform(from low: Double, to high: Double) -> Double { low + (high - low) * uniform() }

  /// A number from a normal distribution.
  ///
  ///     var random = PCG64(seed: 42)
  ///     random.normal()      // 0.30471707975443135, as numpy.random.default_rng(42).normal()
  public mutating func normal(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    mean + standardDeviation * standardNormal()
  }

  /// `count` numbers from a normal distribution.
  public mutating func normals(_ count: Int, mean: Double = 0, standardDeviation: Double = 1) -> [Double] {
    (0..<count).map { _ in normal(mean: mean, standardDeviation: standardDeviation) }
  }

  /// A number from an exponential distribution with the given mean. (NumPy: `scale`)
  public mutating func exponential(mean: Double = 1) -> Double { mean * standardExponential() }

  /// A number whose logarithm is normal.
  public mutating func logNormal(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    exp(normal(mean: mean, standardDeviation: standardDeviation))
  }

  /// A number from a gamma distribution; its mean is `shape · scale`.
  ///
  /// - Parameter shape: more than 0. Stops the cell otherwise.
  ///
  /// References: Marsaglia and Tsang (2000) for shapes above 1; Ahrens and Dieter (1974) below.
  public mutating func gamma(shape: Double, scale: Double = 1) -> Double {
    guard shape > 0 else { fatalError("gamma needs a shape above 0; found \(shape).") }
    return scale * standardGamma(shape)
  }

  private mutating func standardGamma(_ shape: Double) -> Double {
    if shape == 1 { return standardExponential() }
    if shape < 1 {
      while true {
        let u = uniform()
        let v = standardExponential()
        if u <= 1 - shape {
          let x = pow(u, 1 / shape)
          if x <= v { return x }
        } else {
          let y = -log((1 - u) / shape)
          let x = pow(1 - shape + shape * y, 1 / shape)
          if x <= v + y { return x }
        }
      }
    }
    let b = shape - 1.0 / 3
    let c = 1 / (9 * b).squareRoot()
    while true {
      var (x, v) = (0.0, 0.0)
      repeat {
        x = standardNormal()
        v = 1 + c * x
      } while v <= 0
      v = v * v * v
      let u = uniform()
      if u < 1 - 0.0331 * (x * x) * (x * x) || log(u) < 0.5 * x * x + b * (1 - v + log(v)) { return b * v }
    }
  }

  /// A number between 0 and 1 from a beta distribution; both parameters are above 0.
  ///
  /// Reference: Jöhnk (1964) where both are at most 1.
  public mutating func beta(_ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0 else { fatalError("beta needs parameters above 0; found \(a) and \(b).") }
    if a > 1 || b > 1 {
      let x = standardGamma(a)
      return x / (x + standardGamma(b))
    }
    while true {
      let (u, v) = (uniform(), uniform())
      let (x, y) = (pow(u, 1 / a), pow(v, 1 / b))
      guard x + y <= 1, u + v > 0 else { continue }
      if x + y > 0 { return x / (x + y) }
      // Both were too small for a double; their logarithms are not.
      var (logX, logY) = (log(u) / a, log(v) / b)
      let larger = max(logX, logY)
      (logX, logY) = (logX - larger, logY - larger)
      return exp(logX - log(exp(logX) + exp(logY)))
    }
  }

  /// A number from a chi-square distribution.
  public mutating func chiSquare(degreesOfFreedom: Double) -> Double { 2 * gamma(shape: degreesOfFreedom / 2) }

  /// A number from Student's t distribution.
  public mutating func studentT(degreesOfFreedom: Double) -> Double {
    let x = standardNormal()
    let y = gamma(shape: degreesOfFreedom / 2)
    return (degreesOfFreedom / 2).squareRoot() * x / y.squareRoot()
  }

  /// A number from an F distribution.
  public mutating func fisherF(_ first: Double, _ second: Double) -> Double {
    let x = chiSquare(degreesOfFreedom: first) * second
    return x / (chiSquare(degreesOfFreedom: second) * first)
  }

  /// A number from a Cauchy distribution.
  public mutating func cauchy(location: Double = 0, scale: Double = 1) -> Double {
    let x = standardNormal()
    return location + scale * (x / standardNormal())
  }

  /// A number from a Laplace distribution.
  public mutating func laplace(location: Double = 0, scale: Double = 1) -> Double {
    while true {
      let u = uniform()
      if u >= 0.5 { return location - scale * log(2 - u - u) }
      if u > 0 { return location + scale * log(u + u) }
    }
  }

  /// A number from a logistic distribution.
  public mutating func logistic(location: Double = 0, scale: Double = 1) -> Double {
    while true {
      let u = uniform()
      if u > 0 { return location + scale * log(u / (1 - u)) }
    }
  }

  /// A number from a Weibull distribution.
  public mutating func weibull(shape: Double, scale: Double = 1) -> Double {
    scale * pow(standardExponential(), 1 / shape)
  }

  /// Positive numbers that add up to 1, from a Dirichlet distribution.
  public mutating func dirichlet(_ concentrations: [Double]) -> [Double] {
    let gammas = concentrations.map { gamma(shape: $0) }
    let inverse = 1 / gammas.reduce(0, +)
    return gammas.map { $0 * inverse }
  }

  /// A tensor of numbers from 0 up to, not including, 1.
  ///
  ///     var random = PCG64(seed: 0)
  ///     random.uniforms(shape: [2, 3])      // as numpy.random.default_rng(0).random((2, 3))
  public mutating func uniforms(shape: [Int]) -> Matrix { tensor(shape) { $0.uniform() } }

  /// A tensor of numbers from a normal distribution.
  public mutating func normals(shape: [Int], mean: Double = 0, standardDeviation: Double = 1) -> Matrix {
    tensor(shape) { $0.normal(mean: mean, standardDeviation: standardDeviation) }
  }

  private mutating func tensor(_ shape: [Int], _ draw: (inout Self) -> Double) -> Matrix {
    let count = Matrix.checkedCount(of: shape)
    return Matrix((0..<count).map { _ in draw(&self) }, shape: shape)
  }
}
