import MartletNumerics

/// One problem of two classes for each pair of classes.
struct ClassPairs: Sendable {
  let x: Matrix
  let codes: [Int]
  let classCount: Int
  /// What each sample costs on the wrong side.
  let costs: [Double]
  let kernel: FittedKernel
  let solver: VectorSolver

  /// The pairs in order: 0 and 1, 0 and 2, …, 1 and 2, ….
  var pairs: [(Int, Int)] {
    (0..<classCount).flatMap { first in (first + 1..<max(classCount, first + 1)).map { (first, $0) } }
  }

  /// What separates a pair of classes: positive for the first.
  struct Border: Sendable {
    /// Samples with a coefficient that is not zero, in ascending order.
    let samples: [Int]
    /// Multiplier times sign.
    let coefficients: [Double]
    let intercept: Double
    let steps: Int
    let hasConverged: Bool
  }

  /// The borders of all pairs.
  ///
  /// One after the other, on the thread that notices interrupts; what is shared between the cores is the kernel's rows.
  func solved() -> [Border] {
    pairs.map { border($0.0, $0.1, of: codes.indices.filter { costs[$0] > 0 }) }
  }

  /// The border between two classes, learned from some of the samples.
  private func border(_ first: Int, _ second: Int, of rows: [Int]) -> Border {
    let samples = rows.filter { codes[$0] == first || codes[$0] == second }
    let signs = samples.map { codes[$0] == first ? 1.0 : -1.0 }
    guard signs.contains(1), signs.contains(-1) else {
      return Border(samples: [], coefficients: [], intercept: signs.first ?? 0, steps: 0, hasConverged: true)
    }
    let part = kernel == .precomputed ? x[rows: samples].transposed()[rows: samples].transposed() : x[rows: samples]
    let solution = solver.solve(
      KernelRows(part, kernel), signs: signs, linear: samples.map { _ in -1 }, limits: samples.map { costs[$0] })
    let used = samples.indices.filter { solution.multipliers[$0] > 0 }
    return Border(
      samples: used.map { samples[$0] }, coefficients: used.map { signs[$0] * solution.multipliers[$0] },
      intercept: solution.intercept, steps: solution.steps, hasConverged: solution.hasConverged)
  }

  /// For each pair how decision values become probabilities, learned from values of samples that were left out.
  func probabilityLinks(seed: UInt64) -> [PlattScaling] {
    let streams = PCG64.streams(seed: seed, count: pairs.count)
    return zip(pairs, streams).map { pair, stream in
      let (first, second) = pair
      var random = stream
      var samples = codes.indices.filter { costs[$0] > 0 && (codes[$0] == first || codes[$0] == second) }
      random.shuffle(&samples)
      let folds = min(5, samples.count)
      var (decisions, isFirst): ([Double], [Bool]) = ([], [])
      for fold in 0..<folds {
        let held = samples[fold * samples.count / folds..<(fold + 1) * samples.count / folds]
        let out = Set(held)
        let border = border(first, second, of: samples.filter { !out.contains($0) }.sorted())
        decisions += values(of: Array(held), border)
        isFirst += held.map { codes[$0] == first }
      }
      return PlattScaling(decisions, isFirst)
    }
  }

  private func values(of samples: [Int], _ border: Border) -> [Double] {
    guard !border.samples.isEmpty, !samples.isEmpty else { return samples.map { _ in border.intercept } }
    let similar =
      kernel == .precomputed
      ? x[rows: samples].transposed()[rows: border.samples].transposed()
      : kernel.similarities(x[rows: samples], x[rows: border.samples])
    return (similar • Matrix(border.coefficients) + border.intercept).scalars
  }
}
