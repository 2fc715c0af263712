import CMartletRuntime
import MartletDisplay
import MartletNumerics
import MartletPlots

/// How the loss goes when the learning rate rises step by step: which rate suits.
///
///     let search = LearningRateFinder.search(model, Adam(), loader) { model, batch, mode in
///       crossEntropy(model(batch.x, mode: mode), batch.y)
///     }
///     search.suggestion      // the rate at which the loss falls fastest
///
/// The model stays as it is.
///
/// Reference: Smith (2017), Cyclical learning rates for training neural networks.
public struct LearningRateFinder: Sendable, RichDisplayable {
  /// The rates tried, from small to large.
  public let rates: [Double]
  /// The smoothed losses.
  public let losses: [Double]

  /// Where the loss falls fastest for a step in the logarithm of the rate; `nil` when it never falls. Each fall is taken over a
  /// tenth of the search, since single batches jump.
  public var suggestion: Double? {
    let reach = max(1, losses.count / 20)
    let places = losses.indices.dropFirst(reach).dropLast(reach)
    func fall(_ place: Int) -> Double { losses[place - reach] - losses[place + reach] }
    guard let place = places.max(by: { fall($0) < fall($1) }), fall(place) > 0 else { return nil }
    return rates[place]
  }

  /// The losses over the rates.
  public func displayBundle() -> DisplayBundle {
    Chart { LineMark(x: rates, y: losses) }.title("Learning rate")
      .subtitle(suggestion.map { "falls fastest at \(TrainingHistory.short($0))" } ?? "never falls")
      .xLabel("learning rate").yLabel("loss").xScale(.log).displayBundle()
  }

  /// Trains a copy of the model with rates from `from` to `to`, and ends early when the loss is four times its smallest.
  ///
  /// - Throws: what goes wrong while a batch is made; nothing with a ``DataLoader``.
  public static func search<Model: Module, Rule: Optimizer, Source: BatchSource>(
    _ model: Model, _ optimizer: Rule, _ data: Source, from: Double = 1e-6, to: Double = 1,
    steps: Int = 100, seed: UInt64 = 0, loss: (Model, Source.Content, Mode) -> Variable<Model.Scalar>
  ) throws(Source.Failure) -> LearningRateFinder where Rule.Scalar == Model.Scalar {
    var (model, optimizer) = (model, optimizer)
    var (rates, losses, smooth, best) = ([Double](), [Double](), 0.0, Double.infinity)
    var (epoch, step) = (0, 0)
    search: while step < steps, data.batchCount > 0 {
      let batches = data.epoch(epoch)
      while let batch = try batches.next() {
        martlet_poll()
        optimizer.learningRate = from * pow(to / from, Double(step) / Double(max(steps - 1, 1)))
        let mode = Mode.training(seed: seed &+ UInt64(step))
        let (value, gradients) = valueWithGradient(at: model) { loss($0, batch, mode) }
        // The running mean starts at 0, and is made up for that.
        smooth = 0.95 * smooth + 0.05 * Double(value)
        let mean = smooth / (1 - pow(0.95, Double(step + 1)))
        guard mean.isFinite, mean <= 4 * best else { break search }
        best = min(best, mean)
        rates.append(optimizer.learningRate)
        losses.append(mean)
        optimizer.update(&model, along: gradients)
        step += 1
        if step == steps { break search }
      }
      epoch += 1
    }
    return LearningRateFinder(rates: rates, losses: losses)
  }
}
