import WorkerLink

/// What came of evaluating Swift.
struct Evaluation: Sendable {
  var outcome: CellOutcome
  /// How long the compiler and the linker took; nothing when there was nothing to compile.
  var compilation = Duration.zero
  /// What the code used as it ran; `nil` when it did not run, or its process is gone.
  var usage: CellUsage?
}
