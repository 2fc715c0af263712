import CVectorMath
import MartletNumerics

/// One way of some texts through all layers, with the memory that it takes.
final class BertPass {
  private let sizes: BertConfiguration
  private let weights: BertWeights
  private let lengths: [Int]
  /// In which row each text begins, and how many rows there are.
  private let starts: [Int]
  private let rows: Int
  private let team: WorkTeam
  /// The tokens' descriptions, what is added to them, and what attention has found: `[rows, width]` each.
  private let states, mixed, context: AlignedFloats
  /// Queries, keys and values side by side, `[rows, 3 · width]`.
  private let attention: AlignedFloats
  /// Shape `[rows, inner width]`.
  private let inner: AlignedFloats
  /// One for each thread.
  private let heads: [HeadAttention]

  init(_ sizes: BertConfiguration, _ weights: BertWeights, _ lengths: [Int], _ team: WorkTeam) {
    (self.sizes, self.weights, self.lengths, self.team) = (sizes, weights, lengths, team)
    starts = lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    rows = starts[lengths.count]
    states = AlignedFloats(rows * sizes.width)
    mixed = AlignedFloats(rows * sizes.width)
    context = AlignedFloats(rows * sizes.width)
    attention = AlignedFloats(rows * 3 * sizes.width)
    inner = AlignedFloats(rows * sizes.innerWidth)
    let longest = lengths.max() ?? 0
    heads = (0..<team.threads).map { _ in HeadAttention(size: sizes.width / sizes.heads, longest: longest) }
  }

  func run(_ texts: [[Int]], _ types: [[Int]?]) -> [Tensor<Float>] {
    embed(texts, types)
    for layer in weights.layers { apply(layer) }
    return zip(starts, lengths).map { start, length in
      let part = UnsafeBufferPointer(start: states.start + start * sizes.width, count: length * sizes.width)
      return Tensor(Array(part), shape: [length, sizes.width])
    }
  }

  private func embed(_ texts: [[Int]], _ types: [[Int]?]) {
    let width = sizes.width
    var row = 0
    for (text, types) in zip(texts, types) {
      for (place, token) in text.enumerated() {
        let type = types?[place] ?? 0
        for k in 0..<width {
          states.start[row * width + k] =
            weights.words[token * width + k] + weights.positions[place * width + k] + weights.types[type * width + k]
        }
        row += 1
      }
    }
    normalize(weights.embeddingNorm, adding: nil)
  }

  private func apply(_ layer: BertLayerWeights) {
    multiply(states, layer.attention, attention)
    attend()
    multiply(context, layer.attentionOutput, mixed)
    normalize(layer.attentionNorm, adding: mixed)
    multiply(states, layer.inner, inner) { martlet_gelu_row($0, $1) }
    multiply(inner, layer.output, mixed)
    normalize(layer.outputNorm, adding: mixed)
  }

  /// Every token's mixture of the values of its own text, by how its query suits the keys.
  private func attend() {
    let (width, size, count) = (sizes.width, sizes.width / sizes.heads, sizes.heads)
    team.forEach(lengths.count * count) { piece, thread in
      let (text, head) = (piece / count, piece % count)
      heads[thread].run(
        attention.start + starts[text] * 3 * width + head * size, width: width, length: lengths[text],
        into: context.start + starts[text] * width + head * size)
    }
  }

  /// How many weights are a piece of work: about ten microseconds for a short text.
  private static let pieceLength = 1 << 15

  /// `y = x • weightᵀ + bias`, after which `body` gets each row's part of the panel that has just been filled.
  private func multiply(
    _ x: AlignedFloats, _ layer: PackedWeights, _ y: AlignedFloats,
    then body: (_ numbers: UnsafeMutablePointer<Float>, _ count: Int) -> Void = { _, _ in }
  ) {
    let length = max(1, Self.pieceLength / (PackedWeights.panelWidth * layer.inputs))
    team.forEach((layer.panelCount + length - 1) / length) { piece, _ in
      for panel in piece * length..<min((piece + 1) * length, layer.panelCount) {
        layer.multiply(x.start, rows: rows, panel: panel, into: y.start)
        let columns = layer.columns(of: panel)
        for row in 0..<rows { body(y.start + row * layer.outputs + columns.lowerBound, columns.count) }
      }
    }
  }

  /// The states, with `other` added, moved to mean 0 and variance 1, scaled and shifted.
  private func normalize(_ norm: NormWeights, adding other: AlignedFloats?) {
    let (width, length) = (sizes.width, 16)
    team.forEach((rows + length - 1) / length) { piece, _ in
      for row in piece * length..<min((piece + 1) * length, rows) {
        martlet_add_and_normalize_row(
          states.start + row * width, other.map { UnsafePointer($0.start + row * width) }, width, norm.scale,
          norm.shift, sizes.epsilon)
      }
    }
  }
}
