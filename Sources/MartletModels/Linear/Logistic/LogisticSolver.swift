/// How ``LogisticRegression`` looks for its minimum. There is one, and every way ends there; they differ in what a step
/// costs and in how many it takes. (scikit-learn: `solver`)
///
///     let method = LogisticRegression<Int>(solver: .newtonCholesky)
///
/// On two cores, 100,000 samples of 10 features of one size take 0.017 s by ``lbfgs``, 0.087 s by ``newtonCholesky`` and 0.36 s by
/// ``saga(seed:)``; of sizes from 1/100 to 100 times that, 2.6 s by ``lbfgs`` and 0.07 s by ``newtonCholesky``. So: features of very
/// different sizes that are not to be scaled, and few of them, ``newtonCholesky``; anything else, ``automatic``.
public enum LogisticSolver: Sendable, Equatable {
  /// What suits most data: ``lbfgs``.
  case automatic
  /// The gradient of all samples and a memory of ten steps: ``LBFGS``, and ``OrthantWiseLBFGS`` where sizes of weights are
  /// penalised. O(n · d · classes) a step on all cores, O(d · classes) memory; the more alike the features' spreads, the
  /// fewer steps. (scikit-learn: `lbfgs`, which knows no absolute values)
  case lbfgs
  /// All second derivatives, and a system of linear equations for each step: ``NewtonMinimizer``. O(n · p² + p³) a step and
  /// O(p²) memory for `p` weights and intercepts of all classes; five to ten steps, whatever the features' sizes. For
  /// `l1Ratio` 0. (scikit-learn: `newton-cholesky`)
  case newtonCholesky
  /// One sample at a time, made steady by the mean of what all samples said last. O(d · classes) a step, O(n · classes)
  /// memory; of sparse samples a step looks at what is stored alone. An iteration is as many steps as there are samples,
  /// in an order that `seed` fixes: `nil` for another every time. On samples that fit into memory ``lbfgs`` was faster in
  /// every case measured; it is here to be compared with, and to be learned from. Scale features first. (scikit-learn: `saga`)
  ///
  /// Reference: Defazio, Bach and Lacoste-Julien (2014), SAGA: a fast incremental gradient method with support for
  /// non-strongly convex composite objectives.
  case saga(seed: UInt64? = nil)
}

/// Where a solver has come to.
struct LogisticSolution {
  /// The rows of weights, then the intercepts.
  let point: [Double]
  let iterations: Int
  let hasConverged: Bool
}
