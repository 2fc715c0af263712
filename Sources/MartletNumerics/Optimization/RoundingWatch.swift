/// Notices when rounding hides all further progress of a minimisation: for several steps, the value has fallen by no more
/// than its rounding, and the gradient has not shrunk to half of the least so far.
struct RoundingWatch {
  private var leastGradient = Double.infinity
  private var idleSteps = 0

  private static let patience = 4

  /// Whether the last step changed nothing that counts.
  var isIdle: Bool { idleSteps > 0 }
  /// Whether more steps would change nothing, either.
  var hasStalled: Bool { idleSteps >= Self.patience }

  /// - Parameters:
  ///   - before: the value before a step.
  ///   - after: the value after it.
  ///   - gradient: the largest component of the gradient after it.
  mutating func note(_ before: Double, _ after: Double, gradient: Double) {
    let rounding = 64 * Double.ulpOfOne * max(abs(before), abs(after))
    let isProgress = before - after > rounding || gradient < leastGradient / 2
    idleSteps = isProgress ? 0 : idleSteps + 1
    leastGradient = min(leastGradient, gradient)
  }
}
