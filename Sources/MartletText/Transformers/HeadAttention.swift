import CVectorMath

/// What a head makes of a text: every token's mixture of the values of all, by how its query suits their keys.
///
/// Holds the memory for one head at a time; each thread needs its own.
package final class HeadAttention {
  /// How many queries are compared with all keys before the next ones: few enough for the scores to stay in the cache.
  private static let blockLength = 48

  private let size: Int
  private let keys, values, scores, none: AlignedFloats

  /// - Parameters:
  ///   - size: numbers of a query, a key, and a value.
  ///   - longest: the most tokens of a text.
  package init(size: Int, longest: Int) {
    self.size = size
    let width = PackedWeights.panelWidth
    let columns = PackedWeights.panels(for: longest) * width
    keys = AlignedFloats(columns * size)
    values = AlignedFloats(longest * PackedWeights.panels(for: size) * width)
    scores = AlignedFloats(Self.blockLength * columns)
    none = AlignedFloats(width)
  }

  /// - Parameters:
  ///   - query: the first token's query; `width` numbers behind it is the token's key, and as many again behind that its value.
  ///     Tokens are three times `width` apart.
  ///   - length: how many tokens there are, at most `longest`.
  ///   - target: the first token's mixture; tokens are `width` apart.
  package func run(_ query: UnsafePointer<Float>, width: Int, length: Int, into target: UnsafeMutablePointer<Float>) {
    let (keys, values, scores, none) = (keys.start, values.start, scores.start, none.start)
    let (panel, stride) = (PackedWeights.panelWidth, 3 * width)
    let (keyPanels, valuePanels) = (PackedWeights.panels(for: length), PackedWeights.panels(for: size))
    for p in 0..<keyPanels {
      martlet_pack_rows(
        query + width + p * panel * stride, min(panel, length - p * panel), stride, size, keys + p * panel * size)
    }
    for p in 0..<valuePanels {
      martlet_pack_columns(
        query + 2 * width + p * panel, min(panel, size - p * panel), stride, length, values + p * panel * length)
    }
    let factor = 1 / Float(size).squareRoot()
    for first in Swift.stride(from: 0, to: length, by: Self.blockLength) {
      let rows = min(Self.blockLength, length - first)
      for p in 0..<keyPanels {
        martlet_panel_product(
          query + first * stride, rows, stride, keys + p * panel * size, size, none, scores + p * panel,
          keyPanels * panel, panel)
      }
      for row in 0..<rows { martlet_softmax_row(scores + row * keyPanels * panel, length, factor) }
      for p in 0..<valuePanels {
        martlet_panel_product(
          scores, rows, keyPanels * panel, values + p * panel * length, length, none,
          target + first * width + p * panel, width, min(panel, size - p * panel))
      }
    }
  }
}
