import MartletNumerics

extension Layer {
  /// The lengths of the gradients of a model's single output with respect to each sample: `‖∇ₓ f(x)‖`, shape `[samples]`.
  ///
  /// The result can be part of a loss, as the gradient penalties of adversarial nets are. A tape gives first derivatives only,
  /// so the length is taken as the slope along the gradient's direction `u`, `(f(x + h·u) − f(x − h·u)) / 2h`, whose gradient
  /// with respect to the parameters is that of the length, since `u` is the steepest direction. Both are exact but for terms of
  /// `h²`, and for functions of degree two. Kinks between `x − h·u` and `x + h·u` make the gradient noisy: smooth bends, such as
  /// ``SiLU``, suit better than ReLU.
  ///
  /// - Parameters:
  ///   - x: samples, along the first axis. Each sample's output depends on that sample alone: no batch normalisation.
  ///   - step: `h`, in units of the samples; by default the cube root of the precision.
  ///   - mode: as the model is asked.
  /// - Complexity: three passes and a backward one.
  public func inputGradientLengths(
    _ x: Tensor<Scalar>, step: Double? = nil, mode: Mode = .inference
  ) -> Variable<Scalar> {
    var constant = self
    constant.forEachParameter { $1.entry = nil }
    let gradient = valueWithGradient(at: x) { constant($0, mode: mode).sum() }.gradient
    let samples = x.shape.first ?? 0
    let rows = gradient.reshaped(samples, -1)
    let lengths = (rows * rows).sum(axis: 1, keepDimensions: true).map { $0.squareRoot() }
    // Where the gradient is 0 no direction is steepest, and the slope is 0 along all.
    let directions = (rows / Tensor.maximum(lengths, Tensor(scalar: .leastNormalMagnitude))).reshaped(to: x.shape)
    let h = Scalar(step ?? (Scalar.self == Float.self ? 5e-3 : 6e-6))
    let difference = self(Variable(x + directions * h), mode: mode) - self(Variable(x - directions * h), mode: mode)
    guard difference.count == samples else {
      fatalError(
        "inputGradientLengths needs one output for each sample; found shape \(difference.shape) for \(samples).")
    }
    return difference.reshaped(samples) / (2 * h)
  }
}
