import MartletNumerics

extension Variable {
  /// The matrix product; with more than two axes, of the matrices in the last two, where the others broadcast.
  ///
  /// `[…, m, k] • […, k, n]` is `[…, m, n]`; one axis stands for a row on the left and a column on the right.
  /// - Complexity: O(m · k · n) for each pair of matrices, and twice that for the gradients.
  public static func • (a: Variable, b: Variable) -> Variable {
    guard a.rank != 1 else {
      guard b.rank != 1 else { return (a * b).sum() }
      let product = a.reshaped(1, -1) • b
      return product.reshaped(to: product.shape.dropLast(2) + [product.shape[product.rank - 1]])
    }
    guard b.rank != 1 else {
      let product = a • b.reshaped(-1, 1)
      return product.reshaped(to: product.shape.dropLast())
    }
    let (x, y, aTracked, bTracked) = (a.value, b.value, a.isTracked, b.isTracked)
    return computed(MatrixProducts.product(x, y), from: [a, b]) { gradient in
      [
        aTracked ? productGradient(gradient, swapped(y), shape: x.shape) : nil,
        bTracked ? rightGradient(x, gradient, shape: y.shape) : nil,
      ]
    }
  }

  private static func productGradient(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>, shape: [Int]) -> Tensor<Scalar> {
    MatrixProducts.product(a, b).summed(to: shape)
  }

  /// Where one matrix served a whole batch, the batch's rows are those of one tall matrix.
  private static func rightGradient(
    _ x: Tensor<Scalar>, _ gradient: Tensor<Scalar>, shape: [Int]
  ) -> Tensor<Scalar> {
    guard shape.count == 2, x.rank > 2 else { return productGradient(swapped(x), gradient, shape: shape) }
    return MatrixProducts.product(x.reshaped(-1, shape[0]).transposed(), gradient.reshaped(-1, shape[1]))
  }

  private static func swapped(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    var axes = Array(x.shape.indices)
    axes.swapAt(x.rank - 1, x.rank - 2)
    return x.transposed(axes: axes)
  }

  /// `x · weightᵀ + bias` in one pass: what a dense layer computes.
  ///
  /// - Parameters:
  ///   - weight: shape `[outputs, inputs]`, as PyTorch stores it.
  ///   - bias: shape `[outputs]`.
  /// - Returns: shape `[…, outputs]` for this variable's `[…, inputs]`.
  public func linear(_ weight: Variable, _ bias: Variable? = nil) -> Variable {
    guard weight.rank == 2, rank >= 1, shape[rank - 1] == weight.shape[1],
      bias.map({ $0.shape == [weight.shape[0]] }) ?? true
    else {
      fatalError(
        "linear needs inputs [..., \(weight.shape.last ?? 0)] for weights \(weight.shape), and a bias of as many numbers as outputs; found \(shape)\(bias.map { " and a bias \($0.shape)" } ?? "")."
      )
    }
    let (outputs, inputs) = (weight.shape[0], weight.shape[1])
    let (x, w) = (value.reshaped(-1, inputs), weight.value)
    let (inputTracked, weightTracked, hasBias, shape) = (isTracked, weight.isTracked, bias != nil, shape)
    let result = Self.linearProduct(x, w, bias?.value).reshaped(to: shape.dropLast() + [outputs])
    return .computed(result, from: [self, weight] + (bias.map { [$0] } ?? [])) { gradient in
      let rows = gradient.reshaped(-1, outputs)
      return [
        inputTracked ? MatrixProducts.product(rows, w).reshaped(to: shape) : nil,
        weightTracked ? MatrixProducts.product(rows.transposed(), x) : nil,
        hasBias ? rows.summed(to: [outputs]) : nil,
      ]
    }
  }

  private static func linearProduct(
    _ x: Tensor<Scalar>, _ weight: Tensor<Scalar>, _ bias: Tensor<Scalar>?
  ) -> Tensor<Scalar> {
    guard let bias, x.count > 0, weight.count > 0 else {
      return MatrixProducts.product(x, weight.transposed())
    }
    let (rows, inputs, outputs) = (x.shape[0], x.shape[1], weight.shape[0])
    return .filled(shape: [rows, outputs]) { target in
      bias.withElements { Kernels.repeatRow($0, target, rows: rows, width: outputs) }
      x.withElements { x in
        weight.withElements { weight in
          SharedProduct(
            (
              _ProductFactor(start: x, rowLength: inputs),
              _ProductFactor(start: weight, rowLength: inputs, isTransposed: true),
              _ProductTarget(start: target, rowLength: outputs, m: rows, n: outputs, k: inputs, adding: true)
            )
          ).run()
        }
      }
    }
  }
}
