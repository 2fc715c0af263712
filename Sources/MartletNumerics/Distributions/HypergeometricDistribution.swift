import Glibc

/// How many marked ones there are among those drawn without putting back. (SciPy: `hypergeom(M: population, n: marked, N: drawn)`)
public struct HypergeometricDistribution: DiscreteDistribution {
  /// How many there are in all.
  public let population: Int
  /// How many of them are marked.
  public let marked: Int
  /// How many are drawn.
  public let drawn: Int

  /// Stops the cell where a parameter is outside its range.
  public init(population: Int, marked: Int, drawn: Int) {
    guard marked >= 0, drawn >= 0, marked <= population, drawn <= population else {
      fatalError(
        "HypergeometricDistribution needs no more marked or drawn than there are; found \(population), \(marked), \(drawn)."
      )
    }
    self.population = population
    self.marked = marked
    self.drawn = drawn
  }

  public var support: ClosedRange<Int> { max(0, drawn + marked - population)...min(drawn, marked) }
  public func logPMF(_ k: Int) -> Double {
    guard support.contains(k) else { return -.infinity }
    func choices(_ n: Int, _ k: Int) -> Double {
      -log(Double(n) + 1) - logBeta(Double(n - k) + 1, Double(k) + 1)
    }
    return choices(marked, k) + choices(population - marked, drawn - k) - choices(population, drawn)
  }
  public func cdf(_ k: Int) -> Double {
    k < support.lowerBound ? 0 : k >= support.upperBound ? 1 : sum(support.lowerBound...k)
  }
  public func survival(_ k: Int) -> Double {
    k < support.lowerBound ? 1 : k >= support.upperBound ? 0 : sum(k + 1...support.upperBound)
  }
  private func sum(_ range: ClosedRange<Int>) -> Double { min(1, range.reduce(0) { $0 + pmf($1) }) }
  public var mean: Double { Double(drawn) * Double(marked) / Double(population) }
  public var variance: Double {
    let (n, whole) = (Double(drawn), Double(population))
    let fraction = Double(marked) / whole
    return population < 2 ? 0 : n * fraction * (1 - fraction) * (whole - n) / (whole - 1)
  }
  public func sample(using random: inout some SeededGenerator) -> Int {
    var (left, wanted, found) = (population, marked, 0)
    for _ in 0..<drawn {
      if random.integer(below: left) < wanted {
        wanted -= 1
        found += 1
      }
      left -= 1
    }
    return found
  }

  /// The most likely number of marked ones, where it is known how many there are and how many are drawn each time.
  /// - Throws: ``StatisticsError`` where the values cannot come from that population.
  /// - Complexity: O(log `population`) sums over the values.
  public static func fit(
    _ values: [Int], population: Int, drawn: Int
  ) throws(StatisticsError) -> HypergeometricDistribution {
    try FitCheck.require(values, "HypergeometricDistribution", "from 0 to the \(drawn) drawn") {
      $0 >= 0 && $0 <= drawn
    }
    var low = values.reduce(0) { max($0, $1) }
    var high = values.reduce(population) { min($0, population - drawn + $1) }
    try StatisticsError.require(
      drawn <= population && low <= high,
      "HypergeometricDistribution.fit needs values that can all be drawn from one population; found \(low) marked ones and "
        + "more than \(population - high) others in one of \(population).")
    func likelihood(_ marked: Int) -> Double {
      HypergeometricDistribution(population: population, marked: marked, drawn: drawn).logLikelihood(values)
    }
    // It rises to its only peak and falls behind it.
    while low < high {
      let middle = low + (high - low) / 2
      if likelihood(middle + 1) > likelihood(middle) { low = middle + 1 } else { high = middle }
    }
    return HypergeometricDistribution(population: population, marked: low, drawn: drawn)
  }
}
