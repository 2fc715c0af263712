import MartletDisplay
import MartletFrames

/// Precision, recall and F1 of each class and their means, as a table.
///
///     ClassificationReport(predicted: try model.predict(xTest), actual: yTest)
public struct ClassificationReport<Label: Hashable & Sendable>: Sendable {
  /// The classes, in ascending order where they have one, else in order of appearance.
  public let classes: [Label]
  /// The fraction of what was taken for each class that is of it.
  public let precisions: [Double]
  /// The fraction of each class that is found.
  public let recalls: [Double]
  /// The harmonic means of both.
  public let f1Scores: [Double]
  /// The weight of each class: its samples.
  public let supports: [Double]
  /// The fraction of right predictions.
  public let accuracy: Double

  /// Stops the cell when there are not as many predictions as actual labels, or none.
  public init(predicted: [Label], actual: [Label], weights: [Double]? = nil) {
    let counts = ClassCounts(predicted: predicted, actual: actual, weights: weights, "ClassificationReport")
    func ratio(_ part: Double, _ whole: Double) -> Double { whole == 0 ? 0 : part / whole }
    classes = counts.classes
    precisions = classes.indices.map { ratio(counts.right[$0], counts.predicted[$0]) }
    recalls = classes.indices.map { ratio(counts.right[$0], counts.actual[$0]) }
    f1Scores = classes.indices.map { ratio(2 * counts.right[$0], counts.predicted[$0] + counts.actual[$0]) }
    supports = counts.actual
    accuracy = counts.right.reduce(0, +) / counts.total
  }

  /// A row for each class, then `accuracy`, `macro average` and `weighted average`.
  public var frame: DataFrame {
    func column(_ name: String, _ values: [Double]) -> AnyColumn {
      let means = [WeightedMeans.mean(values, nil), WeightedMeans.mean(values, supports)]
      return AnyColumn(Column(name, values + [accuracy] + means))
    }
    let total = supports.reduce(0, +)
    let names = classes.map { "\($0)" } + ["accuracy", "macro average", "weighted average"]
    return TableNames.frame([
      AnyColumn(Column("class", names)), column("precision", precisions), column("recall", recalls),
      column("f1", f1Scores), AnyColumn(Column("support", supports + [total, total, total])),
    ])
  }
}

extension ClassificationReport: CustomStringConvertible, RichDisplayable {
  private var table: ModelTable {
    let columns = ["precision", "recall", "f1", "support"]
    // Samples are counted; only weights have fractions.
    let digits = supports.allSatisfy { $0 == $0.rounded() } ? 0 : 3
    let texts = frame.rows.map { row in
      [row.text("class") ?? ""]
        + columns.map { FixedDigits.text(row.number($0) ?? 0, $0 == "support" ? digits : 3) }
    }
    return ModelTable(title: "Classification report", facts: [], header: ["class"] + columns, rows: texts)
  }

  /// The table with three digits.
  public var description: String { table.text }
  /// The table as text and HTML; labels are escaped.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}

/// Numbers with so many digits after the point.
enum FixedDigits {
  static func text(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, Swift.abs(value) < 1e12 else { return "\(value)" }
    let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    let whole = Int((Swift.abs(value) * scale).rounded())
    let sign = value < 0 && whole != 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let fraction = String(whole % Int(scale))
    return "\(sign)\(whole / Int(scale)).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }
}
