import Foundation
import MartletDisplay
import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

/// How predictions change with one feature: what ``partialDependence(_:_:feature:resolution:range:output:)`` has found.
public struct PartialDependence: Sendable, Equatable {
  /// The feature.
  public let feature: String
  /// The values of the feature that were tried.
  public let grid: [Double]
  /// The prediction for each sample at each value, shape `[samples, values]`. (scikit-learn: `individual`)
  public let individual: Matrix
  /// Which of the model's outputs is shown.
  public let outputName: String

  /// The mean prediction at each value.
  public var average: [Double] { individual.mean(axis: 0).scalars }

  /// The same with every line counted from its first value.
  public var centred: PartialDependence {
    PartialDependence(
      feature: feature, grid: grid, individual: individual - individual.column(0).reshaped(-1, 1),
      outputName: outputName)
  }

  /// A row for each value: the feature and the mean `prediction`.
  public var frame: DataFrame {
    let values = AnyColumn(Column(feature, grid))
    return TableNames.frame([values, AnyColumn(Column(TableNames.distinct("prediction", [values]), average))])
  }

  /// The mean prediction over the values.
  /// - Parameters:
  ///   - showsSamples: whether each sample has a line, too.
  ///   - most: how many samples at most have one, evenly chosen.
  public func chart(showsSamples: Bool = false, most: Int = 100) -> Chart {
    let count = individual.shape[0]
    let step = max((count + max(most, 1) - 1) / max(most, 1), 1)
    let rows = showsSamples ? Array(stride(from: 0, to: count, by: step)) : []
    return Chart {
      LineMark(
        x: rows.flatMap { _ in grid }, y: rows.flatMap { individual.row($0).scalars },
        series: PlotColumn(categories: rows.flatMap { row in grid.map { _ in "sample \(row)" } })
      ).color(.gray).opacity(0.35).lineWidth(1)
      LineMark(x: grid, y: average).lineWidth(3)
    }.title("How predictions change with \(feature)").xLabel(feature).yLabel(outputName)
  }
}

extension PartialDependence: RichDisplayable, CustomStringConvertible {
  /// The range of the mean prediction.
  public var description: String {
    let texts = FrameNumberFormat.texts([average.min() ?? .nan, average.max() ?? .nan])
    return "Partial dependence of \(outputName) on \(feature): \(texts[0]) to \(texts[1]) at \(grid.count) values"
  }
  /// The chart.
  public func displayBundle() -> DisplayBundle { chart().displayBundle() }
}

/// How predictions change with two features at once.
public struct PartialDependenceSurface: Sendable, Equatable {
  /// The two features.
  public let features: [String]
  /// The values of each that were tried.
  public let grids: [[Double]]
  /// The mean prediction, shape `[values of the first, values of the second]`.
  public let average: Matrix
  /// Which of the model's outputs is shown.
  public let outputName: String

  /// The mean prediction as colours, the first feature to the right and the second upwards.
  public func chart() -> Chart {
    Chart {
      HeatmapMark(
        average.transposed().reversed(axis: 0), rows: grids[1].reversed().map(short), columns: grids[0].map(short))
    }.title("How \(outputName) changes with both").xLabel(features[0]).yLabel(features[1])
  }

  private func short(_ value: Double) -> String { String(format: "%.3g", value) }
}

extension PartialDependenceSurface: RichDisplayable {
  /// The chart.
  public func displayBundle() -> DisplayBundle { chart().displayBundle() }
}
