import COpenBLAS
import MartletNumerics

/// One way of some texts through all layers, with the memory that it takes.
struct BertPass {
  private let sizes: BertConfiguration
  private let weights: BertWeights
  private let lengths: [Int]
  private let rows: Int
  /// The tokens' descriptions, `[rows, width]`.
  private var states: [Float]
  private var mixed, context: [Float]
  /// Queries, keys and values side by side, `[rows, 3 · width]`.
  private var attention: [Float]
  private var inner: [Float]
  private var scores: [Float]

  init(_ sizes: BertConfiguration, _ weights: BertWeights, _ lengths: [Int]) {
    self.sizes = sizes
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
    Self.normalize(&states, nil, rows, width, weights.embeddingNorm, sizes.epsilon)
  }

  private mutating func apply(_ layer: BertLayerWeights) {
    let width = sizes.width
    Self.dense(states, layer.attention, rows, &attention)
    attend()
    Self.dense(context, layer.attentionOutput, rows, &mixed)
    Self.normalize(&states, mixed, rows, width, layer.attentionNorm, sizes.epsilon)
    Self.dense(states, layer.inner, rows, &inner)
    // Not empty: a text has tokens.
    inner.withUnsafeMutableBufferPointer { FloatKernels.gelu($0.baseAddress!, $0.count) }
    Self.dense(inner, layer.output, rows, &mixed)
    Self.normalize(&states, mixed, rows, width, layer.outputNorm, sizes.epsilon)
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
              for row in 0..<length { FloatKernels.softmax(table + row * length, length) }
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

  private static func dense(_ x: [Float], _ layer: DenseWeights, _ rows: Int, _ y: inout [Float]) {
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        layer.bias.withUnsafeBufferPointer { bias in
          // None is empty: a text has tokens, a layer outputs. The product is added to the bias.
          let (target, start) = (y.baseAddress!, bias.baseAddress!)
          for row in 0..<rows { (target + row * layer.outputs).update(from: start, count: layer.outputs) }
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(layer.outputs), Int32(layer.inputs), 1,
            x.baseAddress!, Int32(layer.inputs), layer.weight, Int32(layer.inputs), 1, target, Int32(layer.outputs))
        }
      }
    }
  }

  private static func normalize(
    _ x: inout [Float], _ other: [Float]?, _ rows: Int, _ width: Int, _ norm: NormWeights, _ epsilon: Float
  ) {
    x.withUnsafeMutableBufferPointer { x in
      let start = x.baseAddress!  // not empty: a text has tokens
      func each(_ other: UnsafePointer<Float>?) {
        for row in 0..<rows {
          FloatKernels.addAndNormalize(start + row * width, other.map { $0 + row * width }, width, norm, epsilon)
        }
      }
      if let other { other.withUnsafeBufferPointer { each($0.baseAddress) } } else { each(nil) }
    }
  }
}
