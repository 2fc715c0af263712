import MartletNumerics

/// For each query a mean of the values, weighted by how well the query fits the values' keys:
/// `softmax(queries · keysᵀ / √width) · values`.
///
///     let (output, weights) = scaledDotProductAttention(q, k, v, isCausal: true)
///     weights.shape      // [2, 8, 10, 10]: how much each query looks at each key, in rows that sum to 1
/// - Parameters:
///   - queries: shape `[…, queries, width]`.
///   - keys: shape `[…, keys, width]`.
///   - values: shape `[…, keys, any]`.
///   - hidden: true where a query must not see a key; any shape that broadcasts to `[…, queries, keys]`. A query that may see
///     no key gets zeros.
///   - isCausal: whether a query sees only the keys up to its own place. With more keys than queries the queries are the last
///     ones.
///   - dropout: what is applied to the weights in training.
/// - Returns: shape `[…, queries, any]`, and the weights, `[…, queries, keys]`.
/// - Complexity: O(queries · keys · width) time, O(queries · keys) memory, for each sample and head.
///
/// Reference: Vaswani et al. (2017), Attention is all you need.
public func scaledDotProductAttention<Scalar>(
  _ queries: Variable<Scalar>, _ keys: Variable<Scalar>, _ values: Variable<Scalar>, hidden: Tensor<Bool>? = nil,
  isCausal: Bool = false, dropout: Dropout<Scalar>? = nil, mode: Mode = .inference
) -> (output: Variable<Scalar>, weights: Variable<Scalar>) {
  guard queries.rank >= 2, keys.rank >= 2, values.rank >= 2, queries.shape.last == keys.shape.last,
    keys.shape[keys.rank - 2] == values.shape[values.rank - 2]
  else {
    fatalError(
      "scaledDotProductAttention needs queries [..., n, width], keys [..., m, width] and values [..., m, any]; found \(queries.shape), \(keys.shape) and \(values.shape)."
    )
  }
  let width = Double(keys.shape[keys.rank - 1])
  var scores = (queries * Scalar(1 / width.squareRoot())) • keys.transposed()
  let mask = AttentionMask.joined(
    hidden, isCausal ? .causal(queries.shape[queries.rank - 2], keys.shape[keys.rank - 2]) : nil)
  if let mask { scores = scores.filled(-.greatestFiniteMagnitude, where: mask) }
  var weights = scores.softmax()
  // A row without any key left is even after the softmax; the mask makes it zeros.
  if let mask, AttentionMask.hidesRows(mask) { weights = weights.filled(0, where: mask) }
  let used = dropout.map { $0(weights, mode: mode) } ?? weights
  return (used • values, weights)
}

/// Which keys are hidden from which queries.
enum AttentionMask {
  /// True where either is.
  static func joined(_ a: Tensor<Bool>?, _ b: Tensor<Bool>?) -> Tensor<Bool>? {
    guard let a, let b else { return a ?? b }
    return a | b
  }

  /// Whether some query may see no key.
  static func hidesRows(_ mask: Tensor<Bool>) -> Bool {
    guard let keys = mask.shape.last, keys > 0 else { return false }
    let scalars = mask.scalars
    return stride(from: 0, to: scalars.count, by: keys).contains { !scalars[$0..<$0 + keys].contains(false) }
  }
}

extension Tensor where Scalar == Bool {
  /// True where a key comes after a query, shape `[queries, keys]`: the last query sees all keys.
  ///
  ///     Tensor.causal(2, 3)      // [[false, false, true], [false, false, false]]
  public static func causal(_ queries: Int, _ keys: Int) -> Tensor<Bool> {
    let first = keys - queries
    return Tensor((0..<queries * keys).map { $0 % keys > $0 / keys + first }, shape: [queries, keys])
  }
}
