import Glibc

/// What has been followed so far.
struct DifferentialRun {
  private(set) var times: [Double]
  private(set) var states, slopes: [[Double]]
  private(set) var stages: [[[Double]]] = []

  init(time: Double, state: [Double], slope: [Double]) {
    (times, states, slopes) = ([time], [state], [slope])
  }

  mutating func add(_ time: Double, _ state: [Double], _ slope: [Double], stages: [[Double]] = []) {
    times.append(time)
    states.append(state)
    slopes.append(slope)
    self.stages.append(stages)
  }

  /// Ends the last step early.
  mutating func cut(at time: Double, _ state: [Double], _ slope: (Double, [Double]) -> [Double]) {
    times.removeLast()
    states.removeLast()
    slopes.removeLast()
    stages.removeLast()
    add(time, state, slope(time, state))
  }

  func solution(events: [[Double]], hasReachedEnd: Bool) -> DifferentialSolution {
    DifferentialSolution(
      times: times, states: states, events: events, hasReachedEnd: hasReachedEnd, slopes: slopes, stages: stages)
  }
}

/// Takes one step at a time.
struct DifferentialStepper {
  private let method: DifferentialMethod
  private let start, length: Double
  private var count = 0
  /// The next step to try, for the adaptive method.
  private var next = 0.0

  init(
    method: DifferentialMethod, range: ClosedRange<Double>, run: DifferentialRun,
    _ slope: (Double, [Double]) -> [Double]
  ) {
    self.method = method
    start = range.lowerBound
    length = range.upperBound - range.lowerBound
    if case .adaptive(let relative, let absolute) = method {
      next = DormandPrince.firstStep(run, length, relative, absolute, slope)
    }
  }

  /// - Returns: whether a step was taken; not when it would be too small to change the time.
  mutating func step(
    _ run: inout DifferentialRun, until end: Double, _ slope: (Double, [Double]) -> [Double]
  ) -> Bool {
    let last = run.times.count - 1
    let (time, state, first) = (run.times[last], run.states[last], run.slopes[last])
    switch method {
    case .euler(let steps), .rungeKutta4(let steps):
      guard steps > 0 else { fatalError("A differential equation needs at least one step; found \(steps).") }
      count += 1
      let target = count == steps ? end : start + length * Double(count) / Double(steps)
      let h = target - time
      var moved = Self.moved(state, h, first)
      if case .rungeKutta4 = method {
        let second = slope(time + h / 2, Self.moved(state, h / 2, first))
        let third = slope(time + h / 2, Self.moved(state, h / 2, second))
        let fourth = slope(target, Self.moved(state, h, third))
        moved = state.indices.map { state[$0] + h / 6 * (first[$0] + 2 * second[$0] + 2 * third[$0] + fourth[$0]) }
      }
      run.add(target, moved, slope(target, moved))
      return true
    case .adaptive(let relative, let absolute):
      var wasRefused = false
      while true {
        let h = min(next, end - time)
        guard h > 10 * (time.nextUp - time) || h == end - time else { return false }
        let target = h == end - time ? end : time + h
        let trial = DormandPrince.step(time, state, first, target - time, slope)
        let error = DormandPrince.error(trial.stages, state, trial.state, target - time, relative, absolute)
        if error < 1 {
          let growth = error == 0 ? 10 : min(10, 0.9 * pow(error, -0.2))
          next = h * (wasRefused ? min(1, growth) : growth)
          run.add(target, trial.state, trial.stages[6], stages: trial.stages)
          return true
        }
        guard error.isFinite else {
          next = h / 10
          if h < 1e-14 * max(abs(time), 1) { return false }
          continue
        }
        next = h * max(0.2, 0.9 * pow(error, -0.2))
        wasRefused = true
      }
    }
  }

  private static func moved(_ state: [Double], _ h: Double, _ slope: [Double]) -> [Double] {
    state.indices.map { state[$0] + h * slope[$0] }
  }
}

/// Dormand and Prince's rule: seven slopes a step, the last of which is the next step's first.
enum DormandPrince {
  private static let nodes: [Double] = [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1]
  private static let weights: [[Double]] = [
    [], [1.0 / 5], [3.0 / 40, 9.0 / 40], [44.0 / 45, -56.0 / 15, 32.0 / 9],
    [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
    [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
  ]
  private static let result: [Double] = [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84]
  /// The difference to the rule of order 4.
  private static let difference: [Double] = [
    -71.0 / 57600, 0, 71.0 / 16695, -71.0 / 1920, 17253.0 / 339200, -22.0 / 525, 1.0 / 40,
  ]
  /// Shampine's polynomial for the state within a step: coefficients of s, s², s³, s⁴ for each slope.
  private static let dense: [[Double]] = [
    [1, -8048581381.0 / 2_820_520_608, 8663915743.0 / 2_820_520_608, -12715105075.0 / 11_282_082_432],
    [0, 0, 0, 0],
    [0, 131558114200.0 / 32_700_410_799, -68118460800.0 / 10_900_136_933, 87487479700.0 / 32_700_410_799],
    [0, -1754552775.0 / 470_086_768, 14199869525.0 / 1_410_260_304, -10690763975.0 / 1_880_347_072],
    [0, 127303824393.0 / 49_829_197_408, -318862633887.0 / 49_829_197_408, 701980252875.0 / 199_316_789_632],
    [0, -282668133.0 / 205_662_961, 2019193451.0 / 616_988_883, -1453857185.0 / 822_651_844],
    [0, 40617522.0 / 29_380_423, -110615467.0 / 29_380_423, 69997945.0 / 29_380_423],
  ]

  /// `Σ weights · slopes` of one component.
  private static func sum(_ weights: [Double], _ stages: [[Double]], _ j: Int) -> Double {
    var sum = 0.0
    for (weight, stage) in zip(weights, stages) { sum += weight * stage[j] }
    return sum
  }

  static func step(
    _ time: Double, _ state: [Double], _ first: [Double], _ h: Double, _ slope: (Double, [Double]) -> [Double]
  ) -> (state: [Double], stages: [[Double]]) {
    var stages = [first]
    for stage in 1..<6 {
      let moved = state.indices.map { j in state[j] + h * sum(weights[stage], stages, j) }
      stages.append(slope(time + nodes[stage] * h, moved))
    }
    let moved = state.indices.map { j in state[j] + h * sum(result, stages, j) }
    stages.append(slope(time + h, moved))
    return (moved, stages)
  }

  static func error(
    _ stages: [[Double]], _ from: [Double], _ to: [Double], _ h: Double, _ relative: Double, _ absolute: Double
  ) -> Double {
    var squares = 0.0
    for j in from.indices {
      let scale = absolute + relative * max(abs(from[j]), abs(to[j]))
      let error = h * sum(difference, stages, j) / scale
      squares += error * error
    }
    return (squares / Double(max(from.count, 1))).squareRoot()
  }

  static func weighted(_ stages: [[Double]], _ j: Int, at s: Double) -> Double {
    var sum = 0.0
    for (c, stage) in zip(dense, stages) {
      let polynomial: Double = c[0] + s * (c[1] + s * (c[2] + s * c[3]))
      sum += stage[j] * s * polynomial
    }
    return sum
  }

  /// A first step over which the solution changes little.
  static func firstStep(
    _ run: DifferentialRun, _ length: Double, _ relative: Double, _ absolute: Double,
    _ slope: (Double, [Double]) -> [Double]
  ) -> Double {
    let (state, first) = (run.states[0], run.slopes[0])
    guard !state.isEmpty, length > 0 else { return length }
    let scale = state.map { absolute + abs($0) * relative }
    func size(_ values: [Double]) -> Double {
      var squares = 0.0
      for (value, scale) in zip(values, scale) { squares += (value / scale) * (value / scale) }
      return (squares / Double(values.count)).squareRoot()
    }
    let (d0, d1) = (size(state), size(first))
    let h0 = min(length, d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : 0.01 * d0 / d1)
    let second = slope(run.times[0] + h0, state.indices.map { state[$0] + h0 * first[$0] })
    let d2 = size(zip(second, first).map { $0 - $1 }) / h0
    let h1 = max(d1, d2) <= 1e-15 ? max(1e-6, h0 * 1e-3) : pow(0.01 / max(d1, d2), 0.2)
    return min(100 * h0, h1, length)
  }
}
