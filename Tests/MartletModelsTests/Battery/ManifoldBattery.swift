import Foundation
import MartletModels

/// Gaussian processes, decompositions and topics, one line each.
extension BatteryCase {
  static let manifoldClassifiers: [BatteryCase] = [
    .classifier(
      "GaussianProcessClassifier", process(Int.self), process(String.self), process(Bool.self), process(Size.self))
  ]
  static let manifoldRegressors: [BatteryCase] = [
    .regressor(
      "GaussianProcessRegressor",
      GaussianProcessRegressor(
        kernel: .constant(9) * .rbf(length: 10) + .white(0.3), optimizes: false, standardizes: true))
  ]
  static let manifoldTransformers: [BatteryCase] = [
    .transformer("KernelPCA", KernelPCA(components: 1, kernel: .rbf(gamma: 0.01))),
    .transformer("IncrementalPCA", IncrementalPCA(components: 1, batchSize: 30), [.dependsOnOrder]),
    .transformer("NMF", NMF(components: 1, maximumIterations: 50), [.needsNonNegative]),
    // Of normal noise no direction is the least normal: where its iterations end is up to rounding.
    .transformer("FastICA", FastICA(tolerance: 1e-12, seed: 1), [.dependsOnOrder]),
    .transformer("FastICA, one by one", FastICA(components: 1, algorithm: .deflation, tolerance: 1e-12, seed: 1)),
    .transformer("FactorAnalysis", FactorAnalysis(components: 1, rotation: .varimax)),
    topics("LatentDirichletAllocation", LatentDirichletAllocation(topics: 2, maximumIterations: 3, seed: 1)),
  ]

  /// A kernel as it is, since files of many samples are damaged in a thousand ways.
  private static func process<Label: Hashable & Sendable>(_: Label.Type) -> GaussianProcessClassifier<Label> {
    GaussianProcessClassifier(kernel: .constant(9) * .rbf(length: 5), optimizes: false)
  }

  /// Topics of counts that are not sparse.
  private static func topics(_ name: String, _ method: LatentDirichletAllocation) -> BatteryCase {
    @Sendable func seen(_ model: LatentDirichletAllocation.Model) -> FittedCase {
      FittedCase(
        answers: { try model.transform($0) }, predictions: { _ in [] }, classes: [],
        encoded: { try JSONEncoder().encode(model) },
        decoded: { seen(try JSONDecoder().decode(LatentDirichletAllocation.Model.self, from: $0)) },
        summary: { model })
    }
    return BatteryCase(
      name: name, kind: .transformer, traits: [.needsNonNegative, .dependsOnOrder],
      fit: { x, _, _ in seen(try method.fit(x)) }, takesWeights: false, labelProblems: { [] })
  }
}
