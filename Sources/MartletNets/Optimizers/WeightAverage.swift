import MartletNumerics

/// A running average of a model's weights, which is often better than the last ones: `average ← decay · average + (1 − decay)
/// · weight`. (Also called EMA.)
///
///     var average = WeightAverage(model, decay: 0.999)
///     … after each update: average.add(model)
///     let smooth = average.model
public struct WeightAverage<Model: Module>: Sendable {
  /// The model with the averages; its states, as running means, are those of the last model added.
  public private(set) var model: Model
  /// How much of the average is kept at each step: from 0 to 1.
  public var decay: Double

  /// The average starts with a model's weights.
  public init(_ model: Model, decay: Double = 0.999) {
    self.model = model
    self.decay = decay
  }

  /// Adds a model with the same parameters.
  public mutating func add(_ other: Model) {
    var current: [String: Tensor<Model.Scalar>] = [:]
    for (name, parameter) in other.parameters { current[name] = parameter.value }
    let (kept, fresh) = (Model.Scalar(decay), Model.Scalar(1 - decay))
    model.forEachParameter { name, parameter in
      guard let value = current[name] else {
        fatalError("The averaged model has a parameter '\(name)', the added one has not.")
      }
      parameter.value = parameter.role == .state ? value : parameter.value * kept + value * fresh
    }
  }
}
