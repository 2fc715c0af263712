import MartletFrames
import MartletModels
import MartletNumerics

/// The last rows that were asked about, and what was answered.
struct RecentRequests {
  let features: [ServedFeature]
  let limit: Int
  /// A ring: once full, the next row takes the place of the oldest.
  private var rows: [(values: [JSONTree], prediction: JSONTree)] = []
  private var next = 0

  init(features: [ServedFeature], limit: Int) {
    self.features = features
    self.limit = limit
  }

  mutating func add(_ asked: ServedRows, _ answers: ServedAnswers) {
    guard limit > 0 else { return }
    for row in zip(asked.values, answers.predictions).suffix(limit) {
      if rows.count < limit { rows.append(row) } else { rows[next] = row }
      next = (next + 1) % limit
    }
  }

  /// A column for each feature, then `prediction`; the oldest row first.
  var frame: DataFrame {
    let ordered = rows.count < limit ? rows[...] : rows[next...] + rows[..<next]
    var columns = features.indices.map { place in features[place].column(ordered.map { $0.values[place] }) }
    let predictions = ordered.map(\.prediction)
    let name = TableNames.distinct("prediction", columns)
    let areWhole = predictions.allSatisfy { if case .whole = $0 { true } else { false } }
    if areWhole, !predictions.isEmpty {
      columns.append(AnyColumn(Column(name, predictions.map(\.whole))))
    } else if predictions.allSatisfy({ $0.number != nil }) {
      columns.append(AnyColumn(Column(name, predictions.map(\.number))))
    } else if predictions.allSatisfy({ $0.bool != nil }) {
      columns.append(AnyColumn(Column(name, predictions.map(\.bool))))
    } else {
      columns.append(AnyColumn(Column(name, predictions.map { $0.text ?? $0.json })))
    }
    return TableNames.frame(columns)
  }
}
