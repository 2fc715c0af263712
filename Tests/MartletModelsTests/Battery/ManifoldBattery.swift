import MartletModels

/// Gaussian processes and decompositions, one line each.
extension BatteryCase {
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
  ]
}
