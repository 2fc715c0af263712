import CMartletRuntime
import Foundation
import MartletDisplay
import MartletNumerics

/// Trains a model: batches, gradients, steps, and a chart of the loss that grows below the cell.
///
///     var trainer = Trainer(optimizer: Adam(learningRate: 1e-3), epochs: 10)
///     try trainer.fit(&model, loader, validation: heldOut) { model, batch, mode in
///       crossEntropy(model(batch.x, mode: mode), batch.y)
///     }
///
/// What is to happen after each epoch goes in between, here a learning rate that falls when the loss does not:
///
///     var plateau = PlateauSchedule(patience: 2)
///     try trainer.fit(&model, loader, validation: heldOut, afterEpoch: { _, trainer in
///       let loss = trainer.history.epochs.last!.validationLoss!
///       trainer.optimizer.learningRate = plateau.next(loss, learningRate: trainer.optimizer.learningRate)
///     }) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
///
/// The model is changed in place, step by step: interrupt the cell and it has what was learned so far, and so has
/// ``history``. Calling `fit` again goes on from there.
public struct Trainer<Rule: Optimizer>: Sendable {
  /// The rule, with what it remembers.
  public var optimizer: Rule
  /// How many passes over the samples each call of `fit` makes.
  public var epochs: Int
  /// How the learning rate changes, step by step, over all calls of `fit`.
  public var schedule: LearningRateSchedule
  /// Gradients that are longer are shortened to this; `nil` for as they are.
  public var clippingNorm: Double?
  /// After how many epochs without a better loss on held-out samples training ends, and the best weights are taken; `nil` for
  /// never.
  public var patience: Int?
  /// Where a checkpoint is written after each epoch that is better than those before; `nil` for nowhere.
  public var checkpointPath: String?
  /// Whether a chart is shown.
  public var showsChart: Bool
  /// What random choices within the model depend on, such as dropout.
  public var seed: UInt64
  /// What training has come to so far.
  public internal(set) var history = TrainingHistory()

  public init(
    optimizer: Rule, epochs: Int = 10, schedule: LearningRateSchedule = .constant, clippingNorm: Double? = nil,
    patience: Int? = nil, checkpointPath: String? = nil, showsChart: Bool = true, seed: UInt64 = Random.nextSeed()
  ) {
    (self.optimizer, self.epochs, self.schedule) = (optimizer, epochs, schedule)
    (self.clippingNorm, self.patience, self.checkpointPath) = (clippingNorm, patience, checkpointPath)
    (self.showsChart, self.seed) = (showsChart, seed)
  }

  /// Trains a model on all samples, several times over.
  ///
  /// - Parameters:
  ///   - model: what is trained; changed step by step.
  ///   - data: the samples: a ``DataLoader``, or a ``DatasetLoader``.
  ///   - validation: samples that are not learned from, by which early stopping and checkpoints judge.
  ///   - afterEpoch: is called when an epoch is over and ``history`` knows of it, with the model and the trainer: to look at
  ///     pictures, change the learning rate, thaw layers, or ``end(because:)`` training.
  ///   - loss: the loss of a batch. Hand the mode on to the model.
  /// - Returns: the history, which as the value of a cell is one line, since the chart is above it already.
  /// - Throws: ``TrainingError`` when the loss is no longer a number, and what `loss`, a checkpoint, or the making of a batch
  ///   throws.
  @discardableResult
  public mutating func fit<Model: Module<Rule.Scalar>, Source: BatchSource>(
    _ model: inout Model, _ data: Source, validation: Source? = nil,
    afterEpoch: ((inout Model, inout Trainer) throws -> Void)? = nil,
    loss: (Model, Source.Content, Mode) throws -> Variable<Rule.Scalar>
  ) throws -> TrainingHistory {
    let picture = showsChart ? display(history) : nil
    history.earlyEnd = nil
    var best = (loss: Double.infinity, model: model, epoch: history.epochs.count)
    for _ in 0..<epochs {
      let start = ContinuousClock.now
      let trained = try epoch(&model, data, loss)
      let held = try validation.map { try Self.meanLoss(model, $0, loss) }
      history.epochs.append(
        TrainingHistory.Epoch(
          loss: trained, validationLoss: held, learningRate: rate, seconds: (ContinuousClock.now - start) / .seconds(1))
      )
      let judged = history.epochs[history.epochs.count - 1].judged
      if judged < best.loss {
        best = (judged, model, history.epochs.count)
        if let checkpointPath { try Checkpoint(model, optimizer, epoch: best.epoch).write(to: checkpointPath) }
      } else if let patience, history.epochs.count - best.epoch >= patience {
        history.earlyEnd = "no better for \(patience) epochs, so the weights are those of epoch \(best.epoch)"
        model = best.model
      }
      try afterEpoch?(&model, &self)
      picture?.update(history)
      if history.earlyEnd != nil { break }
    }
    var shown = history
    shown.isShown = showsChart
    return shown
  }

  /// Ends training after the epoch that `afterEpoch` was called for; the model stays as it is then.
  ///
  /// - Parameter reason: what ``TrainingHistory/earlyEnd`` says.
  public mutating func end(because reason: String) { history.earlyEnd = reason }

  /// The mean loss over a loader's samples, with the model in use.
  /// - Throws: what `loss` throws.
  public static func meanLoss<Model: Module<Rule.Scalar>, Source: BatchSource, Failure>(
    _ model: Model, _ data: Source, _ loss: (Model, Source.Content, Mode) throws(Failure) -> Variable<Rule.Scalar>
  ) throws(Failure) -> Double where Source.Failure == Never {
    var mean = WeightedMean()
    let batches = data.epoch(0)
    for batch in batches {
      martlet_poll()
      mean.add(try loss(model, batch, .inference).value.scalar, weight: batches.rows.count)
    }
    return mean.value
  }

  /// The mean loss over a loader's samples, with the model in use.
  /// - Throws: what `loss`, or the making of a batch, throws.
  public static func meanLoss<Model: Module<Rule.Scalar>, Source: BatchSource>(
    _ model: Model, _ data: Source, _ loss: (Model, Source.Content, Mode) throws -> Variable<Rule.Scalar>
  ) throws -> Double {
    var mean = WeightedMean()
    let batches = data.epoch(0)
    while let batch = try batches.next() {
      martlet_poll()
      mean.add(try loss(model, batch, .inference).value.scalar, weight: batches.rows.count)
    }
    return mean.value
  }

  /// The mean of losses, by how many samples each is of.
  private struct WeightedMean {
    private var (sum, samples) = (0.0, 0)
    var value: Double { sum / Double(samples) }

    mutating func add(_ loss: Rule.Scalar, weight: Int) {
      sum += Double(loss) * Double(weight)
      samples += weight
    }
  }

  private var rate: Double { optimizer.learningRate * schedule.factor(step: max(optimizer.memory.steps - 1, 0)) }

  private mutating func epoch<Model: Module<Rule.Scalar>, Source: BatchSource>(
    _ model: inout Model, _ data: Source, _ loss: (Model, Source.Content, Mode) throws -> Variable<Rule.Scalar>
  ) throws -> Double {
    var mean = WeightedMean()
    let batches = data.epoch(history.epochs.count)
    while let batch = try batches.next() {
      martlet_poll()
      let step = optimizer.memory.steps
      let mode = Mode.training(seed: seed &+ UInt64(step))
      var (value, gradients) = try valueWithGradient(at: model) { try loss($0, batch, mode) }
      guard value.isFinite else {
        throw TrainingError(loss: Double(value), epoch: history.epochs.count + 1, step: step)
      }
      if let clippingNorm { gradients = gradients.clipped(toNorm: clippingNorm) }
      let usual = optimizer.learningRate
      optimizer.learningRate = usual * schedule.factor(step: step)
      optimizer.update(&model, along: gradients)
      optimizer.learningRate = usual
      mean.add(value, weight: batches.rows.count)
    }
    return mean.value
  }
}

/// The loss is infinite or no number.
public struct TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The loss.
  public let loss: Double
  /// In which epoch, counted from 1.
  public let epoch: Int
  /// At which step, counted from 0.
  public let step: Int

  /// What happened and what to do.
  public var description: String {
    "Expected a finite loss; found \(loss) at step \(step), in epoch \(epoch). Take a smaller learning rate, clip the gradients, or look for infinite numbers in the samples. The model is as the step before left it."
  }
}

extension TrainingError: LocalizedError {
  public var errorDescription: String? { description }
}
