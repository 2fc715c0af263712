import MartletNumerics

/// Where sequences of different lengths end that lie in one block, `[steps, samples, numbers]`.
struct SequenceEnds: Sendable {
  private let lengths: [Int]
  private let steps: Int

  init(_ lengths: [Int], steps: Int) { (self.lengths, self.steps) = (lengths, steps) }

  /// Each sequence from its end to its start; what is behind the end stays where it is.
  func reversed<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> {
    let samples = lengths.count
    let rows = (0..<steps).flatMap { step in
      lengths.indices.map { (step < lengths[$0] ? lengths[$0] - 1 - step : step) * samples + $0 }
    }
    return x.reshaped(to: [steps * samples, x.shape[2]]).gathered(Tensor(rows)).reshaped(to: x.shape)
  }

  /// Zeros behind the ends.
  func cleared<Scalar: NetScalar>(_ x: Variable<Scalar>) -> Variable<Scalar> {
    let counts = (0..<steps).flatMap { step in lengths.map { step < $0 ? Scalar(1) : 0 } }
    return x * Variable(Tensor(counts, shape: [steps, lengths.count, 1]))
  }
}
