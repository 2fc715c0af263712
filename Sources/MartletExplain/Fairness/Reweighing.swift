import MartletModels

/// Weights under which the class does not depend on the group: what a model learns from is fair, before it learns.
///
///     let weights = try Reweighing.weights(labels: y, groups: sexes)
///     let model = try LogisticRegression<Bool>().fit(x, y, weights: weights)
///
/// A sample of group `g` and class `y` counts `P(g)·P(y) / P(g, y)`: more than 1 where the class is rarer in the group
/// than elsewhere.
///
/// Reference: Kamiran and Calders (2012), Data preprocessing techniques for classification without discrimination.
public enum Reweighing {
  /// - Parameters:
  ///   - labels: the class of each sample.
  ///   - groups: the group of each sample.
  /// - Returns: a weight for each sample; their sum is the number of samples where every group has every class.
  /// - Throws: ``FitError`` of kind `shape` when the lists differ in length or are empty.
  public static func weights(labels: [some Hashable], groups: [some Hashable]) throws(FitError) -> [Double] {
    try GroupChecks.paired(["labels": labels.count, "groups": groups.count])
    let ofLabel = Dictionary(labels.map { (AnyHashable($0), 1.0) }, uniquingKeysWith: +)
    let ofGroup = Dictionary(groups.map { (AnyHashable($0), 1.0) }, uniquingKeysWith: +)
    let pairs = zip(labels, groups).map { [AnyHashable($0), AnyHashable($1)] }
    let ofPair = Dictionary(pairs.map { ($0, 1.0) }, uniquingKeysWith: +)
    return pairs.map { pair in
      // Every label, group and pair has been counted.
      (ofLabel[pair[0]] ?? 0) * (ofGroup[pair[1]] ?? 0) / (Double(labels.count) * (ofPair[pair] ?? 1))
    }
  }
}
