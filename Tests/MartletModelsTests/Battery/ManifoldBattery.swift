import Foundation
import MartletModels
import MartletNumerics

/// Gaussian processes, decompositions and topics, one line each.
extension BatteryCase {
  static let manifoldClassifiers: [BatteryCase] = [
    .classifier(
      "GaussianProcessClassifier", process(Int.self), process(String.self), process(Bool.self), process(Size.self)),
    .classifier(
      "LabelPropagation", Labelled(LabelPropagation<Int>(gamma: 0.2)), Labelled(LabelPropagation<String>(gamma: 0.2)),
      Labelled(LabelPropagation<Bool>(gamma: 0.2)), Labelled(LabelPropagation<Size>(gamma: 0.2))),
    .classifier(
      "LabelSpreading", Labelled(LabelSpreading<Int>(gamma: 0.2)), Labelled(LabelSpreading<String>(gamma: 0.2)),
      Labelled(LabelSpreading<Bool>(gamma: 0.2)), Labelled(LabelSpreading<Size>(gamma: 0.2))),
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
    .transformer("Isomap", Isomap(neighbors: 15, components: 1)),
    // Only the samples of fitting have places, so that these are what is compared.
    .places("MDS", MDS(components: 2)) { $0.embedding },
    .places("TSNE", TSNE(perplexity: 12, iterations: 250, start: .random(seed: 1)), [.dependsOnOrder]) { $0.embedding },
    topics("LatentDirichletAllocation", LatentDirichletAllocation(topics: 2, maximumIterations: 3, seed: 1)),
  ]

  /// A kernel as it is, since files of many samples are damaged in a thousand ways.
  private static func process<Label: Hashable & Sendable>(_: Label.Type) -> GaussianProcessClassifier<Label> {
    GaussianProcessClassifier(kernel: .constant(9) * .rbf(length: 5), optimizes: false)
  }

  /// A method that places the samples of fitting alone; it answers with their distances from the middle, the largest first.
  private static func places<E>(
    _ name: String, _ method: E, _ traits: Set<Trait> = [], embedding: @escaping @Sendable (E.Model) -> Matrix
  ) -> BatteryCase
  where E: UnsupervisedEstimator<Matrix, E.Model>, E.Model: Codable {
    @Sendable func seen(_ model: E.Model) -> FittedCase {
      FittedCase(
        answers: { _ in
          let places = embedding(model)
          let lengths = (places - places.mean(axis: 0)).norms(axis: 1).scalars.sorted(by: >)
          return Matrix(lengths, shape: [lengths.count, 1])
        }, predictions: { _ in [] }, classes: [], encoded: { try JSONEncoder().encode(model) },
        decoded: { seen(try JSONDecoder().decode(E.Model.self, from: $0)) }, summary: { model as? any ModelSummary })
    }
    return BatteryCase(
      name: name, kind: .transformer, traits: traits.union([.answersForItsOwnSamples]),
      fit: { x, _, _ in seen(try method.fit(x)) }, takesWeights: false, labelProblems: { [] })
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

/// A method that also learns from samples without labels, given labels of all.
private struct Labelled<Base: SupervisedEstimator, Label: Hashable & Sendable>: SupervisedEstimator
where Base.Features == Matrix, Base.Target == [Label?] {
  let base: Base
  init(_ base: Base) { self.base = base }
  func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Base.Model { try base.fit(x, y) }
}
