import MartletFrames
import MartletNumerics

/// How evenly labels are spread over their classes.
///
///     let balance = LabelBalance(["spam", "ham", "ham", "ham"])
///     balance.shares             // [0.75, 0.25], the commonest class first
///     balance.imbalance          // 3.0: so many of the commonest for one of the rarest
///     balance.evenness           // 0.8112781244591328; 1 where all classes are equally common
///
/// Accuracy flatters where labels are uneven: always answering the commonest class is right as often as its share.
public struct LabelBalance<Label: Hashable & Sendable>: Measurement, Equatable {
  /// The classes, the commonest first; of equally common ones the one that appears first.
  public let classes: [Label]
  /// How many samples each has.
  public let counts: [Int]

  /// - Parameter labels: one for each sample, at least one. Stops the cell where there is none.
  /// - Complexity: O(n).
  public init(_ labels: [Label]) {
    guard !labels.isEmpty else { fatalError("LabelBalance needs at least one label; found none.") }
    var counts: [Label: Int] = [:]
    for label in labels { counts[label, default: 0] += 1 }
    var seen: Set<Label> = []
    let order = labels.filter { seen.insert($0).inserted }.enumerated()
      .sorted { (-counts[$0.element, default: 0], $0.offset) < (-counts[$1.element, default: 0], $1.offset) }
    classes = order.map(\.element)
    self.counts = classes.map { counts[$0, default: 0] }
  }

  /// Each class's part of the samples.
  public var shares: [Double] {
    let total = Double(counts.reduce(0, +))
    return counts.map { Double($0) / total }
  }

  /// How many samples of the commonest class there are for one of the rarest: at least 1.
  public var imbalance: Double { Double(counts[0]) / Double(counts[counts.count - 1]) }

  /// The entropy of the classes over that of as many equally common ones: from 0 to 1, and 1 for a single class.
  ///
  /// Reference: Pielou (1966), The measurement of diversity in different types of biological collections.
  public var evenness: Double {
    counts.count == 1 ? 1 : entropy(counts.map(Double.init)) / log(Double(counts.count))
  }

  public static var title: String { "Label balance" }

  public var facts: [String] {
    let numbers = FrameNumberFormat.texts([imbalance]) + FrameNumberFormat.texts([evenness])
    return [
      "\(counts.reduce(0, +)) labels of \(classes.count) classes",
      "\(numbers[0]) of the commonest for one of the rarest, evenness \(numbers[1])",
    ]
  }

  /// A row for each class, the commonest first: `label`, `count`, `share`.
  public var frame: DataFrame {
    TableNames.frame([
      AnyColumn(Column("label", classes.map { "\($0)" })), AnyColumn(Column("count", counts)),
      AnyColumn(Column("share", shares)),
    ])
  }
}
