import MartletNumerics

/// A series taken apart into level, trend and season, and how each new value moves them.
struct SmoothingState: Sendable, Hashable, Codable {
  var level: Double
  var trend: Double
  /// The season's parts, the next one first.
  var season: [Double]

  /// What the next value is expected to be.
  func next(_ form: SmoothingForm) -> Double {
    let base = level + form.damping * trend
    switch form.season {
    case .none: return base
    case .additive: return base + season[0]
    case .multiplicative: return base * season[0]
    }
  }

  /// Learns that the next value was by `error` larger than expected.
  mutating func move(_ error: Double, _ form: SmoothingForm, _ rates: SmoothingRates) {
    let base = level + form.damping * trend
    var part = season.first ?? 0
    let share: Double
    switch form.season {
    case .none, .additive:
      share = error
      part += rates.season * error
    case .multiplicative:
      share = error / part
      part += rates.season * error / base
    }
    let old = level
    level = base + rates.level * share
    trend = form.hasTrend ? rates.trend * (level - old) + (1 - rates.trend) * form.damping * trend : 0
    if !season.isEmpty { season = Array(season.dropFirst()) + [part] }
  }
}

/// Which parts a series has.
struct SmoothingForm: Sendable, Hashable, Codable {
  var season: ExponentialSmoothing.Season
  var hasTrend: Bool
  /// How much of the trend is left after each step; 1 for all of it.
  var damping: Double
}

/// How far level, trend and season follow each new value, each from 0 to 1.
struct SmoothingRates: Sendable, Hashable, Codable {
  var level: Double
  var trend: Double
  var season: Double
}
