import MartletNumerics

/// The samples that are to be grouped, as rows one after the other.
struct ClusterSamples {
  let scalars: [Double]
  let count: Int
  let width: Int
  /// How much each sample counts; `nil` when all count the same.
  let weights: [Double]?

  init(_ x: Matrix, weights: [Double]?) {
    scalars = x.scalars
    count = x.shape[0]
    width = x.shape[1]
    self.weights = weights
  }

  /// How many samples a piece of work has: it depends on the samples alone, never on the number of threads.
  var pieceLength: Int { max(1_024, (count + 63) / 64) }

  /// A value for each piece, in order; pieces are worked on at the same time.
  func mapPieces<Value>(_ body: (Range<Int>, UnsafePointer<Double>) -> Value) -> [Value] {
    scalars.withUnsafeBufferPointer { samples in
      // The pieces only read, and there is at least one sample.
      nonisolated(unsafe) let start = samples.baseAddress!
      return Parallel.mapRanges(count, length: pieceLength) { body($0, start) }
    }
  }

  func row(_ place: Int) -> ArraySlice<Double> { scalars[place * width..<(place + 1) * width] }
  func weight(_ place: Int) -> Double { weights?[place] ?? 1 }

  /// Each sample's nearest centre.
  func nearest(_ table: CentreTable) -> [Int32] {
    let pieces = mapPieces { range, samples in
      table.withReader { reader in range.map { Int32(reader.nearest(samples + $0 * width).place) } }
    }
    return Array(pieces.joined())
  }

  /// `∑ᵢ weightᵢ ‖xᵢ − centre of its label‖²`.
  func inertia(_ labels: [Int32], _ centres: [Double]) -> Double {
    mapPieces { range, samples in
      centres.withUnsafeBufferPointer { centres in
        range.reduce(0.0) { sum, sample in
          // Labels are places of centres.
          let centre = centres.baseAddress! + Int(labels[sample]) * width
          return sum + weight(sample) * squaredDistance(samples + sample * width, centre, width)
        }
      }
    }.reduce(0, +)
  }
}
