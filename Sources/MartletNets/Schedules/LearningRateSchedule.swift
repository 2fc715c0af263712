import Foundation

/// How the learning rate changes while a model is trained.
///
///     let schedule = LearningRateSchedule.cosine(steps: 1_000, warmUp: 100)
///     schedule.factor(step: 0)        // 0.01
///     schedule.factor(step: 1_000)    // 0.0
///
/// A schedule is a factor for the optimizer's learning rate at each step, counted from 0.
public struct LearningRateSchedule: Sendable {
  /// The factor at a step.
  public let factor: @Sendable (_ step: Int) -> Double

  /// A schedule of your own.
  public init(factor: @escaping @Sendable (_ step: Int) -> Double) { self.factor = factor }

  /// The factor at a step.
  public func factor(step: Int) -> Double { factor(step) }

  /// Always the same.
  public static let constant = LearningRateSchedule { _ in 1 }

  /// Multiplied by `gamma` after every `every` steps. (PyTorch: `StepLR`)
  public static func step(every: Int, gamma: Double = 0.1) -> LearningRateSchedule {
    LearningRateSchedule { pow(gamma, Double($0 / Swift.max(every, 1))) }
  }

  /// Multiplied by `gamma` at each step. (PyTorch: `ExponentialLR`)
  public static func exponential(gamma: Double) -> LearningRateSchedule {
    LearningRateSchedule { pow(gamma, Double($0)) }
  }

  /// Up in a line for `warmUp` steps, then down along half a cosine to `floor` at step `steps`.
  ///
  /// Reference: Loshchilov and Hutter (2017), SGDR: stochastic gradient descent with warm restarts.
  public static func cosine(steps: Int, warmUp: Int = 0, floor: Double = 0) -> LearningRateSchedule {
    LearningRateSchedule { step in
      if step < warmUp { return Double(step + 1) / Double(warmUp) }
      let way = Double(Swift.min(step, steps) - warmUp) / Double(Swift.max(steps - warmUp, 1))
      return floor + (1 - floor) * 0.5 * (1 + cos(.pi * way))
    }
  }

  /// Up in a line for `warmUp` steps, then down in a line to 0 at step `steps`.
  public static func linear(steps: Int, warmUp: Int = 0) -> LearningRateSchedule {
    LearningRateSchedule { step in
      if step < warmUp { return Double(step + 1) / Double(warmUp) }
      return Double(Swift.max(steps - step, 0)) / Double(Swift.max(steps - warmUp, 1))
    }
  }

  /// From `1/division` up to 1 in the first part, and down to `1/(division · finalDivision)`, each along half a cosine. The
  /// optimizer's rate is the largest one. (PyTorch: `OneCycleLR`)
  ///
  /// Reference: Smith and Topin (2018), Super-convergence.
  public static func oneCycle(
    steps: Int, rising: Double = 0.3, division: Double = 25, finalDivision: Double = 1e4
  ) -> LearningRateSchedule {
    @Sendable func between(_ start: Double, _ end: Double, _ way: Double) -> Double {
      end + (start - end) / 2 * (1 + cos(.pi * way))
    }
    return LearningRateSchedule { step in
      let peak = rising * Double(steps) - 1
      let last = Double(steps - 1)
      let step = Swift.min(Double(step), last)
      let bottom = 1 / division
      return step <= peak
        ? between(bottom, 1, peak > 0 ? step / peak : 1)
        : between(1, bottom / finalDivision, last > peak ? (step - peak) / (last - peak) : 1)
    }
  }
}

/// Lowers the learning rate when a number has stopped getting smaller. (PyTorch: `ReduceLROnPlateau`)
///
///     var plateau = PlateauSchedule(patience: 3)
///     optimizer.learningRate = plateau.next(loss, learningRate: optimizer.learningRate)
public struct PlateauSchedule: Sendable {
  /// What the rate is multiplied by.
  public var factor: Double
  /// For how many numbers that are no better it waits.
  public var patience: Int
  /// By which part of the best a number has to be smaller to be better.
  public var threshold: Double
  /// The rate does not go below.
  public var minimum: Double
  private var best = Double.infinity
  private var waited = 0

  public init(factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4, minimum: Double = 0) {
    (self.factor, self.patience, self.threshold, self.minimum) = (factor, patience, threshold, minimum)
  }

  /// The rate after another number, such as an epoch's loss on held-out data.
  public mutating func next(_ number: Double, learningRate: Double) -> Double {
    if number < best * (1 - threshold) {
      (best, waited) = (number, 0)
    } else {
      waited += 1
    }
    guard waited > patience else { return learningRate }
    waited = 0
    return Swift.max(learningRate * factor, minimum)
  }
}
