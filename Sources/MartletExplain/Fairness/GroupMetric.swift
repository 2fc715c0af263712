import MartletModels

/// A measure of predictions that can be taken for each group of people.
public struct GroupMetric<Label: Hashable & Sendable>: Sendable {
  /// What tables call it.
  public let name: String
  let measure: @Sendable (_ predicted: [Label], _ actual: [Label]) -> Double

  /// A measure of your own.
  ///
  ///     GroupMetric("errors") { predicted, actual in Double(zip(predicted, actual).count { $0 != $1 }) }
  public init(_ name: String, _ measure: @escaping @Sendable (_ predicted: [Label], _ actual: [Label]) -> Double) {
    self.name = name
    self.measure = measure
  }

  /// How many samples there are.
  public static var count: GroupMetric { GroupMetric("count") { predicted, _ in Double(predicted.count) } }

  /// The fraction of right predictions.
  public static var accuracy: GroupMetric {
    GroupMetric("accuracy") { MartletModels.accuracy(predicted: $0, actual: $1) }
  }

  /// The fraction that is predicted to be of a class.
  public static func selectionRate(_ positive: Label) -> GroupMetric {
    GroupMetric("selection rate") { predicted, _ in
      ratio(predicted.count { $0 == positive }, predicted.count)
    }
  }

  /// The fraction of a class that is found; not a number where there is none of it.
  public static func truePositiveRate(_ positive: Label) -> GroupMetric {
    GroupMetric("true positive rate") { predicted, actual in
      let own = actual.indices.filter { actual[$0] == positive }
      return ratio(own.count { predicted[$0] == positive }, own.count)
    }
  }

  /// The fraction of all others that is taken for the class; not a number where there are no others.
  public static func falsePositiveRate(_ positive: Label) -> GroupMetric {
    GroupMetric("false positive rate") { predicted, actual in
      let others = actual.indices.filter { actual[$0] != positive }
      return ratio(others.count { predicted[$0] == positive }, others.count)
    }
  }

  /// The fraction of what is taken for the class that is of it; not a number where nothing is.
  public static func precision(_ positive: Label) -> GroupMetric {
    GroupMetric("precision") { predicted, actual in
      let chosen = actual.indices.filter { predicted[$0] == positive }
      return ratio(chosen.count { actual[$0] == positive }, chosen.count)
    }
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double { whole > 0 ? Double(part) / Double(whole) : .nan }
}
