import MartletModels
import MartletNumerics

/// The vectors of features: as they were learned, or each in a few bytes.
struct FastTextVectors: Sendable, Equatable {
  /// How the numbers are kept.
  enum Content: Sendable, Equatable {
    case exact([Float])
    /// The number of a nearest centre for each piece of a vector; `centres` has 256 of each piece at most, `[pieces, centres,
    /// length of a piece]`.
    case quantized(codes: [UInt8], centres: [Float], pieceLength: Int)
  }

  let content: Content
  /// How long vectors are.
  let width: Int

  init(_ vectors: [Float], width: Int) { (content, self.width) = (.exact(vectors), width) }

  init(content: Content, width: Int) { (self.content, self.width) = (content, width) }

  /// The bytes that the numbers take.
  var byteCount: Int {
    switch content {
    case .exact(let vectors): 4 * vectors.count
    case .quantized(let codes, let centres, _): codes.count + 4 * centres.count
    }
  }

  /// The mean of rows; zeros without any.
  func mean(_ rows: [Int], _ mean: inout [Float]) {
    switch content {
    case .exact(let vectors): FastTextTrainer.mean(rows, vectors, &mean)
    case .quantized(let codes, let centres, let length):
      let pieces = width / length
      let count = centres.count / max(width, 1)
      for k in 0..<width { mean[k] = 0 }
      if rows.isEmpty { return }
      for row in rows {
        for piece in 0..<pieces {
          let start = (piece * count + Int(codes[row * pieces + piece])) * length
          for k in 0..<length { mean[piece * length + k] += centres[start + k] }
        }
      }
      for k in 0..<width { mean[k] /= Float(rows.count) }
    }
  }

  /// Each piece of `length` numbers replaced by the number of a centre.
  func quantized(pieceLength length: Int, seed: UInt64) throws(FitError) -> FastTextVectors {
    guard case .exact(let vectors) = content else { return self }
    let (rows, pieces) = (vectors.count / max(width, 1), width / max(length, 1))
    let count = min(256, rows)
    var (codes, centres) = ([UInt8](repeating: 0, count: rows * pieces), [Float]())
    for piece in 0..<pieces {
      let table = Matrix(
        (0..<rows).flatMap { row in (0..<length).map { Double(vectors[row * width + piece * length + $0]) } },
        shape: [rows, length])
      let start = UInt64(UInt32(truncatingIfNeeded: seed &+ UInt64(piece)))
      let groups = try KMeans(clusters: count, restarts: 1, maximumIterations: 25, seed: start).fit(table)
      centres += groups.centres.scalars.map(Float.init)
      for (row, group) in try groups.predict(table).enumerated() { codes[row * pieces + piece] = UInt8(group) }
    }
    return FastTextVectors(content: .quantized(codes: codes, centres: centres, pieceLength: length), width: width)
  }
}
