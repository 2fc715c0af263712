import MartletDisplay

/// Holds a tensor against the one that it should be, element by element: each pair may be `tolerance` apart.
///
///     check(q.transposed() • q, closeTo: Matrix.eye(3), within: 1e-12, "the columns are orthonormal")
///
/// - Parameters:
///   - tensor: the numbers found.
///   - expected: the numbers that they should be, of the same shape.
///   - tolerance: the largest difference that counts as equal; at least 0. Default 1e-6.
///   - claim: the claim in words; by default the shape that agrees.
public func check<Scalar: TensorScalar & BinaryFloatingPoint>(
  _ tensor: Tensor<Scalar>, closeTo expected: Tensor<Scalar>, within tolerance: Double = 1e-6, _ claim: String? = nil,
  file: StaticString = #fileID, line: UInt = #line
) {
  guard tensor.shape == expected.shape else {
    return check(false, "a tensor of shape \(expected.shape); found \(tensor.shape)", file: file, line: line)
  }
  check(
    tensor.scalars.map(Double.init), closeTo: expected.scalars.map(Double.init), within: tolerance,
    claim ?? "tensors of shape \(expected.shape) agree within \(tolerance)", file: file, line: line)
}
