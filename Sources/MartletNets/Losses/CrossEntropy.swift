import MartletNumerics

/// How badly scores tell classes apart: `−log softmax(scores)[label]`, averaged.
///
///     crossEntropy(model(x), Tensor([3, 0, 9]))
/// - Parameters:
///   - scores: any numbers, shape `[…, classes]`; not probabilities.
///   - labels: the true classes, counted from 0, shape `[…]`.
///   - weights: how much each class counts, shape `[classes]`.
///   - smoothing: the part of the truth that is spread evenly over all classes: from 0 to 1. (Szegedy et al., 2016)
///   - ignoring: a label for places that do not count, such as padding.
///   - reduction: what is made of the losses of single samples.
/// - Complexity: one pass over the scores, one for the gradient.
public func crossEntropy<Scalar>(
  _ scores: Variable<Scalar>, _ labels: Tensor<Int>, weights: Tensor<Scalar>? = nil, smoothing: Double = 0,
  ignoring: Int? = nil, reduction: LossReduction = .mean
) -> Variable<Scalar> {
  let targets = ClassTargets(labels, scores.shape, weights, ignoring, "crossEntropy")
  let width = targets.classes
  let logarithms = Variable(scores.value).logSoftmax().value
  let shares = targets.shares(reduction, Scalar.self)
  var losses = [Scalar](repeating: 0, count: targets.labels.count)
  let (sharp, even) = (Scalar(1 - smoothing), Scalar(smoothing / Double(width)))
  let factors = weights?.scalars
  if logarithms.count > 0 {
    logarithms.withElements { logarithms in
      for (row, label) in targets.labels.enumerated() where label >= 0 {
        let row = (number: row, start: logarithms + row * width)
        var loss = -row.start[label] * sharp * (factors?[label] ?? 1)
        if smoothing > 0 {
          // Each class's part of the smoothed truth counts as much as the class does.
          for c in 0..<width { loss -= row.start[c] * even * (factors?[c] ?? 1) }
        }
        losses[row.number] = loss
      }
    }
  }
  let each = Tensor(losses, shape: labels.shape)
  let value = reduction == .none ? each : Tensor(scalar: zip(losses, shares).reduce(0) { $0 + $1.0 * $1.1 })
  let shape = scores.shape
  return .computed(value, from: [scores]) { gradient in
    // softmax − truth, times what the sample counts.
    let outer = gradient.scalars
    var slope = Tensor<Scalar>.zeros(shape: shape)
    guard slope.count > 0 else { return [slope] }
    slope.withMutableElements { target in
      logarithms.withElements { logarithms in
        Kernels.forEachRange(targets.labels.count, cost: 8 * width) { rows in
          let start = rows.lowerBound * width
          Scalar._apply(.exp, logarithms + start, target + start, rows.count * width)
          for row in rows {
            let target = target + row * width
            let scale = shares[row] * (outer.count == 1 ? outer[0] : outer[row])
            let label = targets.labels[row]
            CrossEntropyKernels.slope(
              target, width, label: label, scale: label < 0 ? 0 : scale, sharp: sharp, even: even, factors)
          }
        }
      }
    }
    return [slope]
  }
}

/// How badly logarithms of probabilities fit classes: `−logProbabilities[label]`, averaged.
///
/// - Parameters: as for ``crossEntropy(_:_:weights:smoothing:ignoring:reduction:)``, with logarithms instead of scores.
public func negativeLogLikelihood<Scalar>(
  _ logProbabilities: Variable<Scalar>, _ labels: Tensor<Int>, weights: Tensor<Scalar>? = nil, ignoring: Int? = nil,
  reduction: LossReduction = .mean
) -> Variable<Scalar> {
  let targets = ClassTargets(labels, logProbabilities.shape, weights, ignoring, "negativeLogLikelihood")
  let places = Tensor(targets.labels.map { Swift.max($0, 0) }, shape: labels.shape + [1])
  let chosen = logProbabilities.taking(places, axis: -1).reshaped(to: labels.shape)
  let factors = weights?.scalars
  let counted = targets.labels.map { $0 < 0 ? Scalar(0) : -(factors?[$0] ?? 1) }
  let each = chosen * Variable(Tensor(counted, shape: labels.shape))
  return reduction == .none
    ? each : (each * Variable(Tensor(targets.shares(reduction, Scalar.self), shape: labels.shape))).sum()
}

/// Class labels and what they count, checked against the shape of scores.
struct ClassTargets<Scalar: NetScalar> {
  let classes: Int
  /// The labels in row-major order; -1 for those that do not count.
  let labels: [Int]
  private let total: Double

  init(_ labels: Tensor<Int>, _ shape: [Int], _ weights: Tensor<Scalar>?, _ ignored: Int?, _ name: String) {
    guard let classes = shape.last, Array(shape.dropLast()) == labels.shape else {
      fatalError(
        "\(name) needs scores [..., classes] and labels [...]: scores are \(shape), labels are \(labels.shape).")
    }
    if let weights, weights.shape != [classes] {
      fatalError("\(name) needs a weight for each of the \(classes) classes; found weights of shape \(weights.shape).")
    }
    if let wrong = labels.scalars.first(where: { $0 != ignored && !(0..<classes).contains($0) }) {
      fatalError("\(name): label \(wrong) is not one of the \(classes) classes, which are counted from 0.")
    }
    self.classes = classes
    self.labels = labels.scalars.map { $0 == ignored ? -1 : $0 }
    let factors = weights?.scalars
    total = self.labels.reduce(0) { $0 + ($1 < 0 ? 0 : Double(factors?[$1] ?? 1)) }
  }

  /// What each sample's loss is multiplied by.
  func shares(_ reduction: LossReduction, _: Scalar.Type) -> [Scalar] {
    let share = reduction == .mean ? Scalar(1 / total) : 1
    return labels.map { $0 < 0 ? 0 : share }
  }
}

enum CrossEntropyKernels {
  /// Turns probabilities into the slope of the loss.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func slope<Scalar: NetScalar>(
    _ row: UnsafeMutablePointer<Scalar>, _ width: Int, label: Int, scale: Scalar, sharp: Scalar, even: Scalar,
    _ factors: [Scalar]?
  ) {
    guard label >= 0 else { return row.update(repeating: 0, count: width) }
    let factor = factors?[label] ?? 1
    var sum = sharp * factor
    if even == 0 {
      for i in 0..<width { row[i] *= scale * sum }
    } else {
      for i in 0..<width { sum += even * (factors?[i] ?? 1) }
      for i in 0..<width { row[i] = scale * (row[i] * sum - even * (factors?[i] ?? 1)) }
    }
    row[label] -= scale * sharp * factor
  }
}
