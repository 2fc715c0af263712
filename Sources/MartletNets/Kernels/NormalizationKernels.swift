import MartletNumerics

/// Rows moved to mean 0 and scaled to variance 1, with factors and summands for each place: layer and RMS normalisation.
struct RowNormalization<Scalar: NetScalar>: @unchecked Sendable {
  // Unchecked: the pieces of work on several threads touch different rows.
  let rows: Int
  let width: Int
  let epsilon: Scalar
  /// Whether the mean is taken away first.
  let isCentred: Bool

  /// How many rows are a piece of work.
  private var pieceRows: Int { max(1, Kernels.pieceLength / max(width, 1)) }
  private var pieces: Int { (rows + pieceRows - 1) / pieceRows }
  private func rows(of piece: Int) -> Range<Int> { piece * pieceRows..<min(rows, (piece + 1) * pieceRows) }

  /// - Returns: the result, and each row's mean and the inverse of its deviation, one after the other.
  func forward(
    _ x: Tensor<Scalar>, _ weight: Tensor<Scalar>?, _ bias: Tensor<Scalar>?
  ) -> (result: Tensor<Scalar>, moments: Tensor<Scalar>) {
    let factors = (weight ?? .ones(width)).scalars
    let summands = (bias ?? .zeros(width)).scalars
    var moments = Tensor<Scalar>.zeros(rows, 2)
    let result = Tensor<Scalar>.filled(shape: x.shape) { target in
      moments.withMutableElements { moments in
        x.withElements { x in
          Kernels.forEachPiece(pieces) {
            Self.forwardRows(self, rows(of: $0), x, factors, summands, target, moments)
          }
        }
      }
    }
    return (result, moments)
  }

  /// The gradients of the input, the factors and the summands.
  func backward(
    _ x: Tensor<Scalar>, _ moments: Tensor<Scalar>, _ weight: Tensor<Scalar>?, _ gradient: Tensor<Scalar>
  ) -> (x: Tensor<Scalar>, weight: Tensor<Scalar>, bias: Tensor<Scalar>) {
    let factors = (weight ?? .ones(width)).scalars
    // Each piece adds up for itself, so that the sums do not depend on the number of threads.
    var sums = Tensor<Scalar>.zeros(pieces, 2, width)
    let slope = Tensor<Scalar>.filled(shape: x.shape) { target in
      sums.withMutableElements { sums in
        moments.withElements { moments in
          gradient.withElements { g in
            x.withElements { x in
              Kernels.forEachPiece(pieces) {
                Self.backwardRows(self, rows(of: $0), x, moments, factors, g, target, sums + $0 * 2 * width)
              }
            }
          }
        }
      }
    }
    let total = sums.sum(axis: 0)
    return (slope, total.row(0), total.row(1))
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private static func forwardRows(
    _ plan: RowNormalization, _ rows: Range<Int>, _ x: UnsafePointer<Scalar>, _ weight: [Scalar], _ bias: [Scalar],
    _ target: UnsafeMutablePointer<Scalar>, _ moments: UnsafeMutablePointer<Scalar>
  ) {
    let width = plan.width
    weight.withUnsafeBufferPointer { weight in
      bias.withUnsafeBufferPointer { bias in
        for row in rows {
          let (x, y) = (x + row &* width, target + row &* width)
          let mean = plan.isCentred ? Kernels.sum(width) { x[$0] } / Scalar(width) : 0
          let squares = Kernels.sum(width) { (i: Int) -> Scalar in
            let distance = x[i] - mean
            return distance * distance
          }
          let inverse = 1 / (squares / Scalar(width) + plan.epsilon).squareRoot()
          moments[2 &* row] = mean
          moments[2 &* row &+ 1] = inverse
          for i in 0..<width { y[i] = (x[i] - mean) * inverse * weight[i] + bias[i] }
        }
      }
    }
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private static func backwardRows(
    _ plan: RowNormalization, _ rows: Range<Int>, _ x: UnsafePointer<Scalar>, _ moments: UnsafePointer<Scalar>,
    _ weight: [Scalar], _ g: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>,
    _ sums: UnsafeMutablePointer<Scalar>
  ) {
    let width = plan.width
    weight.withUnsafeBufferPointer { weight in
      for row in rows {
        let (x, g, target) = (x + row &* width, g + row &* width, target + row &* width)
        let (mean, inverse) = (moments[2 &* row], moments[2 &* row &+ 1])
        let total = plan.isCentred ? Kernels.sum(width) { g[$0] * weight[$0] } / Scalar(width) : 0
        let along = Kernels.sum(width) { g[$0] * weight[$0] * (x[$0] - mean) } * inverse / Scalar(width)
        for i in 0..<width {
          let distance = (x[i] - mean) * inverse
          target[i] = inverse * (g[i] * weight[i] - total - distance * along)
          sums[i] += g[i] * distance
          sums[width &+ i] += g[i]
        }
      }
    }
  }
}

extension Variable {
  /// The numbers of the last axes, `width` of them, moved to mean 0 (if `isCentred`) and scaled to variance 1, times a
  /// factor and plus a summand for each place.
  func normalizedRows(
    _ width: Int, _ weight: Variable?, _ bias: Variable?, epsilon: Double, isCentred: Bool
  ) -> Variable {
    guard count > 0 else { return self }
    let plan = RowNormalization<Scalar>(
      rows: count / width, width: width, epsilon: Scalar(epsilon), isCentred: isCentred)
    let (x, factors) = (value, weight?.value)
    let (result, moments) = plan.forward(x, factors, bias?.value)
    let shapes = (weight?.shape, bias?.shape)
    return .computed(result, from: [self] + [weight, bias].compactMap { $0 }) { gradient in
      let parts = plan.backward(x, moments, factors, gradient)
      return [parts.x]
        + [shapes.0.map { parts.weight.reshaped(to: $0) }, shapes.1.map { parts.bias.reshaped(to: $0) }]
        .compactMap { $0 }
    }
  }
}
