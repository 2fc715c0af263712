import MartletFrames
import MartletNumerics

/// One parameter of a search: how it is set, and the values it may have.
struct ParameterAxis<Estimator: Sendable>: Sendable {
  /// What tables call it.
  let name: String
  /// How many values there are; `nil` when they are drawn.
  let count: Int?
  /// A setting: by the place of a value, or drawn.
  let setting: @Sendable (Int, inout PCG64) -> ParameterSetting<Estimator>
}

/// One value of one parameter.
struct ParameterSetting<Estimator>: Sendable {
  let value: any Sendable
  let apply: @Sendable (inout Estimator) -> Void

  init<Value: Sendable>(_ path: WritableKeyPath<Estimator, Value> & Sendable, _ value: Value) {
    self.value = value
    apply = { $0[keyPath: path] = value }
  }
}

/// Where a search draws values of a parameter from.
public struct SearchDistribution<Value: Sendable>: Sendable {
  let draw: @Sendable (inout PCG64) -> Value

  /// A distribution of your own.
  public init(_ draw: @escaping @Sendable (inout PCG64) -> Value) { self.draw = draw }

  /// One of these, each equally likely.
  public static func choice(_ values: [Value]) -> SearchDistribution {
    guard !values.isEmpty else { fatalError("SearchDistribution.choice needs at least one value.") }
    return SearchDistribution { values[$0.integer(below: values.count)] }
  }
}

extension SearchDistribution where Value == Double {
  /// Any number of the range, all equally likely.
  public static func uniform(_ range: ClosedRange<Double>) -> SearchDistribution {
    SearchDistribution { $0.uniform(from: range.lowerBound, to: range.upperBound) }
  }

  /// Any number of the range, all sizes equally likely: 0.01 to 0.1 as often as 1 to 10. (SciPy: `loguniform`)
  ///
  /// - Parameter range: above 0; stops the cell else.
  public static func logUniform(_ range: ClosedRange<Double>) -> SearchDistribution {
    guard range.lowerBound > 0 else { fatalError("logUniform needs a range above 0; found \(range).") }
    let (low, high) = (log(range.lowerBound), log(range.upperBound))
    return SearchDistribution { exp($0.uniform(from: low, to: high)) }
  }
}

extension SearchDistribution where Value == Int {
  /// Any whole number of the range, all equally likely.
  public static func integers(_ range: ClosedRange<Int>) -> SearchDistribution {
    SearchDistribution { $0.integer(in: range) }
  }
}

/// The values of one trial, in the order of the axes.
struct SearchCandidate<Estimator: Sendable>: Sendable {
  let settings: [ParameterSetting<Estimator>]

  func applied(to estimator: Estimator) -> Estimator {
    var changed = estimator
    for setting in settings { setting.apply(&changed) }
    return changed
  }

  /// Every combination, the last axis changing fastest.
  static func grid(_ axes: [ParameterAxis<Estimator>]) throws(FitError) -> [SearchCandidate] {
    var (combinations, unused): ([[ParameterSetting<Estimator>]], PCG64) = ([[]], PCG64(seed: 0))
    for axis in axes {
      guard let count = axis.count, count > 0 else {
        throw FitError(
          .parameter, expected: "values of '\(axis.name)' to try", found: axis.count == nil ? "a distribution" : "none",
          advice: "Give values with over:, or take RandomizedSearch.")
      }
      try SampleChecks.parameter(
        combinations.count * count <= 1_000_000, "the grid", "of at most a million combinations", "more")
      let settings = (0..<count).map { axis.setting($0, &unused) }
      combinations = combinations.flatMap { combination in settings.map { combination + [$0] } }
    }
    return combinations.map(SearchCandidate.init)
  }

  /// Values drawn for every axis; of given values each is equally likely.
  static func drawn(_ axes: [ParameterAxis<Estimator>], _ count: Int, seed: UInt64?) -> [SearchCandidate] {
    var random = PCG64(seed: seed ?? Random.nextSeed())
    return (0..<count).map { _ in
      SearchCandidate(
        settings: axes.map { axis in
          let place = axis.count.map { random.integer(below: $0) } ?? 0
          return axis.setting(place, &random)
        })
    }
  }
}

extension AnyColumn {
  /// A column of values whose type is only known now: numbers and flags as such, others as text.
  static func of(_ name: String, _ values: [any Sendable]) -> AnyColumn {
    let values = values.map(present)
    if let numbers = values as? [Double] { return AnyColumn(Column(name, numbers)) }
    if let numbers = values as? [Int] { return AnyColumn(Column(name, numbers)) }
    if let flags = values as? [Bool] { return AnyColumn(Column(name, flags)) }
    let texts = values.map { "\($0)" }
    // What shows itself as a number, such as a kernel's scale, is one.
    let numbers = texts.compactMap(Double.init)
    if numbers.count == texts.count, !texts.isEmpty { return AnyColumn(Column(name, numbers)) }
    return AnyColumn(Column(name, texts))
  }

  /// What an optional value holds, or that it holds nothing.
  private static func present(_ value: Any) -> Any {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return value }
    guard let held = mirror.children.first else { return "none" }
    return held.value
  }
}
