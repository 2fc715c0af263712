import MartletNumerics

/// One problem of two classes for each pair of classes.
struct ClassPairs: Sendable {
  let x: Matrix
  let codes: [Int]
  let classCount: Int
  /// What each sample costs on the wrong side; with ``marginShare``, how much it counts.
  let costs: [Double]
  /// The share of samples that may be within the margin, instead of what they cost there. (ν)
  var marginShare: Double?
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
  func solved() throws(FitError) -> [Border] {
    let counted = codes.indices.filter { costs[$0] > 0 }
    var borders: [Border] = []
    for (first, second) in pairs { borders.append(try border(first, second, of: counted)) }
    return borders
  }

  /// The border between two classes, learned from some of the samples.
  private func border(_ first: Int, _ second: Int, of rows: [Int]) throws(FitError) -> Border {
    let samples = rows.filter { codes[$0] == first || codes[$0] == second }
    let signs = samples.map { codes[$0] == first ? 1.0 : -1.0 }
    guard signs.contains(1), signs.contains(-1) else {
      return Border(samples: [], coefficients: [], intercept: signs.first ?? 0, steps: 0, hasConverged: true)
    }
    let part = kernel == .precomputed ? x[rows: samples].transposed()[rows: samples].transposed() : x[rows: samples]
    let similar = try KernelRows(part, kernel)
    if let marginShare { return border(samples, signs, similar, marginShare) }
    let solution = solver.solve(
      similar, signs: signs, linear: samples.map { _ in -1 }, limits: samples.map { costs[$0] })
    let coefficients = samples.indices.map { signs[$0] * solution.multipliers[$0] }
    return Border(samples, coefficients, solution, scale: 1)
  }

  /// The border that leaves a share of the samples within its margin.
  ///
  /// Each class's multipliers sum to half of that share. The first class's are the first half of the variables, the second
  /// class's the second half; a sample's variable in the other half cannot move.
  private func border(_ samples: [Int], _ signs: [Double], _ similar: KernelRows, _ share: Double) -> Border {
    let counts = samples.map { costs[$0] }
    let halves = [1.0, -1].map { sign in samples.indices.map { signs[$0] == sign ? counts[$0] : 0 } }
    let sum = share * counts.reduce(0, +) / 2
    let solution = solver.solveHalves(
      similar, linear: [Double](repeating: 0, count: 2 * samples.count), limits: halves[0] + halves[1],
      start: halves.flatMap { VectorSolver.filled($0, to: sum) })
    let coefficients = samples.indices.map { place in
      signs[place] * (solution.multipliers[place] + solution.multipliers[samples.count + place])
    }
    // Values at the margin are brought to 1, as where samples have costs.
    return Border(samples, coefficients, solution, scale: solution.margin > 0 ? 1 / solution.margin : 1)
  }

  /// For each pair how decision values become probabilities, learned from values of samples that were left out.
  func probabilityLinks(seed: UInt64) throws(FitError) -> [PlattScaling] {
    let streams = PCG64.streams(seed: seed, count: pairs.count)
    var links: [PlattScaling] = []
    for (pair, stream) in zip(pairs, streams) {
      let (first, second) = pair
      var random = stream
      var samples = codes.indices.filter { costs[$0] > 0 && (codes[$0] == first || codes[$0] == second) }
      random.shuffle(&samples)
      let folds = min(5, samples.count)
      var (decisions, isFirst): ([Double], [Bool]) = ([], [])
      for fold in 0..<folds {
        let held = samples[fold * samples.count / folds..<(fold + 1) * samples.count / folds]
        let out = Set(held)
        let border = try border(first, second, of: samples.filter { !out.contains($0) }.sorted())
        decisions += try values(of: Array(held), border)
        isFirst += held.map { codes[$0] == first }
      }
      links.append(PlattScaling(decisions, isFirst))
    }
    return links
  }

  private func values(of samples: [Int], _ border: Border) throws(FitError) -> [Double] {
    guard !border.samples.isEmpty, !samples.isEmpty else { return samples.map { _ in border.intercept } }
    let similar =
      kernel == .precomputed
      ? x[rows: samples].transposed()[rows: border.samples].transposed()
      : try kernel.similarities(x[rows: samples], x[rows: border.samples])
    return (similar • Matrix(border.coefficients) + border.intercept).scalars
  }
}

extension ClassPairs.Border {
  /// A border of what was found, its values multiplied by `scale`.
  fileprivate init(
    _ samples: [Int], _ coefficients: [Double], _ solution: SequentialMinimalOptimization.Solution, scale: Double
  ) {
    let used = samples.indices.filter { coefficients[$0] != 0 }
    self.init(
      samples: used.map { samples[$0] }, coefficients: used.map { coefficients[$0] * scale },
      intercept: solution.intercept * scale, steps: solution.steps, hasConverged: solution.hasConverged)
  }
}
