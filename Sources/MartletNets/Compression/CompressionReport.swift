import Foundation
import MartletDisplay
import MartletModels
import MartletNumerics

/// What models cost and what they are worth, one line each: the table by which a smaller one is chosen.
///
///     var report = CompressionReport()
///     report.add("as trained", model, score: 0.986)
///     report.add("int8", small, score: 0.986)
///     report
///
///     model        size   of the first   zeros   score
///     as trained   46 kB         100 %     0 %  0.9860
///     int8         12 kB          26 %     0 %  0.9860
public struct CompressionReport: Sendable, RichDisplayable, CustomStringConvertible {
  /// One model.
  public struct Row: Sendable, Hashable, Codable {
    /// What it is called.
    public let name: String
    /// How many bytes its numbers take.
    public let bytes: Int
    /// Which part of its weights is 0.
    public let sparsity: Double
    /// How good it is, larger is better.
    public let score: Double
  }

  /// The models, in the order of their addition.
  public private(set) var rows: [Row] = []

  public init() {}

  /// Adds a model.
  ///
  /// - Parameters:
  ///   - bytes: what it takes; by default its parameters' numbers, with one byte for each weight of a quantised layer.
  ///   - score: an accuracy or another number of your own.
  public mutating func add(_ name: String, _ model: some Layer, bytes: Int? = nil, score: Double) {
    let weights = model.parameters.filter { $0.parameter.role == .learned && $0.parameter.shape.count > 1 }
    let zeros = weights.reduce(0) { $0 + ($1.parameter.value .== 0).trueCount }
    let count = weights.reduce(0) { $0 + $1.parameter.count }
    rows.append(
      Row(
        name: name, bytes: bytes ?? LayerTree.bytes(model), sparsity: count == 0 ? 0 : Double(zeros) / Double(count),
        score: score))
  }

  /// The lines as a table.
  public var table: ModelTable {
    ModelTable(
      title: "Size and score", facts: [], header: ["model", "size", "of the first", "zeros", "score"],
      rows: rows.map { row in
        [
          row.name, ByteText.text(row.bytes), percent(Double(row.bytes) / Double(max(rows[0].bytes, 1))),
          percent(row.sparsity), String(format: "%.4f", row.score),
        ]
      })
  }

  private func percent(_ part: Double) -> String { String(format: "%.0f %%", 100 * part) }

  /// The table as text.
  public var description: String { table.text }
  /// The table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}

extension Layer {
  /// How many bytes the model's numbers take: its parameters', and one for each weight of a quantised layer.
  public var byteCount: Int { LayerTree.bytes(self) }
}

/// Sizes in bytes as people write them.
enum ByteText {
  /// Three digits at most, in bytes, kB, MB or GB of a thousand each.
  static func text(_ bytes: Int) -> String {
    var (size, unit) = (Double(bytes), 0)
    let units = ["bytes", "kB", "MB", "GB"]
    while size >= 999.5, unit + 1 < units.count { (size, unit) = (size / 1_000, unit + 1) }
    return String(format: unit == 0 || size >= 9.95 ? "%.0f \(units[unit])" : "%.1f \(units[unit])", size)
  }
}
