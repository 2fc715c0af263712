import CMartletRuntime
import Glibc

/// How to follow a differential equation.
public enum DifferentialMethod: Hashable, Sendable {
  /// So many equal steps along the slope.
  case euler(steps: Int)
  /// So many equal steps by Runge and Kutta's rule of order 4.
  case rungeKutta4(steps: Int)
  /// Dormand and Prince's rule of order 5, whose steps adapt to the errors asked for. (SciPy: `RK45`)
  case adaptive(relative: Double = 1e-3, absolute: Double = 1e-6)
}

/// How a differential equation ran.
public struct DifferentialSolution: Sendable {
  /// The times of the steps, from the first to the last.
  public let times: [Double]
  /// The state at each of the times.
  public let states: [[Double]]
  /// When each event happened, one list an event.
  public let events: [[Double]]
  /// Whether it reached the end (and was not stopped by an event, or by steps that became too small).
  public let hasReachedEnd: Bool
  let slopes: [[Double]]
  let stages: [[[Double]]]

  /// The state at any time in between.
  ///
  /// - Complexity: O(log steps).
  public func state(at time: Double) -> [Double] {
    // The first step that ends at or after the time.
    var (low, high) = (1, max(1, times.count - 1))
    let isForward = (times.last ?? 0) >= (times.first ?? 0)
    while low < high {
      let middle = (low + high) / 2
      if isForward ? times[middle] >= time : times[middle] <= time { high = middle } else { low = middle + 1 }
    }
    guard low < times.count else { return states[0] }
    return between(low - 1, time)
  }

  func between(_ i: Int, _ time: Double) -> [Double] {
    let h = times[i + 1] - times[i]
    let s = (time - times[i]) / h
    let (from, to) = (states[i], states[i + 1])
    if i < stages.count, !stages[i].isEmpty {
      return from.indices.map { j in from[j] + h * DormandPrince.weighted(stages[i], j, at: s) }
    }
    // A cubic through both states with both slopes.
    let (a, b) = (slopes[i], slopes[i + 1])
    return from.indices.map { j in
      let rise = to[j] - from[j]
      return from[j] + s * (h * a[j] + s * (3 * rise - h * (2 * a[j] + b[j]) + s * (h * (a[j] + b[j]) - 2 * rise)))
    }
  }
}

/// Follows `y′ = f(t, y)` from a first state over a range of time.
///
///     let fall = solveDifferential(over: 0...1, from: [1]) { t, y in [-y[0]] }
///     fall.states.last      // [0.3678…], e⁻¹ to three digits
/// - Parameters:
///   - range: the first and the last time.
///   - start: the state at the first time.
///   - method: adaptive by default, to three digits; `.adaptive(relative: 1e-10, absolute: 1e-12)` is more exact.
///   - events: functions of time and state that cross zero when something happens; the times are found to rounding.
///   - stopsAtEvent: whether the first event ends it.
///   - slope: the slope of each component, as many as `start` has.
///
/// Reference: Dormand and Prince (1980); the steps are chosen as by Hairer, Nørsett and Wanner (1993), II.4.
public func solveDifferential(
  over range: ClosedRange<Double>, from start: [Double], method: DifferentialMethod = .adaptive(),
  events: [(Double, [Double]) -> Double] = [], stopsAtEvent: Bool = false,
  _ slope: (_ time: Double, _ state: [Double]) -> [Double]
) -> DifferentialSolution {
  var run = DifferentialRun(time: range.lowerBound, state: start, slope: slope(range.lowerBound, start))
  var found = events.map { _ in [Double]() }
  var (isDone, isStopped) = (false, false)
  var stepper = DifferentialStepper(method: method, range: range, run: run, slope)
  while !isDone, run.times[run.times.count - 1] < range.upperBound {
    martlet_poll()
    guard stepper.step(&run, until: range.upperBound, slope) else { break }
    guard !events.isEmpty else { continue }
    let solution = run.solution(events: [], hasReachedEnd: false)
    let last = run.times.count - 2
    for (which, event) in events.enumerated() {
      let before = event(run.times[last], run.states[last])
      let after = event(run.times[last + 1], run.states[last + 1])
      guard before != 0, before.sign != after.sign || after == 0 else { continue }
      let time = crossing(run.times[last], run.times[last + 1], before) { event($0, solution.between(last, $0)) }
      found[which].append(time)
      if stopsAtEvent {
        run.cut(at: time, solution.between(last, time), slope)
        (isDone, isStopped) = (true, true)
        break
      }
    }
  }
  let hasReachedEnd = !isStopped && run.times[run.times.count - 1] >= range.upperBound
  return run.solution(events: found, hasReachedEnd: hasReachedEnd)
}

/// Where a function changes its sign, by halving.
private func crossing(_ low: Double, _ high: Double, _ before: Double, _ function: (Double) -> Double) -> Double {
  var (low, high) = (low, high)
  for _ in 0..<200 {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { break }
    if function(middle).sign == before.sign { low = middle } else { high = middle }
  }
  return high
}
