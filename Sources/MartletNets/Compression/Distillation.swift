import MartletNumerics

/// How far a student is from its teacher, and from the truth: `α · T² · KL(teacher_T ‖ student_T) + (1 − α) · cross entropy`.
///
/// `teacher_T` is `softmax(scores / T)`: a high temperature `T` shows which wrong classes the teacher holds for likely, and
/// that is what a small model learns from. The factor `T²` keeps the size of gradients.
///
///     let answers = teacher(x)                                              // scores, once
///     valueWithGradient(at: student) { distillationLoss($0(x), teacher: answers, y, temperature: 4) }
///
/// A teacher that gives probabilities, as a forest does, hands over their logarithms: those are scores too.
/// - Parameters:
///   - scores: the student's, shape `[samples, classes]`.
///   - teacher: the teacher's, of the same shape.
///   - labels: the true classes, counted from 0; `nil` where there are none, and then the teacher alone counts.
///   - temperature: above 0; 1 takes the teacher's probabilities as they are.
///   - alpha: how much the teacher counts: from 0 to 1.
///
/// Reference: Hinton, Vinyals and Dean (2015), Distilling the knowledge in a neural network.
public func distillationLoss<Scalar>(
  _ scores: Variable<Scalar>, teacher: Tensor<Scalar>, _ labels: Tensor<Int>? = nil, temperature: Double = 4,
  alpha: Double = 0.9
) -> Variable<Scalar> {
  scores.requireShape(teacher.shape, "distillationLoss")
  guard temperature > 0, (0...1).contains(alpha), scores.rank == 2 else {
    fatalError(
      "distillationLoss needs scores [samples, classes], a temperature above 0 and alpha from 0 to 1; found \(scores.shape), \(temperature) and \(alpha)."
    )
  }
  let soft = (Variable(teacher) / Scalar(temperature)).softmax().value
  let imitation =
    klDivergence((scores / Scalar(temperature)).logSoftmax(), soft) * Scalar(temperature * temperature)
  guard let labels else { return imitation }
  return imitation * Scalar(alpha) + crossEntropy(scores, labels) * Scalar(1 - alpha)
}
