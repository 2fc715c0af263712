import MartletNumerics

/// Where to ask next, in the unit cube; larger values are better.
struct BayesianSteps {
  private(set) var points: [[Double]] = []
  private(set) var values: [Double] = []
  private var random: PCG64
  private var start: [[Double]]
  private let dimensions: [SearchDimension]
  private let strategy: SearchStrategy

  init(_ dimensions: [SearchDimension], strategy: SearchStrategy, seed: UInt64?, initial: Int) {
    self.dimensions = dimensions
    self.strategy = strategy
    var random = PCG64(seed: seed ?? Random.nextSeed())
    // A Latin hypercube: in each dimension one point in each of as many slices.
    let columns = dimensions.map { _ in
      random.permutation(initial).map { (Double($0) + random.uniform()) / Double(initial) }
    }
    start = (0..<initial).map { row in columns.map { $0[row] } }
    self.random = random
  }

  mutating func learn(_ point: [Double], _ value: Double) {
    points.append(point)
    values.append(value)
  }

  mutating func next() -> [Double] {
    if points.count < start.count { return start[points.count] }
    if strategy == .parzenEstimator { return denser() }
    guard let guess = GaussianProcess(points.map(coordinates), values) else {
      return random.uniforms(dimensions.count)
    }
    return best(of: guess)
  }

  private func coordinates(_ point: [Double]) -> [Double] { zip(dimensions, point).flatMap { $0.coordinates($1) } }

  private mutating func best(of guess: GaussianProcess) -> [Double] {
    let best = Matrix(values).argMax()
    var chosen = (point: random.uniforms(dimensions.count), gain: -Double.infinity)
    // Every third question is where the guess itself is best, which settles the last digits of a minimum.
    let exploits = points.count % 3 == 2
    func consider(_ candidate: [Double]) {
      let place = coordinates(candidate)
      let gain = exploits ? guess.guess(at: place).mean : guess.merit(at: place, over: values[best], strategy)
      if gain > chosen.gain { chosen = (candidate, gain) }
    }
    for _ in 0..<800 { consider(random.uniforms(dimensions.count)) }
    // Ever closer around the best that is known and the best candidate.
    for width in [0.1, 0.03, 0.01, 0.003, 0.001] {
      for centre in [points[best], chosen.point] {
        for _ in 0..<100 { consider(beside(centre, width)) }
      }
    }
    return chosen.point
  }

  /// A point near another; one in five of its choices is another one.
  private mutating func beside(_ centre: [Double], _ width: Double) -> [Double] {
    dimensions.indices.map { place in
      if case .choice = dimensions[place] {
        return random.uniform() < 0.2 ? random.uniform() : centre[place]
      }
      return min(max(centre[place] + width * random.standardNormal(), 0), 1)
    }
  }

  /// Of some points drawn like the best tenth, that at which this tenth is the densest against the others.
  private mutating func denser() -> [Double] {
    let order = values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }
    let count = min((order.count + 9) / 10, 25)
    let good = ParzenEstimator(order[..<count].map { points[$0] }, dimensions)
    let other = ParzenEstimator(order[count...].map { points[$0] }, dimensions)
    var chosen = (point: [Double](), gain: -Double.infinity)
    for _ in 0..<24 {
      let candidate = good.draw(&random)
      let gain = good.logDensity(candidate) - other.logDensity(candidate)
      if gain > chosen.gain || chosen.point.isEmpty { chosen = (candidate, gain) }
    }
    return chosen.point
  }
}
