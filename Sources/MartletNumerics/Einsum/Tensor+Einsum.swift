extension Tensor where Scalar: TensorNumber {
  /// Products of tensors, summed over the axes that the result does not name.
  ///
  /// Each operand's axes are named by a letter each, then those of the result. Axes with the same letter run together; a
  /// letter twice in one operand picks its diagonal; `...` stands for all axes that are not named, and broadcasts.
  /// Without `->`, the result has the letters that occur once, in alphabetical order.
  ///
  ///     Tensor.einsum("ij,jk->ik", a, b)       // the matrix product
  ///     Tensor.einsum("ii", a)                 // the trace
  ///     Tensor.einsum("bij,bjk->bik", x, y)    // the products of pairs of matrices
  ///
  /// Two operands at a time, from the left, by matrix products. Stops the cell when text and shapes do not fit.
  /// - Complexity: that of the matrix products; O(all axes of two operands) at most.
  public static func einsum(_ text: String, _ operands: Tensor...) -> Tensor { einsum(text, operands) }

  /// The same for a list of operands.
  public static func einsum(_ text: String, _ operands: [Tensor]) -> Tensor {
    let plan = EinsumPlan(text, shapes: operands.map(\.shape))
    guard !operands.isEmpty else { EinsumPlan.stop(text, "at least one operand is needed") }
    var lengths: [EinsumPlan.Label: Int] = [:]
    for (operand, labels) in zip(operands, plan.operands) {
      for (length, label) in zip(operand.shape, labels) {
        let known = lengths[label] ?? 1
        guard known == length || known == 1 || length == 1 else {
          EinsumPlan.stop(text, "\(label.name) is \(known) long in one operand and \(length) in another")
        }
        lengths[label] = known == 1 ? length : known
      }
    }
    var rest = zip(operands, plan.operands).map { EinsumOperand($0, labels: $1, lengths: lengths) }
    var product = rest.removeFirst()
    while !rest.isEmpty {
      let next = rest.removeFirst()
      product = product.multiplied(by: next, keeping: rest.reduce(into: Set(plan.result)) { $0.formUnion($1.labels) })
    }
    return product.arranged(plan.result)
  }
}

/// A tensor whose axes have names.
struct EinsumOperand<Scalar: TensorNumber> {
  var tensor: Tensor<Scalar>
  var labels: [EinsumPlan.Label]

  private init(tensor: Tensor<Scalar>, labels: [EinsumPlan.Label]) {
    self.tensor = tensor
    self.labels = labels
  }

  /// Axes that share a label become one, the diagonal; axes of length 1 are stretched to their label's length.
  init(_ tensor: Tensor<Scalar>, labels: [EinsumPlan.Label], lengths: [EinsumPlan.Label: Int]) {
    let stretched = tensor.broadcast(to: labels.map { lengths[$0] ?? 1 })
    var (unique, shape, strides): ([EinsumPlan.Label], [Int], [Int]) = ([], [], [])
    for (axis, label) in labels.enumerated() {
      if let first = unique.firstIndex(of: label) {
        strides[first] += stretched.strides[axis]
      } else {
        unique.append(label)
        shape.append(stretched.shape[axis])
        strides.append(stretched.strides[axis])
      }
    }
    self.tensor = Tensor(storage: stretched.storage, shape: shape, strides: strides, offset: stretched.offset)
    self.labels = unique
  }

  /// The product, summed over the labels that are not kept.
  func multiplied(by other: EinsumOperand, keeping kept: Set<EinsumPlan.Label>) -> EinsumOperand {
    let left = summed { kept.contains($0) || other.labels.contains($0) }
    let right = other.summed { kept.contains($0) || labels.contains($0) }
    let shared = left.labels.filter { right.labels.contains($0) }
    let batch = shared.filter { kept.contains($0) }
    let contracted = shared.filter { !kept.contains($0) }
    let own = left.labels.filter { !shared.contains($0) }
    let others = right.labels.filter { !shared.contains($0) }
    let (b, m, k, n) = (left.lengths(batch), left.lengths(own), left.lengths(contracted), right.lengths(others))
    let remaining = batch + own + others
    if contracted.isEmpty {
      let ones = { (count: Int) in [Int](repeating: 1, count: count) }
      let x = left.arranged(batch + own).reshaped(to: b + m + ones(n.count))
      let y = right.arranged(batch + others).reshaped(to: b + ones(m.count) + n)
      return EinsumOperand(tensor: x * y, labels: remaining)
    }
    let size = { (shape: [Int]) in shape.reduce(1, *) }
    let x = left.arranged(batch + own + contracted).reshaped(to: [size(b), size(m), size(k)])
    let y = right.arranged(batch + contracted + others).reshaped(to: [size(b), size(k), size(n)])
    let product = size(b) == 1 ? x.row(0) • y.row(0) : x • y
    return EinsumOperand(tensor: product.reshaped(to: b + m + n), labels: remaining)
  }

  /// The tensor with its axes in the given order; axes that are not named are summed.
  func arranged(_ order: [EinsumPlan.Label]) -> Tensor<Scalar> {
    let rest = summed { order.contains($0) }
    // Not nil: every label of the order is one of this operand's.
    return rest.tensor.transposed(axes: order.map { label in rest.labels.firstIndex(of: label)! })
  }

  private func summed(except isKept: (EinsumPlan.Label) -> Bool) -> EinsumOperand {
    var result = self
    for (axis, label) in labels.enumerated().reversed() where !isKept(label) {
      result.tensor = result.tensor.sum(axis: axis)
      result.labels.remove(at: axis)
    }
    return result
  }

  private func lengths(_ wanted: [EinsumPlan.Label]) -> [Int] {
    // Not nil: every wanted label is one of this operand's.
    wanted.map { label in tensor.shape[labels.firstIndex(of: label)!] }
  }
}
