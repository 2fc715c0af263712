import MartletNumerics

/// How near two vectors are.
public enum VectorMetric: String, Sendable, Codable, CaseIterable {
  /// The cosine of their angle: a hit's score is from −1 to 1, the larger the nearer.
  case cosine
  /// Their product: the larger, the nearer.
  case dot
  /// The length of the line between them: the smaller, the nearer.
  case euclidean
}

/// Vectors in rows, ready to be compared. A distance here is smaller for nearer ones, whatever the metric.
struct VectorTable: Sendable {
  let metric: VectorMetric
  let width: Int
  private(set) var scalars: [Float]

  /// - Parameter vectors: shape `[n, width]`.
  /// - Parameter isPrepared: whether rows have length 1 already, where the metric is the cosine.
  init(_ vectors: Tensor<Float>, _ metric: VectorMetric, isPrepared: Bool = false) {
    self.metric = metric
    width = vectors.shape[1]
    scalars = vectors.scalars
    if metric == .cosine, !isPrepared { for row in 0..<vectors.shape[0] { normalize(row) } }
  }

  var count: Int { width == 0 ? 0 : scalars.count / width }

  /// A row, of length 1 for cosines.
  func vector(_ row: Int) -> [Float] { Array(scalars[(row * width)..<((row + 1) * width)]) }

  private mutating func normalize(_ row: Int) {
    var sum: Float = 0
    for place in (row * width)..<((row + 1) * width) { sum += scalars[place] * scalars[place] }
    let length = sum.squareRoot()
    if length > 0 { for place in (row * width)..<((row + 1) * width) { scalars[place] /= length } }
  }

  func distance(_ vector: [Float], _ row: Int) -> Float {
    vector.withUnsafeBufferPointer { a in
      scalars.withUnsafeBufferPointer { b in
        // Neither is empty: vectors have at least one number.
        Self.distance(a.baseAddress!, b.baseAddress! + row * width, width, metric)
      }
    }
  }

  static func distance(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ width: Int, _ metric: VectorMetric
  ) -> Float {
    let whole = width / 16 * 16
    var sums = SIMD16<Float>(repeating: 0)
    let (first, second) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
    var rest: Float = 0
    if metric == .euclidean {
      for place in stride(from: 0, to: whole, by: 16) {
        let gap =
          first.loadUnaligned(fromByteOffset: place * 4, as: SIMD16<Float>.self)
          - second.loadUnaligned(fromByteOffset: place * 4, as: SIMD16<Float>.self)
        sums.addProduct(gap, gap)
      }
      for place in whole..<width { rest += (a[place] - b[place]) * (a[place] - b[place]) }
      return sums.sum() + rest
    }
    for place in stride(from: 0, to: whole, by: 16) {
      sums.addProduct(
        first.loadUnaligned(fromByteOffset: place * 4, as: SIMD16<Float>.self),
        second.loadUnaligned(fromByteOffset: place * 4, as: SIMD16<Float>.self))
    }
    for place in whole..<width { rest += a[place] * b[place] }
    return metric == .cosine ? 1 - (sums.sum() + rest) : -(sums.sum() + rest)
  }

  /// What a hit shows for a distance.
  func score(_ distance: Float) -> Double {
    switch metric {
    case .cosine: Double(1 - distance)
    case .dot: Double(-distance)
    case .euclidean: Double(max(distance, 0).squareRoot())
    }
  }
}

/// Why an index could not be made, asked, written or read.
public struct VectorIndexError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, where, and what to do.
  public let description: String
  init(_ description: String) { self.description = description }

  /// Vectors are a table of finite numbers.
  static func check(_ vectors: Tensor<Float>, width: Int? = nil) throws(VectorIndexError) {
    guard vectors.rank == 2, vectors.shape[1] > 0, width ?? vectors.shape[1] == vectors.shape[1] else {
      throw VectorIndexError(
        "Expected vectors of shape [n, \(width.map(String.init) ?? "width")]; found \(vectors.shape). Embed with the model that the index was made with."
      )
    }
    guard vectors.scalars.allSatisfy(\.isFinite) else {
      throw VectorIndexError("Expected finite numbers; a vector has one that is not. Check what it was made from.")
    }
  }
}
