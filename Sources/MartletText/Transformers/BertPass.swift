import COpenBLAS
import CVectorMath
import MartletNumerics

/// One way of some texts through all layers, with the memory that it takes.
struct BertPass {
  private let sizes: BertConfiguration
  private let weights: BertWeights
  private let lengths: [Int]
  private let rows: Int
  /// Whether no other texts are worked on at the same time, so that all cores are this one's.
  private let isAlone: Bool
  /// The tokens' descriptions, `[rows, width]`.
  private var states: [Float]
  private var mixed, context: [Float]
  /// Queries, keys and values side by side, `[rows, 3 · width]`.
  private var attention: [Float]
  private var inner: [Float]
  private var scores: [Float]

  init(_ sizes: BertConfiguration, _ weights: BertWeights, _ lengths: [Int], isAlone: Bool) {
    self.sizes = sizes
    self.isAlone = isAlone
    self.weights = weights
    self.lengths = lengths
    rows = lengths.reduce(0, +)
    states = [Float](repeating: 0, count: rows * sizes.width)
    mixed = states
    context = states
    attention = [Float](repeating: 0, count: rows * 3 * sizes.width)
    inner = [Float](repeating: 0, count: rows * sizes.innerWidth)
    let longest = lengths.max() ?? 0
    scores = [Float](repeating: 0, count: longest * longest)
  }

  mutating func run(_ texts: [[Int]], _ types: [[Int]?]) -> [Tensor<Float>] {
    embed(texts, types)
    for layer in weights.layers { apply(layer) }
    var start = 0
    return lengths.map { length in
      defer { start += length }
      let part = Array(states[(start * sizes.width)..<((start + length) * sizes.width)])
      return Tensor(part, shape: [length, sizes.width])
    }
  }

  private mutating func embed(_ texts: [[Int]], _ types: [[Int]?]) {
    let width = sizes.width
    var row = 0
    for (text, types) in zip(texts, types) {
      for (place, token) in text.enumerated() {
        let type = types?[place] ?? 0
        for k in 0..<width {
          states[row * width + k] =
            weights.words[token * width + k] + weights.positions[place * width + k] + weights.types[type * width + k]
        }
        row += 1
      }
    }
    normalize(weights.embeddingNorm, adding: nil)
  }

  private mutating func apply(_ layer: BertLayerWeights) {
    multiply(states, layer.attention, rows, &attention)
    Self.forEachRow(&attention, layer.attention) { martlet_add_row($0, $1, $2) }
    attend()
    multiply(context, layer.attentionOutput, rows, &mixed)
    normalize(layer.attentionNorm, adding: layer.attentionOutput.bias)
    multiply(states, layer.inner, rows, &inner)
    Self.forEachRow(&inner, layer.inner) { martlet_gelu_row($0, $1, $2) }
    multiply(inner, layer.output, rows, &mixed)
    normalize(layer.outputNorm, adding: layer.output.bias)
  }

  /// Every token's mixture of the values of its own text, by how its query suits the keys.
  private mutating func attend() {
    let (width, size) = (sizes.width, sizes.width / sizes.heads)
    let factor = 1 / Float(size).squareRoot()
    attention.withUnsafeBufferPointer { attention in
      context.withUnsafeMutableBufferPointer { context in
        scores.withUnsafeMutableBufferPointer { scores in
          // None is empty: a text has tokens.
          let (source, target, table) = (attention.baseAddress!, context.baseAddress!, scores.baseAddress!)
          var start = 0
          for length in lengths {
            for head in 0..<sizes.heads {
              let query = source + start * 3 * width + head * size
              cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, Int32(length), Int32(length), Int32(size), factor, query,
                Int32(3 * width), query + width, Int32(3 * width), 0, table, Int32(length))
              for row in 0..<length { martlet_softmax_row(table + row * length, length, 1) }
              cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(length), Int32(size), Int32(length), 1, table,
                Int32(length), query + 2 * width, Int32(3 * width), 0, target + start * width + head * size,
                Int32(width))
            }
            start += length
          }
        }
      }
    }
  }

  /// Up to so many rows it takes longer to put the weights into BLAS's order than to multiply.
  static let fewRows = 48

  /// `y = x • weightᵀ`; what comes next adds the bias.
  private func multiply(_ x: [Float], _ layer: DenseWeights, _ rows: Int, _ y: inout [Float]) {
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        layer.weight.withUnsafeBufferPointer { weight in
          // None is empty: a text has tokens, a layer inputs and outputs.
          let (x, y, weight) = (x.baseAddress!, y.baseAddress!, weight.baseAddress!)
          guard rows <= Self.fewRows else {
            cblas_sgemm(
              CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(layer.outputs), Int32(layer.inputs), 1, x,
              Int32(layer.inputs), weight, Int32(layer.inputs), 0, y, Int32(layer.outputs))
            return
          }
          Self.multiplyFew(x, weight, layer, rows, y, pieces: isAlone ? 4 : 1)
        }
      }
    }
  }

  /// The same for few rows, the outputs in pieces of which several are worked on at a time.
  private static func multiplyFew(
    _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, _ layer: DenseWeights, _ rows: Int,
    _ y: UnsafeMutablePointer<Float>, pieces: Int
  ) {
    guard pieces > 1 else {
      martlet_few_rows_product(x, rows, weight, layer.outputs, layer.inputs, y, layer.outputs)
      return
    }
    let length = ((layer.outputs + pieces - 1) / pieces + 3) & ~3
    // The pieces fill different columns.
    nonisolated(unsafe) let (x, weight, y) = (x, weight, y)
    Parallel.forEachRange(layer.outputs, length: length) { _, range in
      martlet_few_rows_product(
        x, rows, weight + range.lowerBound * layer.inputs, range.count, layer.inputs, y + range.lowerBound,
        layer.outputs)
    }
  }

  /// Calls `body` with each row that a layer has made, the layer's bias and their length.
  private static func forEachRow(
    _ y: inout [Float], _ layer: DenseWeights, _ body: (UnsafeMutablePointer<Float>, UnsafePointer<Float>, Int) -> Void
  ) {
    y.withUnsafeMutableBufferPointer { y in
      layer.bias.withUnsafeBufferPointer { bias in
        for start in stride(from: 0, to: y.count, by: layer.outputs) {
          body(y.baseAddress! + start, bias.baseAddress!, layer.outputs)  // neither is empty, as above
        }
      }
    }
  }

  /// The states, with `mixed` and its bias added, moved to mean 0 and variance 1, scaled and shifted.
  private mutating func normalize(_ norm: NormWeights, adding bias: [Float]?) {
    let (width, rows, epsilon) = (sizes.width, rows, sizes.epsilon)
    states.withUnsafeMutableBufferPointer { states in
      mixed.withUnsafeBufferPointer { mixed in
        (bias ?? norm.shift).withUnsafeBufferPointer { added in
          for row in 0..<rows {
            // None is empty: a text has tokens.
            let place = row * width
            martlet_add_and_normalize_row(
              states.baseAddress! + place, bias == nil ? nil : mixed.baseAddress! + place, added.baseAddress!, width,
              norm.scale, norm.shift, epsilon)
          }
        }
      }
    }
  }
}
