import CMartletRuntime
import Glibc
import MartletNumerics

/// Looks for the rates and the first state with the smallest squared error.
///
/// Rates are searched for by Nelder and Mead's method from several starts; then rates and the whole first state together
/// by L-BFGS, whose gradients come from running the recursion once for each parameter with it.
struct SmoothingFit {
  let method: ExponentialSmoothing
  let series: [Double]

  private var hasTrend: Bool { method.trend != .none }
  private var isDamped: Bool { method.trend == .damped }
  private var hasSeason: Bool { method.season != .none }
  private static let dampings = 0.8...0.995

  func model() -> ExponentialSmoothing.Model {
    let first = firstState()
    var best = (value: Double.infinity, rates: [Double]())
    // Rates in logits, so that each stays between 0 and 1.
    for (level, trend) in [(0.5, 0.05), (0.1, 0.01), (0.9, 0.1)] {
      var start = [logit(level)]
      if hasTrend { start.append(logit(trend)) }
      if hasSeason { start.append(logit(0.1)) }
      if isDamped { start.append(logit(0.9)) }
      let found = NelderMead(pointTolerance: 1e-3, valueTolerance: 1e-9, maximumIterations: 200)
        .minimize(from: start) { error($0, first) }
      if found.value < best.value { best = (found.value, found.point) }
    }
    let rates = best.rates
    let scale = scales()
    let packed = rates + zip(pack(first), scale).map { $0 / $1 }
    let width = rates.count
    func unpacked(_ point: [Double]) -> SmoothingState {
      unpack(zip(point[width...], scale).map { $0 * $1 })
    }
    let level = max(best.value, .leastNormalMagnitude)
    let found = LBFGS(memory: 20, gradientTolerance: 1e-7, maximumIterations: 300).minimize(from: packed) { point in
      func value(_ point: [Double]) -> Double { error(Array(point[..<width]), unpacked(point)) / level }
      let gradient = point.indices.map { place in
        var (up, down) = (point, point)
        let step = 1e-5 * max(1, abs(point[place]))
        up[place] += step
        down[place] -= step
        return (value(up) - value(down)) / (2 * step)
      }
      return (value(point), gradient)
    }
    let point = found.value < 1 ? found.point : packed
    let (form, smoothing) = settings(Array(point[..<width]))
    return ExponentialSmoothing.Model(series, form: form, rates: smoothing, first: unpacked(point))
  }

  /// The sum of squared one-step errors.
  private func error(_ rates: [Double], _ first: SmoothingState) -> Double {
    let (form, rates) = settings(rates)
    // Written out, since it is run thousands of times: the season goes round instead of being moved along.
    var (level, trend, season, sum) = (first.level, first.trend, first.season, 0.0)
    let period = season.count
    var place = 0
    for value in series {
      let base = level + form.damping * trend
      let old = level
      let miss: Double
      switch form.season {
      case .none:
        miss = value - base
        level = base + rates.level * miss
      case .additive:
        miss = value - base - season[place]
        level = base + rates.level * miss
        season[place] += rates.season * miss
      case .multiplicative:
        let part = season[place]
        miss = value - base * part
        level = base + rates.level * miss / part
        season[place] += rates.season * miss / base
      }
      if hasTrend { trend = rates.trend * (level - old) + (1 - rates.trend) * form.damping * trend }
      if period > 0 { place = place + 1 == period ? 0 : place + 1 }
      sum += miss * miss
    }
    return sum.isFinite ? sum : .greatestFiniteMagnitude.squareRoot()
  }

  private func settings(_ logits: [Double]) -> (SmoothingForm, SmoothingRates) {
    var left = logits.map { 1 / (1 + exp(-$0)) }[...]
    let level = left.removeFirst()
    let trend = hasTrend ? left.removeFirst() : 0
    let season = hasSeason ? left.removeFirst() : 0
    let share = isDamped ? left.removeFirst() : 1
    let damping = isDamped ? Self.dampings.lowerBound + share * 0.195 : 1
    return (
      SmoothingForm(season: method.season, hasTrend: hasTrend, damping: damping),
      SmoothingRates(level: level, trend: trend, season: season)
    )
  }

  private func logit(_ share: Double) -> Double { log(share / (1 - share)) }

  /// A state to start from: the first seasons' means, and each place's distance from them.
  private func firstState() -> SmoothingState {
    guard hasSeason else {
      let count = min(10, series.count)
      let slope = hasTrend ? (series[count - 1] - series[0]) / Double(count - 1) : 0
      return SmoothingState(level: series[0] - slope, trend: slope, season: [])
    }
    let period = method.period
    let years = min(5, series.count / period)
    let means = (0..<years).map { mean(Array(series[$0 * period..<($0 + 1) * period])) }
    let slope = (means[years - 1] - means[0]) / Double((years - 1) * period)
    let season = (0..<period).map { place in
      let parts = (0..<years).map { year in
        let line = means[year] + slope * (Double(place) - Double(period - 1) / 2)
        let value = series[year * period + place]
        return method.season == .additive ? value - line : value / line
      }
      return mean(parts)
    }
    let level = means[0] - slope * Double(period + 1) / 2
    return SmoothingState(level: level, trend: hasTrend ? slope : 0, season: season)
  }

  private func pack(_ state: SmoothingState) -> [Double] {
    [state.level] + (hasTrend ? [state.trend] : []) + state.season
  }

  private func unpack(_ values: [Double]) -> SmoothingState {
    SmoothingState(
      level: values[0], trend: hasTrend ? values[1] : 0, season: Array(values.dropFirst(hasTrend ? 2 : 1)))
  }

  /// The unit of each part of a state, so that all are searched for in steps of like size.
  private func scales() -> [Double] {
    let spread = max(standardDeviation(series), 1e-9)
    let season = method.season == .multiplicative ? 0.1 : spread
    return [spread] + (hasTrend ? [spread / 10] : [])
      + [Double](
        repeating: season, count: hasSeason ? method.period : 0)
  }
}
