import Foundation
import MartletNumerics

/// Similarities of samples with a width around each that gives the wanted number of neighbours.
enum PerplexitySearch {
  /// Symmetric, summing to 1: row after row.
  static func similarities(_ x: Matrix, perplexity: Double) -> [Double] {
    let count = x.shape[0]
    let squares = SquaredDistances.between(x, x).scalars
    let rows = Parallel.mapRanges(count, length: 32) { range in
      range.flatMap { row($0, Array(squares[$0 * count..<($0 + 1) * count]), goal: log(perplexity)) }
    }
    let conditional = rows.flatMap { $0 }
    var joint = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0..<count where i != j {
        joint[i * count + j] = max(
          (conditional[i * count + j] + conditional[j * count + i]) / (2 * Double(count)), 1e-16)
      }
    }
    return joint
  }

  /// One sample's similarities, summing to 1, of the entropy `goal`: its precision is found by halving.
  private static func row(_ own: Int, _ squares: [Double], goal: Double) -> [Double] {
    var (low, high, precision) = (0.0, Double.infinity, 1.0)
    var row = squares
    // Differences alone count, and the nearest sample keeps the exponents from vanishing.
    let nearest = squares.indices.reduce(Double.infinity) { $1 == own ? $0 : min($0, squares[$1]) }
    for _ in 0..<100 {
      var (sum, weighted) = (0.0, 0.0)
      for other in squares.indices {
        row[other] = other == own ? 0 : exp(-(squares[other] - nearest) * precision)
        sum += row[other]
        weighted += row[other] * (squares[other] - nearest)
      }
      let entropy = log(sum) + precision * weighted / sum
      for other in row.indices { row[other] /= sum }
      if abs(entropy - goal) < 1e-5 { break }
      if entropy > goal {
        low = precision
        precision = high.isInfinite ? precision * 2 : (low + high) / 2
      } else {
        high = precision
        precision = (low + high) / 2
      }
    }
    return row
  }
}

/// Places of samples in a few dimensions, and the way downhill.
struct NeighbourMap {
  private let similarities: [Double]
  private let count: Int
  private let width: Int
  /// Dimension by dimension.
  private var places: [Double]
  private var moves: [Double]
  private var gains: [Double]

  init(similarities: [Double], count: Int, width: Int, places: [Double]) {
    self.similarities = similarities
    self.count = count
    self.width = width
    self.places = places
    moves = places.map { _ in 0 }
    gains = places.map { _ in 1 }
  }

  var embedding: Matrix { Matrix(places, shape: [width, count]).transposed().compacted() }

  /// One step against the gradient; a coordinate that keeps its direction goes faster. (Jacobs 1988)
  mutating func step(exaggeration: Double, momentum: Double, rate: Double) {
    let gradient = gradient(exaggeration)
    for place in places.indices {
      let keeps = gradient[place] * moves[place] < 0
      gains[place] = max(keeps ? gains[place] + 0.2 : gains[place] * 0.8, 0.01)
      moves[place] = momentum * moves[place] - rate * gains[place] * gradient[place]
      places[place] += moves[place]
    }
    for dimension in 0..<width {
      let range = dimension * count..<(dimension + 1) * count
      let middle = range.reduce(0) { $0 + places[$1] } / Double(count)
      for place in range { places[place] -= middle }
    }
  }

  /// What a run of samples adds: pulls by `p`, pushes by `q` before it is divided by its sum, and that sum.
  private struct Forces {
    var pulls: [Double]
    var pushes: [Double]
    var sum: Double
  }

  private func gradient(_ exaggeration: Double) -> [Double] {
    let length = 64
    let parts = Parallel.mapRanges(count, length: length) { forces($0) }
    let total = parts.reduce(0) { $0 + $1.sum }
    var gradient = [Double](repeating: 0, count: count * width)
    for (piece, part) in parts.enumerated() {
      let rows = part.pulls.count / width
      for dimension in 0..<width {
        for row in 0..<rows {
          gradient[dimension * count + piece * length + row] =
            4 * (exaggeration * part.pulls[dimension * rows + row] - part.pushes[dimension * rows + row] / total)
        }
      }
    }
    return gradient
  }

  private func forces(_ range: Range<Int>) -> Forces {
    var result = Forces(
      pulls: .init(repeating: 0, count: range.count * width), pushes: .init(repeating: 0, count: range.count * width),
      sum: 0)
    var near = [Double](repeating: 0, count: count)
    let (count, width) = (count, width)
    // Bounds are those of the loops; checking every element would take as long as the work itself.
    near.withUnsafeMutableBufferPointer { near in
      places.withUnsafeBufferPointer { places in
        similarities.withUnsafeBufferPointer { similarities in
          for (row, i) in range.enumerated() {
            for j in 0..<count { near[j] = 1 }
            for dimension in 0..<width {
              let (first, own) = (dimension * count, places[dimension * count + i])
              for j in 0..<count {
                let step = places[first + j] - own
                near[j] += step * step
              }
            }
            for j in 0..<count { near[j] = 1 / near[j] }
            near[i] = 0
            for j in 0..<count { result.sum += near[j] }
            for dimension in 0..<width {
              let (first, own) = (dimension * count, places[dimension * count + i])
              var (pull, push) = (0.0, 0.0)
              for j in 0..<count {
                let force = near[j] * (own - places[first + j])
                pull += similarities[i * count + j] * force
                push += near[j] * force
              }
              result.pulls[dimension * range.count + row] = pull
              result.pushes[dimension * range.count + row] = push
            }
          }
        }
      }
    }
    return result
  }

  /// `∑ p log(p / q)`.
  func divergence() -> Double {
    let embedding = embedding
    let near = SquaredDistances.between(embedding, embedding).scalars.map { 1 / (1 + $0) }
    var sum = -Double(count)  // without each sample's own
    for value in near { sum += value }
    var result = 0.0
    for place in similarities.indices where place / count != place % count {
      result += similarities[place] * log(similarities[place] / max(near[place] / sum, 1e-300))
    }
    return result
  }
}
