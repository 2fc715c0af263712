import MartletDisplay
import MartletFrames
import MartletModels

extension Explanation: RichDisplayable, CustomStringConvertible {
  /// A row for each feature, those that move predictions most first: `feature`, `meanAbsolute` and `mean` contribution.
  public var frame: DataFrame {
    let (strengths, order) = (meanAbsoluteValues, order)
    let means = sampleCount == 0 ? strengths : values.mean(axis: 0).scalars
    return TableNames.frame([
      AnyColumn(Column("feature", order.map { featureNames[$0] })),
      AnyColumn(Column("meanAbsolute", order.map { strengths[$0] })),
      AnyColumn(Column("mean", order.map { means[$0] })),
    ])
  }

  private var table: ModelTable {
    let (strengths, order) = (meanAbsoluteValues, order)
    let texts = FrameNumberFormat.texts(order.map { strengths[$0] })
    return ModelTable(
      title: "Explanation of \(outputName)",
      facts: ["\(sampleCount) samples; contributions count from \(FrameNumberFormat.texts([baseValue])[0])"],
      header: ["feature", "mean size of the contribution"],
      rows: order.enumerated().map { [featureNames[$1], texts[$0]] })
  }

  /// The strongest features, for a terminal.
  public var description: String { table.text }
  /// The strongest features, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
