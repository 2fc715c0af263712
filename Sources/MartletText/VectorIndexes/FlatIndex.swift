import Foundation
import MartletNumerics

/// Finds the vectors that are nearest to others by comparing with all of them: exact, and fast enough for some hundred
/// thousand.
///
///     let index = try FlatIndex(encoder.embed(texts))
///     try index.search(encoder.embed("Where do cats sleep?"), count: 3).map(\.document)
///
/// For millions, ``HNSWIndex`` looks at a small part of them.
public struct FlatIndex: Sendable {
  let table: VectorTable

  /// - Parameters:
  ///   - vectors: shape `[n, width]`, every value finite.
  ///   - metric: how near vectors are.
  /// - Throws: ``VectorIndexError``.
  public init(_ vectors: Tensor<Float>, metric: VectorMetric = .cosine) throws(VectorIndexError) {
    try VectorIndexError.check(vectors)
    table = VectorTable(vectors, metric)
  }

  /// How near vectors are.
  public var metric: VectorMetric { table.metric }
  /// How many vectors there are.
  public var count: Int { table.count }
  /// How many numbers a vector has.
  public var width: Int { table.width }

  /// The nearest vectors of each query, nearest first, of equally near ones those that come first.
  /// - Parameters:
  ///   - queries: shape `[m, width]`.
  ///   - count: how many for each; all where there are fewer.
  /// - Throws: ``VectorIndexError``.
  /// - Complexity: O(m · n · width).
  public func search(each queries: Tensor<Float>, count: Int = 10) throws(VectorIndexError) -> [[SearchHit]] {
    try VectorIndexError.check(queries, width: width)
    let asked = VectorTable(queries, metric)
    return Parallel.mapRanges(asked.count, length: 4) { range in range.map { nearest(asked.vector($0), count) } }
      .flatMap { $0 }
  }

  /// The nearest vectors of one, shape `[width]`.
  /// - Throws: ``VectorIndexError``.
  public func search(_ query: Tensor<Float>, count: Int = 10) throws(VectorIndexError) -> [SearchHit] {
    try search(each: query.reshaped(to: [1, query.count]), count: count)[0]
  }

  private func nearest(_ query: [Float], _ wanted: Int) -> [SearchHit] {
    var kept = BinaryHeap<Backwards<NearVector>>(minimumCapacity: wanted)
    for row in 0..<count {
      let entry = NearVector(distance: table.distance(query, row), row: Int32(row))
      if kept.count < wanted {
        kept.push(Backwards(entry))
      } else if let worst = kept.first, entry.comes(before: worst.base) {
        kept.replaceFirst(with: Backwards(entry))
      }
    }
    return kept.elements.map(\.base).sorted { $0.comes(before: $1) }.map {
      SearchHit(document: Int($0.row), score: table.score($0.distance))
    }
  }

  /// Writes the index as a safetensors file.
  /// - Throws: ``VectorIndexError``.
  public func write(to path: String) throws(VectorIndexError) {
    var file = SafeTensorsWriter(metadata: ["format": "martlet-flat-index", "metric": metric.rawValue])
    file.add("vectors", Tensor<Float>(table.scalars, shape: [count, width]))
    do {
      try file.write(to: path)
    } catch { throw VectorIndexError(error.description) }
  }

  /// Reads what ``write(to:)`` wrote.
  /// - Throws: ``VectorIndexError``.
  public init(path: String) throws(VectorIndexError) {
    let file = try VectorIndexFile(path, format: "martlet-flat-index")
    let vectors = try file.vectors()
    try VectorIndexError.check(vectors)
    table = VectorTable(vectors, file.metric, isPrepared: true)
  }
}

/// What the files of both indexes share.
struct VectorIndexFile {
  let tensors: SafeTensors
  let metric: VectorMetric
  let path: String

  init(_ path: String, format: String) throws(VectorIndexError) {
    self.path = path
    do {
      tensors = try SafeTensors(path: path)
    } catch { throw VectorIndexError(error.description) }
    guard tensors.metadata["format"] == format else {
      throw VectorIndexError(
        "\(path): expected the format '\(format)', found '\(tensors.metadata["format"] ?? "none")'.")
    }
    guard let metric = tensors.metadata["metric"].flatMap(VectorMetric.init(rawValue:)) else {
      throw VectorIndexError("\(path): the metric is to be cosine, dot or euclidean.")
    }
    self.metric = metric
  }

  func vectors() throws(VectorIndexError) -> Tensor<Float> {
    do {
      return try tensors.tensor("vectors", as: Float.self)
    } catch { throw VectorIndexError(error.description) }
  }

  func whole(_ name: String) throws(VectorIndexError) -> [Int32] {
    do {
      return try tensors.tensor(name, as: Int32.self).scalars
    } catch { throw VectorIndexError(error.description) }
  }
}
