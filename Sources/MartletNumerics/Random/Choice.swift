/// What `choice` needs beyond a generator: NumPy's two kinds of generators draw it in different ways.
public protocol ChoosingGenerator: SeededGenerator {
  /// `count` different numbers below `population`, in random order.
  mutating func distinctPlaces(_ count: Int, below population: Int) -> [Int]
}

extension ChoosingGenerator {
  /// Places in a collection of `population` elements, drawn at random. (NumPy: `choice`)
  ///
  ///     var random = PCG64(seed: 0)
  ///     random.choice(3, of: 10)      // as numpy.random.default_rng(0).choice(10, 3)
  /// - Parameters:
  ///   - count: how many to draw.
  ///   - population: how many there are; at least 1, and at least `count` unless drawn with replacement.
  ///   - withReplacement: whether a place may be drawn again.
  ///   - weights: how likely each place is, one for each, adding up to 1; all the same by default.
  public mutating func choice(
    _ count: Int, of population: Int, withReplacement: Bool = true, weights: [Double]? = nil
  ) -> [Int] {
    guard population > 0, count >= 0, withReplacement || count <= population else {
      fatalError("choice cannot draw \(count) of \(population)\(withReplacement ? "" : " without replacement").")
    }
    guard let weights else {
      return withReplacement
        ? (0..<count).map { _ in integer(below: population) } : distinctPlaces(count, below: population)
    }
    let sum = weights.reduce(0, +)
    guard weights.count == population, weights.allSatisfy({ $0 >= 0 }), abs(sum - 1) < 1e-8 else {
      fatalError("choice needs \(population) weights that add up to 1; found \(weights.count) that add up to \(sum).")
    }
    if withReplacement { return places(uniforms(count), WeightedPlaces(weights)) }
    guard weights.count(where: { $0 > 0 }) >= count else {
      fatalError("choice cannot draw \(count) places without replacement: fewer have a weight above 0.")
    }
    var (left, found): ([Double], [Int]) = (weights, [])
    while found.count < count {
      let drawn = uniforms(count - found.count)
      for place in found { left[place] = 0 }
      var seen: Set<Int> = []
      found += places(drawn, WeightedPlaces(left)).filter { seen.insert($0).inserted }
    }
    return found
  }

  /// Elements of a collection, drawn at random.
  ///
  ///     random.choice(2, of: ["red", "green", "blue"], withReplacement: false)
  public mutating func choice<Element>(
    _ count: Int, of elements: [Element], withReplacement: Bool = true, weights: [Double]? = nil
  ) -> [Element] {
    choice(count, of: elements.count, withReplacement: withReplacement, weights: weights).map { elements[$0] }
  }

  private func places(_ uniforms: [Double], _ weighted: WeightedPlaces) -> [Int] {
    uniforms.map { weighted.place(of: $0) }
  }
}

/// Running sums of weights, in which a number below 1 finds its place.
private struct WeightedPlaces {
  private let sums: [Double]

  init(_ weights: [Double]) {
    var sum = 0.0
    let running = weights.map { weight in
      sum += weight
      return sum
    }
    sums = running.map { $0 / sum }
  }

  /// The first place whose running sum is larger.
  func place(of number: Double) -> Int {
    var (low, high) = (0, sums.count)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > number { high = middle } else { low = middle + 1 }
    }
    return min(low, sums.count - 1)
  }
}

extension MT19937: ChoosingGenerator {
  public mutating func distinctPlaces(_ count: Int, below population: Int) -> [Int] {
    Array(permutation(population).prefix(count))
  }
}

extension PCG64: ChoosingGenerator {
  /// A shuffle of the end of the row where much of it is wanted, Floyd's set elsewhere.
  public mutating func distinctPlaces(_ count: Int, below population: Int) -> [Int] {
    if population > 10_000 && count <= population / 50 || population <= 10_000 {
      return placesByFloyd(count, population)
    }
    var places = Array(0..<population)
    shuffleEnd(&places, from: max(population - count, 1))
    return Array(places.suffix(count))
  }

  /// Reference: Bentley and Floyd (1987), A sample of brilliance.
  private mutating func placesByFloyd(_ count: Int, _ population: Int) -> [Int] {
    var seen: Set<Int> = []
    var places: [Int] = []
    for last in population - count..<population {
      let drawn = place(upTo: last)
      places.append(seen.insert(drawn).inserted ? drawn : last)
      seen.insert(last == places[places.count - 1] ? last : drawn)
    }
    shuffleEnd(&places, from: 1)
    return places
  }

  private mutating func shuffleEnd(_ places: inout [Int], from first: Int) {
    for i in stride(from: places.count - 1, through: first, by: -1) { places.swapAt(i, place(upTo: i)) }
  }
}
