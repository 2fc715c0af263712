import MartletDisplay
import MartletFrames
import MartletNumerics

/// How often each class was taken for each: a row for each true class, a column for each predicted one.
///
///     let confusion = ConfusionMatrix(predicted: ["a", "b", "b"], actual: ["a", "b", "a"])
///     confusion.counts                             // [[1, 1], [0, 1]]
///     confusion.count(actual: "a", predicted: "b") // 1
public struct ConfusionMatrix<Label: Hashable & Sendable>: Sendable {
  /// The classes, in ascending order where they have one, else in order of appearance.
  public let classes: [Label]
  /// Shape `[classes, classes]`: true class by predicted class.
  public let counts: Tensor<Int>

  /// Stops the cell when there are not as many predictions as actual labels, or none.
  public init(predicted: [Label], actual: [Label]) {
    MetricChecks.pairs(predicted.count, actual.count, "ConfusionMatrix")
    let coding = LabelCoding(actual + predicted)
    let size = coding.classes.count
    var counts = [Int](repeating: 0, count: size * size)
    for i in actual.indices { counts[coding.codes[i] * size + coding.codes[actual.count + i]] += 1 }
    classes = coding.classes
    self.counts = Tensor(counts, shape: [size, size])
  }

  /// How often `actual` was taken for `predicted`; 0 for classes that did not occur.
  public func count(actual: Label, predicted: Label) -> Int {
    guard let row = classes.firstIndex(of: actual), let column = classes.firstIndex(of: predicted) else { return 0 }
    return counts[row, column]
  }

  /// The fraction on the diagonal.
  public var accuracy: Double { Double(classes.indices.reduce(0) { $0 + counts[$1, $1] }) / Double(counts.sum()) }
}

extension ConfusionMatrix: Encodable where Label: Encodable {}
extension ConfusionMatrix: Decodable where Label: Decodable {}

extension ConfusionMatrix: CustomStringConvertible, RichDisplayable {
  /// A table of counts.
  public var description: String { table.text }

  private var table: ModelTable {
    ModelTable(
      title: "Confusion matrix", facts: ["rows: actual, columns: predicted"],
      header: ["actual"] + classes.map { "\($0)" },
      rows: classes.indices.map { row in ["\(classes[row])"] + classes.indices.map { "\(counts[row, $0])" } })
  }

  /// The table as text, and as HTML with a tint that grows with the share of the true class. Labels are escaped.
  public func displayBundle() -> DisplayBundle {
    let corner = "<th style=\"text-align: left; padding: 0.3em 0.6em; opacity: 0.6\">actual ↓ predicted →</th>"
    var html = "<table style=\"border-collapse: collapse; font-variant-numeric: tabular-nums\"><thead><tr>" + corner
    html +=
      classes.map { "<th style=\"padding: 0.3em 0.6em\">\("\($0)".htmlEscaped)</th>" }.joined()
      + "</tr></thead><tbody>"
    for (row, label) in classes.enumerated() {
      let total = max(counts.row(row).sum(), 1)
      html += "<tr><th style=\"text-align: left; padding: 0.3em 0.6em\">\("\(label)".htmlEscaped)</th>"
      for column in classes.indices {
        let share = Double(counts[row, column]) / Double(total)
        let colour = row == column ? "34, 139, 230" : "230, 85, 13"
        html += "<td style=\"text-align: right; padding: 0.3em 0.6em; background: rgba(\(colour), \(share * 0.6))\">"
        html += "\(counts[row, column])</td>"
      }
      html += "</tr>"
    }
    return [.plainText: .text(table.text), .html: .text(html + "</tbody></table>")]
  }
}

/// How often each class was taken for each; see ``ConfusionMatrix``.
public func confusionMatrix<Label: Hashable & Sendable>(predicted: [Label], actual: [Label]) -> ConfusionMatrix<Label> {
  ConfusionMatrix(predicted: predicted, actual: actual)
}
