import CMartletRuntime

/// Minimises `½ αᵀQα + pᵀα` for `0 ≤ αₜ ≤ limitₜ` and a fixed `∑ signₜ αₜ`, two variables at a time.
///
/// `Q` has the elements `sign · sign · similarity`. A problem may have twice as many variables as samples: then the
/// second half stands for the same samples again, and each half's `∑ αₜ` may be kept by itself. The pair is the one that violates the conditions of the minimum most,
/// and of its partners the one that promises the largest decrease. Rows of similarities are Float, as in LIBSVM.
///
/// All variables are looked at in every step, eight at a time: up to some tens of thousands of samples that takes less
/// time than LIBSVM's shrinking, which keeps a list of those that still move.
///
/// Reference: Fan, Chen and Lin (2005), Working set selection using second order information for training support
/// vector machines.
struct SequentialMinimalOptimization {
  /// A solution.
  struct Solution {
    /// One for each variable.
    let multipliers: [Double]
    /// What is added to the weighted similarities of a sample.
    let intercept: Double
    /// Half of what the values at rest of the two halves are apart, where each half's sum is kept; else 0.
    let margin: Double
    let steps: Int
    let hasConverged: Bool
  }

  private let cache: KernelCache
  private let samples: Int
  /// Variables in each half, with those that fill the last vector.
  private let padded: Int
  private let halves: Int
  /// Groups of eight variables of which both of a pair come from the same.
  private let parts: [Range<Int>]
  private var signs: [Double]
  private var limits: [Double]
  private var multipliers: [Double]
  /// `−signₜ · ∂/∂αₜ`, eight to a vector.
  private var values: [SIMD8<Double>]
  /// 0 for a variable that can move in the direction of its sign, −∞ for one that cannot.
  private var upper: [SIMD8<Double>]
  /// 0 for a variable that can move against its sign, +∞ for one that cannot.
  private var lower: [SIMD8<Double>]
  private let diagonal: [SIMD8<Double>]

  /// Curvatures are at least this; kernels that are none may have negative ones.
  private static let leastCurvature = 1e-12

  /// - Parameters:
  ///   - signs: 1 or −1 for each variable; as many as samples, or twice as many.
  ///   - linear: the `p` of each variable.
  ///   - limits: the largest multiplier of each variable.
  ///   - start: multipliers to begin with.
  ///   - keepsHalves: whether the sum of each half's multipliers is fixed, with signs of 1 in the first and −1 in the second.
  ///   - cacheBytes: memory for rows of similarities.
  init(
    _ rows: KernelRows, signs: [Double], linear: [Double], limits: [Double], start: [Double]? = nil,
    keepsHalves: Bool = false, cacheBytes: Int
  ) {
    cache = KernelCache(rows, bytes: cacheBytes)
    samples = rows.count
    let padded = rows.paddedCount
    self.padded = padded
    halves = signs.count / rows.count
    let (samples, halves) = (samples, halves)
    let groups = padded / 8
    parts = keepsHalves ? [0..<groups, groups..<2 * groups] : [0..<halves * groups]
    func spread(_ source: [Double], _ filler: Double) -> [Double] {
      var result = [Double](repeating: filler, count: halves * padded)
      for half in 0..<halves {
        for place in 0..<samples { result[half * padded + place] = source[half * samples + place] }
      }
      return result
    }
    self.signs = spread(signs, 1)
    self.limits = spread(limits, 0)
    multipliers = spread(start ?? signs.map { _ in 0 }, 0)
    let first = zip(self.signs, spread(linear, 0)).map { -$0 * $1 }
    values = Self.vectors(first)
    upper = values
    lower = values
    diagonal = Self.vectors(rows.diagonal + [Double](repeating: 1, count: padded - rows.count))
    for variable in 0..<halves * padded { setBounds(variable) }
    if start != nil { applyStart() }
  }

  private static func vectors(_ scalars: [Double]) -> [SIMD8<Double>] {
    (0..<scalars.count / 8).map { group in SIMD8(scalars[group * 8..<group * 8 + 8]) }
  }

  private mutating func setBounds(_ variable: Int) {
    let isReal = variable % padded < samples
    let (multiplier, limit, sign) = (multipliers[variable], limits[variable], signs[variable])
    let (canGrow, canShrink) = (isReal && multiplier < limit, isReal && multiplier > 0)
    upper[variable / 8][variable % 8] = (sign > 0 ? canGrow : canShrink) ? 0 : -.infinity
    lower[variable / 8][variable % 8] = (sign > 0 ? canShrink : canGrow) ? 0 : .infinity
  }

  private mutating func applyStart() {
    for variable in 0..<halves * padded where multipliers[variable] != 0 {
      move(by: signs[variable] * multipliers[variable], along: cache.row(variable % padded), minus: nil)
    }
  }

  /// Moves until no pair violates the conditions by more than the tolerance.
  mutating func solve(tolerance: Double, maximumSteps: Int) -> Solution {
    var (steps, hasConverged) = (0, false)
    let progress = FitProgress.begin("steps")
    while steps < maximumSteps {
      martlet_poll()
      progress?.advance()
      guard let (i, j) = pair(tolerance) else {
        hasConverged = true
        break
      }
      let first = cache.row(i % padded)
      step(i, j, first, cache.row(j % padded, pinned: i % padded))
      steps += 1
    }
    var solution: [Double] = []
    for half in 0..<halves { solution += multipliers[half * padded..<half * padded + samples] }
    let levels = parts.map(level)
    // One part has one level; of two, what separates them is the margin.
    let (low, high) = (levels[0], levels[levels.count - 1])
    return Solution(
      multipliers: solution, intercept: (low + high) / 2, margin: (high - low) / 2, steps: steps,
      hasConverged: hasConverged)
  }

  /// The two variables that move next; `nil` when no two violate the conditions by as much as the tolerance.
  private func pair(_ tolerance: Double) -> (Int, Int)? {
    var best: (i: Int, j: Int, gain: Double)?
    for part in parts {
      let top = highest(part)
      guard top.value - top.least >= tolerance,
        let other = partner(of: top.place, cache.row(top.place % padded), part), other.gain > best?.gain ?? 0
      else { continue }
      best = (top.place, other.place, other.gain)
    }
    return best.map { ($0.i, $0.j) }
  }

  /// The variable that gains most by moving with its sign, and the least value of those that can move against theirs.
  private func highest(_ part: Range<Int>) -> (place: Int, value: Double, least: Double) {
    var best = SIMD8<Double>(repeating: -.infinity)
    var places = SIMD8<Int64>.zero
    var least = SIMD8<Double>(repeating: .infinity)
    values.withUnsafeBufferPointer { values in
      upper.withUnsafeBufferPointer { upper in
        lower.withUnsafeBufferPointer { lower in
          for group in part {
            let candidate = values[group] + upper[group]
            let isBetter = candidate .> best
            best.replace(with: candidate, where: isBetter)
            places.replace(with: SIMD8(repeating: Int64(group)), where: isBetter)
            let other = values[group] + lower[group]
            least.replace(with: other, where: other .< least)
          }
        }
      }
    }
    let lane = (0..<8).reduce(0) { best[$1] > best[$0] ? $1 : $0 }
    return (Int(places[lane]) * 8 + lane, best[lane], least.min())
  }

  /// The variable whose move against its sign promises the largest decrease together with `i`.
  private func partner(
    of i: Int, _ row: UnsafePointer<Float>, _ part: Range<Int>
  ) -> (place: Int, gain: Double)? {
    let top = SIMD8<Double>(repeating: values[i / 8][i % 8])
    let own = SIMD8<Double>(repeating: diagonal[i % padded / 8][i % 8])
    let floor = SIMD8<Double>(repeating: Self.leastCurvature)
    let groups = padded / 8
    var best = SIMD8<Double>(repeating: 0)
    var places = SIMD8<Int64>(repeating: -1)
    values.withUnsafeBufferPointer { values in
      lower.withUnsafeBufferPointer { lower in
        diagonal.withUnsafeBufferPointer { diagonal in
          for group in part {
            let within = group % groups
            let similar = SIMD8<Double>(UnsafeRawPointer(row + within * 8).loadUnaligned(as: SIMD8<Float>.self))
            var curvature = own + diagonal[within] - 2 * similar
            curvature.replace(with: floor, where: curvature .< floor)
            // −∞ where a variable cannot move against its sign.
            var gap = top - (values[group] + lower[group])
            gap.replace(with: SIMD8<Double>(), where: gap .< SIMD8<Double>())
            let gain = gap * gap / curvature
            let isBetter = gain .> best
            best.replace(with: gain, where: isBetter)
            places.replace(with: SIMD8(repeating: Int64(group)), where: isBetter)
          }
        }
      }
    }
    let lane = (0..<8).reduce(0) { best[$1] > best[$0] ? $1 : $0 }
    return places[lane] < 0 ? nil : (Int(places[lane]) * 8 + lane, best[lane])
  }

  /// Moves `i` with its sign and `j` against its own, as far as is best and the limits allow.
  private mutating func step(_ i: Int, _ j: Int, _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>) {
    let curvature = max(
      diagonal[i % padded / 8][i % 8] + diagonal[j % padded / 8][j % 8] - 2 * Double(first[j % padded]),
      Self.leastCurvature)
    let wanted = (values[i / 8][i % 8] - values[j / 8][j % 8]) / curvature
    let roomOfI = signs[i] > 0 ? limits[i] - multipliers[i] : multipliers[i]
    let roomOfJ = signs[j] > 0 ? multipliers[j] : limits[j] - multipliers[j]
    let length = min(wanted, roomOfI, roomOfJ)
    multipliers[i] += signs[i] * length
    multipliers[j] -= signs[j] * length
    // A limit that was reached is reached exactly.
    if length == roomOfI { multipliers[i] = signs[i] > 0 ? limits[i] : 0 }
    if length == roomOfJ { multipliers[j] = signs[j] > 0 ? 0 : limits[j] }
    setBounds(i)
    setBounds(j)
    move(by: length, along: first, minus: second)
  }

  private mutating func move(by length: Double, along first: UnsafePointer<Float>, minus second: UnsafePointer<Float>?)
  {
    let step = SIMD8<Double>(repeating: length)
    let groups = padded / 8
    values.withUnsafeMutableBufferPointer { values in
      for group in 0..<values.count {
        let within = group % groups * 8
        var change = SIMD8<Double>(UnsafeRawPointer(first + within).loadUnaligned(as: SIMD8<Float>.self))
        if let second {
          change -= SIMD8<Double>(UnsafeRawPointer(second + within).loadUnaligned(as: SIMD8<Float>.self))
        }
        values[group] -= step * change
      }
    }
  }

  /// The mean value of the variables between their limits; without any, the middle of what the others allow.
  private func level(_ part: Range<Int>) -> Double {
    var (sum, count, most, least) = (0.0, 0, Double.infinity, -Double.infinity)
    for variable in part.lowerBound * 8..<part.upperBound * 8 where variable % padded < samples {
      let value = values[variable / 8][variable % 8]
      if multipliers[variable] > 0 && multipliers[variable] < limits[variable] {
        sum += value
        count += 1
      } else if lower[variable / 8][variable % 8] == 0 {
        most = min(most, value)
      } else if upper[variable / 8][variable % 8] == 0 {
        least = max(least, value)
      }
    }
    if count > 0 { return sum / Double(count) }
    if most.isInfinite { return least.isInfinite ? 0 : least }
    return least.isInfinite ? most : (most + least) / 2
  }
}
