import CMartletRuntime
import COpenBLAS
import MartletNumerics

extension Tensor where Scalar == Double {
  /// The sums for two classes in one pass: a block of samples is multiplied with the weights and with its errors while it is
  /// in the cache, on all cores.
  func logisticSums(weights: [Double], intercept: Double, _ samples: LogisticSamples) -> LogisticSums {
    let (scalars, width) = (scalars, weights.count)
    let pieces = Parallel.mapRanges(shape[0], length: LogisticSamples.pieceLength) { range in
      scalars.withUnsafeBufferPointer { scalars in
        weights.withUnsafeBufferPointer { weights in
          // Neither is empty: there are samples with features.
          LogisticPiece(start: scalars.baseAddress!, width: width, weights: weights.baseAddress!).sums(
            of: range, intercept, samples)
        }
      }
    }
    return pieces.dropFirst().reduce(pieces[0], +)
  }
}

extension Tensor where Scalar == Double {
  /// The sums for several classes: a piece of the samples is multiplied with the weights and with its errors on one core, so
  /// that the sums are the same whatever the number of threads.
  func logisticSums(weights: Matrix, intercepts: [Double], _ samples: LogisticSamples) -> LogisticSums {
    let (scalars, weights, count) = (scalars, weights.scalars, shape[0])
    // Each piece has sums of its own, as large as the weights: few pieces.
    let length = Swift.max(1_024, (count + 15) / 16)
    martlet_poll()
    let pieces = SingleThreadedBLAS.map(Parallel.pieces(count, length: length)) { piece in
      let range = piece * length..<Swift.min((piece + 1) * length, count)
      return scalars.withUnsafeBufferPointer {
        // Not empty: there are samples with features.
        Self.sums(of: range, at: $0.baseAddress! + range.lowerBound * shape[1], weights, intercepts, samples)
      }
    }
    return pieces.dropFirst().reduce(pieces[0], +)
  }

  private static func sums(
    of range: Range<Int>, at start: UnsafePointer<Double>, _ weights: [Double], _ intercepts: [Double],
    _ samples: LogisticSamples
  ) -> LogisticSums {
    let (count, rows) = (Int32(range.count), Int32(intercepts.count))
    let width = Int32(weights.count / intercepts.count)
    var scores = [Double](repeating: 0, count: range.count * intercepts.count)
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, count, rows, width, 1, start, width, weights, width, 0, &scores, rows)
    let loss = scores.withUnsafeMutableBufferPointer { samples.replaceByErrors($0, intercepts, of: range) }
    var gradient = [Double](repeating: 0, count: weights.count)
    cblas_dgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, rows, width, count, 1, scores, rows, start, width, 0, &gradient, width)
    var errors = [Double](repeating: 0, count: intercepts.count)
    for (place, score) in scores.enumerated() { errors[place % intercepts.count] += score }
    return LogisticSums(loss: loss, gradient: gradient, errors: errors)
  }
}

/// The products of a piece of the samples, whose bounds are those of the loops.
private struct LogisticPiece {
  let start: UnsafePointer<Double>
  let width: Int
  let weights: UnsafePointer<Double>

  private static let blockLength = 256

  func sums(of range: Range<Int>, _ intercept: Double, _ samples: LogisticSamples) -> LogisticSums {
    var sums = LogisticSums(loss: 0, gradient: [Double](repeating: 0, count: width), errors: [0])
    let length = Self.blockLength
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * length) { memory in
      for first in stride(from: range.lowerBound, to: range.upperBound, by: length) {
        let block = first..<min(first + length, range.upperBound)
        let scores = UnsafeMutableBufferPointer(rebasing: memory[..<block.count])
        for (place, sample) in block.enumerated() { scores[place] = product(start + sample * width) + intercept }
        sums.loss += samples.replaceByErrors(
          scores, UnsafeMutableBufferPointer(rebasing: memory[length..<length + block.count]), of: block)
        sums.gradient.withUnsafeMutableBufferPointer { gradient in
          // Not empty: there are features.
          add(block, times: scores, to: gradient.baseAddress!)
        }
        sums.errors[0] += scores.reduce(0, +)
      }
    }
    return sums
  }

  @inline(__always)
  private func load(_ place: UnsafePointer<Double>) -> SIMD8<Double> {
    UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Double>.self)
  }

  @inline(__always)
  private func product(_ sample: UnsafePointer<Double>) -> Double {
    // Two sums, so that one addition need not wait for another.
    var (even, odd) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    var place = 0
    while place + 16 <= width {
      even.addProduct(load(sample + place), load(weights + place))
      odd.addProduct(load(sample + place + 8), load(weights + place + 8))
      place += 16
    }
    if place + 8 <= width {
      even.addProduct(load(sample + place), load(weights + place))
      place += 8
    }
    var sum = (even + odd).sum()
    while place < width {
      sum += sample[place] * weights[place]
      place += 1
    }
    return sum
  }

  /// Adds samples times their errors, four samples at a time.
  @inline(__always)
  private func add(
    _ block: Range<Int>, times errors: UnsafeMutableBufferPointer<Double>, to gradient: UnsafeMutablePointer<Double>
  ) {
    var place = 0
    while place + 4 <= block.count {
      let sample = start + (block.lowerBound + place) * width
      let (a, b, c, d) = (errors[place], errors[place + 1], errors[place + 2], errors[place + 3])
      var feature = 0
      while feature + 8 <= width {
        var sum = load(gradient + feature)
        sum.addProduct(load(sample + feature), SIMD8(repeating: a))
        sum.addProduct(load(sample + width + feature), SIMD8(repeating: b))
        sum.addProduct(load(sample + 2 * width + feature), SIMD8(repeating: c))
        sum.addProduct(load(sample + 3 * width + feature), SIMD8(repeating: d))
        UnsafeMutableRawPointer(gradient + feature).storeBytes(of: sum, as: SIMD8<Double>.self)
        feature += 8
      }
      while feature < width {
        gradient[feature] +=
          a * sample[feature] + b * sample[width + feature]
          + (c * sample[2 * width + feature] + d * sample[3 * width + feature])
        feature += 1
      }
      place += 4
    }
    for rest in place..<block.count {
      let sample = start + (block.lowerBound + rest) * width
      for feature in 0..<width { gradient[feature] += errors[rest] * sample[feature] }
    }
  }
}
