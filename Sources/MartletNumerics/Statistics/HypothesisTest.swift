/// The result of a statistical test: how surprising the data would be if there were no effect.
///
///     let test = try HypothesisTest.welch([5.1, 4.9, 4.7], [7.0, 6.4, 6.9])
///     test.pValue      // 0.0013…
///
/// A test throws ``StatisticsError`` when there are too few values, or counts do not fit.
public struct HypothesisTest: Sendable, Hashable, CustomStringConvertible {
  /// What was tested.
  public let name: String
  /// The number whose distribution is known when there is no effect.
  public let statistic: Double
  /// How likely a statistic at least as far out is when there is no effect, from 0 to 1.
  public let pValue: Double
  /// The parameters of the statistic's distribution, where it has some.
  public let degreesOfFreedom: [Double]

  init(_ name: String, _ statistic: Double, pValue: Double, _ degreesOfFreedom: [Double] = []) {
    self.name = name
    self.statistic = statistic
    self.pValue = pValue
    self.degreesOfFreedom = degreesOfFreedom
  }

  public var description: String {
    let freedom = degreesOfFreedom.isEmpty ? "" : ", degrees of freedom \(degreesOfFreedom)"
    return "\(name): statistic \(statistic)\(freedom), p = \(pValue)"
  }
}

/// Which differences count as an effect.
public enum Alternative: Hashable, Sendable {
  /// In either direction.
  case twoSided
  /// The first (or what is tested) is smaller.
  case less
  /// The first is larger.
  case greater
}

/// Why a statistic could not be worked out.
public struct StatisticsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected and what was found.
  public let description: String
  init(_ description: String) { self.description = description }

  static func require(_ holds: Bool, _ description: @autoclosure () -> String) throws(StatisticsError) {
    if !holds { throw StatisticsError(description()) }
  }
}

extension Alternative {
  /// The p-value of a statistic whose distribution is symmetric about zero.
  func pValue(_ statistic: Double, _ distribution: some ContinuousDistribution) -> Double {
    switch self {
    case .twoSided: min(1, 2 * distribution.survival(abs(statistic)))
    case .less: distribution.cdf(statistic)
    case .greater: distribution.survival(statistic)
    }
  }
}
