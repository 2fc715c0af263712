import MartletModels

extension MLPClassifier.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    net.summaryTable("Net for \(target ?? "label") (\(classes.count) classes)", epochs: epochs, loss: loss)
  }
}

extension MLPRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    net.summaryTable("Net for \(target ?? "a number")", epochs: epochs, loss: loss)
  }
}

extension MLPNet {
  /// The layers with their sizes.
  fileprivate func summaryTable(_ title: String, epochs: Int, loss: Double) -> ModelTable {
    ModelTable(
      title: title,
      facts: [
        "\(parameterCount) learned numbers, \(activation) between the layers",
        "\(epochs) passes over the samples, loss \(TrainingHistory.short(loss))",
      ],
      header: ["layer", "inputs", "outputs", "numbers"],
      rows: layers.enumerated().map { place, layer in
        ["\(place + 1)", "\(layer.weight.shape[1])", "\(layer.weight.shape[0])", "\(layer.parameterCount)"]
      })
  }
}
