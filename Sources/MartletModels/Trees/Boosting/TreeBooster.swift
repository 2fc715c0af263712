import CMartletRuntime
import MartletNumerics

/// Adds trees round by round, each fitted to the derivatives of the loss at the scores so far.
struct TreeBooster<Objective: BoostingObjective> {
  let objective: Objective
  let parameters: BoostingParameters
  let samples: BoostingSamples
  /// Samples that are not learned from, to see when to stop.
  let evaluation: BoostingSamples?
  /// Told after each round: its number, and the loss on the evaluation samples.
  let onRound: ((Int, Double?) -> Void)?

  /// - Throws: ``FitError`` of kind `parameter` when a categorical feature has too many categories.
  func fit() throws(FitError) -> BoostedTrees {
    let count = samples.targets.count
    let outputs = objective.outputCount
    let engine = try TreeEngine(samples.x, parameters, weights: samples.weights)
    var fitted = BoostedTrees(
      baseline: objective.baseline(samples.targets, samples.weights), featureCount: samples.x.shape[1])
    var scores = startScores(fitted.baseline, count)
    var evaluationScores = startScores(fitted.baseline, evaluation?.targets.count ?? 0)
    var gradients = [Double](repeating: 0, count: count * outputs)
    var hessians = gradients
    var best = (round: 0, loss: Double.infinity)
    let progress = FitProgress.begin("rounds", of: parameters.rounds)
    for round in 0..<parameters.rounds {
      martlet_poll()
      defer { progress?.advance() }
      let objective = objective.adapted(scores, samples.targets, samples.weights)
      differentiate(objective, scores, &gradients, &hessians)
      for output in 0..<outputs {
        let tree = engine.grow(
          gradients[output * count..<(output + 1) * count], hessians[output * count..<(output + 1) * count],
          &scores, output: output, of: outputs, targets: samples.targets,
          residualAnswer: objective.answersResiduals ? { objective.answer(toResiduals: $0, $1) } : nil, round: round)
        fitted.trees.append(tree)
      }
      let loss = evaluate(fitted.trees.suffix(outputs), &evaluationScores)
      onRound?(round + 1, loss)
      guard let loss else { continue }
      fitted.evaluationLosses.append(loss)
      if loss < best.loss { best = (round, loss) }
      if let patience = parameters.earlyStoppingRounds, round - best.round >= patience { break }
    }
    if evaluation != nil && parameters.earlyStoppingRounds != nil {
      fitted.trees.removeLast(fitted.trees.count - (best.round + 1) * outputs)
    }
    return fitted
  }

  private func startScores(_ baseline: [Double], _ count: Int) -> [Double] {
    var scores: [Double] = []
    scores.reserveCapacity(count * baseline.count)
    for _ in 0..<count { scores += baseline }
    return scores
  }

  private func differentiate(
    _ objective: Objective, _ scores: [Double], _ gradients: inout [Double], _ hessians: inout [Double]
  ) {
    let count = samples.targets.count
    scores.withUnsafeBufferPointer { scores in
      samples.targets.withUnsafeBufferPointer { targets in
        gradients.withUnsafeMutableBufferPointer { gradients in
          hessians.withUnsafeMutableBufferPointer { hessians in
            // Each piece writes the places of its own rows. There are samples, so no buffer is empty.
            nonisolated(unsafe) let (scores, targets) = (scores.baseAddress!, targets.baseAddress!)
            nonisolated(unsafe) let (gradients, hessians) = (gradients.baseAddress!, hessians.baseAddress!)
            Parallel.forEachRange(count, length: 1 << 13) { _, rows in
              objective.differentiate(rows, of: count, scores, targets, gradients, hessians)
              guard let weights = samples.weights else { return }
              for output in 0..<objective.outputCount {
                for row in rows {
                  gradients[output * count + row] *= weights[row]
                  hessians[output * count + row] *= weights[row]
                }
              }
            }
          }
        }
      }
    }
  }

  private func evaluate(_ trees: ArraySlice<DecisionTree>, _ scores: inout [Double]) -> Double? {
    guard let evaluation else { return nil }
    TreeSum.add(Array(trees), evaluation.x.scalars, to: &scores, width: objective.outputCount) { $0 }
    return objective.loss(scores, evaluation.targets, evaluation.weights)
  }
}
