import MartletNumerics

/// Products of matrices of bytes, summed as 32-bit numbers.
enum IntegerProducts {
  /// `scale(sample) · scales[output] · ∑ (x − zero) · (w − zero)`, plus a bias: what a layer with whole weights gives.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `length` numbers, quantised with one grid.
  ///   - weight: one row for each output.
  ///   - target: gets `[rows, outputs]`.
  static func product(
    _ x: [Int8], _ grid: QuantizationGrid<Int8>, rows: Int, _ weight: QuantizedWeight, _ bias: [Float]?,
    _ target: UnsafeMutablePointer<Float>
  ) {
    let (length, outputs) = (weight.length, weight.outputs)
    guard rows > 0, outputs > 0 else { return }
    nonisolated(unsafe) let target = target
    x.withUnsafeBufferPointer { x in
      weight.tensor.values.withUnsafeBufferPointer { w in
        Kernels.forEachRange(rows, cost: outputs * max(length, 1) / 8) { range in
          for row in range {
            let x = x.baseAddress! + row &* length  // not empty: a layer has inputs
            var rowSum: Int32?
            for output in 0..<outputs {
              var sum = dot(x, w.baseAddress! + output &* length, length)  // nor is its weight
              // ∑(x − a)(w − b) = ∑xw − a∑w − b∑x + n·a·b: the means are taken out of the loop.
              sum &-= Int32(grid.zeroPoint) &* weight.sums[output]
              let zero = Int32(weight.zeroPoint(output))
              if zero != 0 {
                let total = rowSum ?? Self.sum(x, length)
                rowSum = total
                sum &-= zero &* (total &- Int32(length) &* Int32(grid.zeroPoint))
              }
              target[row &* outputs &+ output] =
                Float(sum) * (grid.scale * weight.scale(output)) + (bias?[output] ?? 0)
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func dot(_ a: UnsafePointer<Int8>, _ b: UnsafePointer<Int8>, _ count: Int) -> Int32 {
    var sum: Int32 = 0
    for i in 0..<count { sum &+= Int32(a[i]) &* Int32(b[i]) }
    return sum
  }

  private static func sum(_ a: UnsafePointer<Int8>, _ count: Int) -> Int32 {
    var sum: Int32 = 0
    for i in 0..<count { sum &+= Int32(a[i]) }
    return sum
  }

  /// The numbers of a block as whole ones.
  static func quantized(_ x: Tensor<Float>, _ grid: QuantizationGrid<Int8>) -> [Int8] {
    guard x.count > 0 else { return [] }
    return [Int8](unsafeUninitializedCapacity: x.count) { target, count in
      count = x.count
      nonisolated(unsafe) let start = target.baseAddress!  // not empty
      let (factor, zero) = (1 / grid.scale, Float(grid.zeroPoint))
      x.withElements { x in
        Kernels.forEachRange(count, cost: 1) { range in
          for i in range {
            let steps = (x[i] * factor).rounded(.toNearestOrEven) + zero
            // Compared this way round, what is no number becomes the smallest one.
            start[i] = Int8(steps > -128 ? (steps < 127 ? steps : 127) : -128)
          }
        }
      }
    }
  }
}

/// The weights of a layer as bytes: rows of one output each, with the sums that products need.
struct QuantizedWeight: Sendable {
  let tensor: QuantizedTensor<Int8>
  let sums: [Int32]

  init(_ weight: Tensor<Float>, _ settings: Quantization) {
    tensor = QuantizedTensor(weight, scheme: settings.weights, axis: settings.isPerChannel ? 0 : nil)
    let length = max(weight.count / max(weight.shape[0], 1), 1)
    let values = tensor.values
    sums = (0..<weight.shape[0]).map { row in
      values[row * length..<(row + 1) * length].reduce(into: Int32(0)) { $0 += Int32($1) }
    }
  }

  var outputs: Int { tensor.shape[0] }
  /// How many numbers each output is a sum of.
  var length: Int { tensor.shape.dropFirst().reduce(1, *) }
  func scale(_ output: Int) -> Float { tensor.scales.count == 1 ? tensor.scales[0] : tensor.scales[output] }
  func zeroPoint(_ output: Int) -> Int8 {
    tensor.zeroPoints.count == 1 ? tensor.zeroPoints[0] : tensor.zeroPoints[output]
  }
}
