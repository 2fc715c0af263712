import Foundation
import MartletFrames
import MartletNumerics

/// A family of methods whose settings can be drawn.
struct AutoFamily<Estimator: SupervisedEstimator>: Sendable {
  let name: String
  /// The method as it comes, or with settings from random numbers; and these settings, as `name: value`.
  let make: @Sendable (_ random: PCG64?, _ seed: UInt64) -> (settings: [String], estimator: Estimator)
}

/// The families for tables, the baseline first.
enum AutoFamilies {
  /// From more rows support vectors take too long.
  private static let mostForSupportVectors = 10_000

  static func classification<Label: Hashable & Sendable>(rows: Int) -> [AutoFamily<AnyClassifier<DataFrame, Label>>] {
    typealias Family = AutoFamily<AnyClassifier<DataFrame, Label>>
    let table = TablePreparation()
    var families = [
      Family(name: "baseline") { _, _ in ([], AnyClassifier(table.then(DummyClassifier<Label>()))) },
      Family(name: "logistic regression") { random, _ in
        var settings = DrawnSettings(random)
        let weight = settings.size("inverseRegularization", 1e-3...1e3, usual: 1)
        return (settings.texts, AnyClassifier(table.then(LogisticRegression<Label>(inverseRegularization: weight))))
      },
      Family(name: "nearest neighbours") { random, _ in
        var settings = DrawnSettings(random)
        let count = settings.whole("neighbors", 1...40, usual: 5)
        let isNear = settings.flag("weighs by distance")
        return (
          settings.texts,
          AnyClassifier(
            table.then(KNeighborsClassifier<Label>(neighbors: count, weights: isNear ? .distance : .uniform)))
        )
      },
      Family(name: "random forest") { random, seed in
        var settings = DrawnSettings(random)
        let (leaf, share) = (settings.whole("minimumLeafSamples", 1...10, usual: 1), settings.share("features"))
        return (
          settings.texts,
          AnyClassifier(
            table.then(
              RandomForestClassifier<Label>(
                minimumLeafSamples: leaf, maximumFeatures: share.map { .fraction($0) } ?? .squareRoot, seed: seed)))
        )
      },
      Family(name: "boosted trees") { random, seed in
        let (settings, boosting) = BoostingSettings.drawn(random)
        return (
          settings,
          AnyClassifier(
            table.then(
              HistogramGradientBoostingClassifier<Label>(
                rounds: boosting.rounds, learningRate: boosting.rate, maximumLeaves: boosting.leaves,
                minimumLeafSamples: boosting.leafSamples, seed: seed)))
        )
      },
    ]
    if rows <= mostForSupportVectors {
      families.insert(
        Family(name: "support vectors") { random, _ in
          var settings = DrawnSettings(random)
          let weight = settings.size("inverseRegularization", 1e-2...1e3, usual: 1)
          let gamma = settings.size("gamma", 1e-4...1, usual: nil)
          return (
            settings.texts,
            AnyClassifier(
              table.then(
                SVC<Label>(
                  inverseRegularization: weight, kernel: .rbf(gamma: gamma.isNaN ? .scale : .value(gamma)),
                  learnsProbabilities: true)))
          )
        }, at: 3)
    }
    return families
  }

  static func regression(rows: Int) -> [AutoFamily<AnyRegressor<DataFrame>>] {
    typealias Family = AutoFamily<AnyRegressor<DataFrame>>
    let table = TablePreparation()
    var families = [
      Family(name: "baseline") { _, _ in ([], AnyRegressor(table.then(DummyRegressor()))) },
      Family(name: "ridge regression") { random, _ in
        var settings = DrawnSettings(random)
        let weight = settings.size("regularization", 1e-3...1e3, usual: 1)
        return (settings.texts, AnyRegressor(table.then(Ridge(regularization: weight))))
      },
      Family(name: "nearest neighbours") { random, _ in
        var settings = DrawnSettings(random)
        let count = settings.whole("neighbors", 1...40, usual: 5)
        let isNear = settings.flag("weighs by distance")
        return (
          settings.texts,
          AnyRegressor(table.then(KNeighborsRegressor(neighbors: count, weights: isNear ? .distance : .uniform)))
        )
      },
      Family(name: "random forest") { random, seed in
        var settings = DrawnSettings(random)
        let (leaf, share) = (settings.whole("minimumLeafSamples", 1...10, usual: 1), settings.share("features"))
        return (
          settings.texts,
          AnyRegressor(
            table.then(
              RandomForestRegressor(
                minimumLeafSamples: leaf, maximumFeatures: share.map { .fraction($0) } ?? .all, seed: seed)))
        )
      },
      Family(name: "boosted trees") { random, seed in
        let (settings, boosting) = BoostingSettings.drawn(random)
        return (
          settings,
          AnyRegressor(
            table.then(
              HistogramGradientBoostingRegressor(
                rounds: boosting.rounds, learningRate: boosting.rate, maximumLeaves: boosting.leaves,
                minimumLeafSamples: boosting.leafSamples, seed: seed)))
        )
      },
    ]
    if rows <= mostForSupportVectors {
      families.insert(
        Family(name: "support vectors") { random, _ in
          var settings = DrawnSettings(random)
          let weight = settings.size("inverseRegularization", 1e-2...1e4, usual: 1)
          let gamma = settings.size("gamma", 1e-4...1, usual: nil)
          let kernel = Kernel.rbf(gamma: gamma.isNaN ? .scale : .value(gamma))
          return (settings.texts, AnyRegressor(table.then(SVR(inverseRegularization: weight, kernel: kernel))))
        }, at: 3)
    }
    return families
  }
}

/// What boosted trees are tried with.
private struct BoostingSettings {
  let rounds, leaves, leafSamples: Int
  let rate: Double

  static func drawn(_ random: PCG64?) -> (texts: [String], BoostingSettings) {
    var settings = DrawnSettings(random)
    let boosting = BoostingSettings(
      rounds: settings.whole("rounds", 50...400, usual: 100),
      leaves: settings.whole("maximumLeaves", 4...63, usual: 31),
      leafSamples: settings.whole("minimumLeafSamples", 5...40, usual: 20),
      rate: settings.size("learningRate", 0.01...0.3, usual: 0.1))
    return (settings.texts, boosting)
  }
}

/// Settings that are drawn or, without random numbers, as usual.
private struct DrawnSettings {
  private var random: PCG64?
  private(set) var texts: [String] = []

  init(_ random: PCG64?) { self.random = random }

  private mutating func note(_ name: String, _ value: String) { texts.append("\(name): \(value)") }

  /// A number of which sizes count; not a number for the method's own choice.
  mutating func size(_ name: String, _ range: ClosedRange<Double>, usual: Double?) -> Double {
    guard random != nil else { return usual ?? .nan }
    let value = exp(random?.uniform(from: log(range.lowerBound), to: log(range.upperBound)) ?? 0)
    // Two digits say as much, and can be typed again.
    let step = pow(10, log10(value).rounded(.down) - 1)
    let rounded = (value / step).rounded() * step
    note(name, String(format: "%g", rounded))
    return rounded
  }

  mutating func whole(_ name: String, _ range: ClosedRange<Int>, usual: Int) -> Int {
    guard let value = random?.integer(in: range) else { return usual }
    note(name, "\(value)")
    return value
  }

  mutating func flag(_ name: String) -> Bool {
    guard let value = random?.integer(below: 2) else { return false }
    if value == 1 { texts.append(name) }
    return value == 1
  }

  /// A share from a fifth to all, in tenths; `nil` for the method's own choice.
  mutating func share(_ name: String) -> Double? {
    guard let tenths = random?.integer(in: 2...10) else { return nil }
    note(name, "\(10 * tenths) %")
    return Double(tenths) / 10
  }
}
