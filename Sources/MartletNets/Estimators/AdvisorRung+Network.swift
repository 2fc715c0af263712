import MartletFrames
import MartletModels

extension AdvisorRung {
  /// A network with a hidden layer: the last rung of a ladder of methods that tell classes apart.
  ///
  ///     let advice = try ModelAdvisor().classifier(
  ///       for: patients, target: "diagnosis", labels: String.self, adding: [.network()])
  ///
  /// It is tried only where boosting was worth it, or patience is left, and chosen only where it gains enough.
  ///
  /// - Parameters:
  ///   - hiddenLayers: how many numbers each hidden layer has.
  ///   - seed: where the weights begin.
  public static func network<Label: Hashable & Sendable>(hiddenLayers: [Int] = [100], seed: UInt64 = 0) -> Self
  where Estimator == AnyClassifier<DataFrame, Label> {
    let net = MLPClassifier<Label>(hiddenLayers: hiddenLayers, seed: seed)
    return AdvisorRung("network", .network, AnyClassifier(TablePreparation().then(net)))
  }

  /// A network with a hidden layer: the last rung of a ladder of methods that predict numbers.
  ///
  ///     let advice = try ModelAdvisor().regressor(for: patients, target: "progression", adding: [.network()])
  ///
  /// - Parameters:
  ///   - hiddenLayers: how many numbers each hidden layer has.
  ///   - seed: where the weights begin.
  public static func network(hiddenLayers: [Int] = [100], seed: UInt64 = 0) -> Self
  where Estimator == AnyRegressor<DataFrame> {
    let net = MLPRegressor(hiddenLayers: hiddenLayers, seed: seed)
    return AdvisorRung("network", .network, AnyRegressor(TablePreparation().then(net)))
  }
}
