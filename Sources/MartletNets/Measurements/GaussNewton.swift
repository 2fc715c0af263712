import CMartletRuntime
import MartletNumerics

/// The curvature of a classifier's cross entropy: `G = mean over samples of Jᵀ · H · J`, with the derivatives `J` of the scores
/// with respect to the parameters and the curvature `H = diag(p) − p·pᵀ` of the loss with respect to the scores.
///
///     let curvature = GaussNewton(model, x, classes: 10)
///     model = curvature.step(model, along: gradients, damping: 0.1)        // θ − (G + damping · I)⁻¹ · gradient
///     curvature.dampingRatio(0.1)                                         // damping against the mean curvature
///
/// Second-order methods divide gradients by `G + damping · I`. Where a normalisation follows, `G` grows as weights shrink, like
/// `1/‖w‖²`; the damping then counts for less and the method is more of second order: the third mechanism of weight decay.
///
/// The whole matrix is made, so it is for nets with up to a few thousand parameters.
///
/// Reference: Zhang, Wang, Xu and Grosse (2019), Three mechanisms of weight decay regularization, section 4.3; Martens (2020),
/// New insights and perspectives on the natural gradient method.
public struct GaussNewton: Sendable {
  /// The matrix, `[parameters, parameters]`, in the order of ``names``.
  public let matrix: Matrix
  /// The paths of the parameters.
  public let names: [String]

  /// - Parameters:
  ///   - model: gives scores `[samples, classes]`.
  ///   - x: samples, along the first axis.
  ///   - mode: as the model is asked: with `.training(seed:)` batch normalisation uses the batch.
  /// - Complexity: a backward pass for each class of each sample, and O(samples · classes · parameters²).
  public init<Model: Layer<Double>>(_ model: Model, _ x: Tensor<Double>, mode: Mode = .inference) {
    let scores = model(Variable(x), mode: mode).value
    let learned = model.parameters.filter(\.parameter.isLearned)
    names = learned.map(\.name)
    let (samples, classes) = (scores.shape[0], scores.shape[1])
    let probabilities = Variable(scores).softmax().value
    let count = learned.reduce(0) { $0 + $1.parameter.count }
    var sum = Matrix.zeros(count, count)
    for sample in 0..<samples {
      martlet_poll()
      let rows = (0..<classes).map { number in
        let gradients = valueWithGradient(at: model) {
          $0(Variable(x), mode: mode)[indices: [sample..<sample + 1, number..<number + 1]].sum()
        }.gradient
        return learned.flatMap { gradients[$0.name]?.scalars ?? [Double](repeating: 0, count: $0.parameter.count) }
      }
      let (jacobian, p) = (Matrix(rows), probabilities.row(sample))
      // Jᵀ(diag p − ppᵀ)J as a product of one matrix with itself: rows √p · (J − pᵀJ).
      let centred = jacobian - p.reshaped(1, -1) • jacobian
      let weighted = centred * p.reshaped(-1, 1).map { $0.squareRoot() }
      let part = weighted.transposed() • weighted
      sum += part
    }
    matrix = sum / Double(max(samples, 1))
  }

  /// The mean of the matrix's eigenvalues, `trace / parameters`.
  public var meanCurvature: Double { matrix.diagonal().mean() }

  /// How much damping counts: `damping / (damping + mean curvature)`, near 1 for a method that follows gradients and near 0 for
  /// one of second order.
  public func dampingRatio(_ damping: Double) -> Double { damping / (damping + meanCurvature) }

  /// The model after a step `−learningRate · (G + damping · I)⁻¹ · gradient`.
  ///
  /// - Throws: `LinearAlgebraError` where the matrix is not positive definite; a damping above 0 prevents that.
  public func step<Model: Module<Double>>(
    _ model: Model, along gradients: Gradients<Double>, damping: Double, learningRate: Double = 1
  ) throws -> Model {
    var model = model
    let slope = names.flatMap { name in
      gradients[name]?.scalars ?? [Double](repeating: 0, count: model[name].count)
    }
    let change = try (matrix + Matrix.eye(slope.count) * damping).solvePositiveDefinite(Matrix(slope)).scalars
    var start = 0
    for name in names {
      let value = model[name]
      let part = Matrix(Array(change[start..<start + value.count]), shape: value.shape)
      model[name] = value - part * learningRate
      start += value.count
    }
    return model
  }
}
