import CMartletRuntime
import MartletNumerics

extension Layer {
  /// The derivatives of each sample's outputs with respect to its inputs: `[samples, outputs, inputs]`.
  ///
  /// - Parameter x: samples along the first axis; all their numbers count as inputs. A sample's outputs depend on that sample
  ///   alone, as with a model in use.
  /// - Complexity: a forward and a backward pass for each output.
  public func inputJacobian(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    let output = self(x)
    let (samples, outputs) = (x.shape[0], output.count / max(output.shape[0], 1))
    let rows = (0..<outputs).map { number in
      martlet_poll()
      return valueWithGradient(at: x) {
        self($0, mode: .inference).flattened().slice(axis: 1, number..<number + 1).sum()
      }
      .gradient.reshaped(samples, 1, -1)
    }
    return .concatenated(rows, axis: 1)
  }

  /// How strongly outputs follow inputs: the mean over samples of `‖∂output/∂input‖²`, the squared Frobenius norm.
  ///
  /// Weight decay makes it smaller, and with it the gap to unseen samples: its second mechanism. For a linear model it is
  /// `‖W‖²` itself.
  ///
  /// Reference: Zhang, Wang, Xu and Grosse (2019), Three mechanisms of weight decay regularization, section 4.2; Novak et al.
  /// (2018), Sensitivity and generalization in neural networks.
  public func squaredJacobianNorm(_ x: Tensor<Scalar>) -> Double {
    inputJacobian(x).squaredNorm() / Double(max(x.shape.first ?? 0, 1))
  }
}
