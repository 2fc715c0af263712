extension Chart {
  /// What a regression gets wrong, by what it predicts: a cloud around zero without a shape is as it should be.
  ///
  ///     try Chart.residuals(actual: yTest, predicted: model.predict(xTest))
  ///
  /// A bend in the smooth curve tells of a missing term, a funnel of errors that grow with the prediction.
  ///
  /// - Parameters: as many actual values as predictions, in one unit.
  /// - Throws: `ChartError` when the lists do not fit.
  public static func residuals(actual: [Double], predicted: [Double]) throws(ChartError) -> Chart {
    try ChartError.requirePairs("A residual plot", ["actual": actual.count, "predicted": predicted.count])
    let residuals = zip(actual, predicted).map { $0 - $1 }
    return try Chart(NoTable()) {
      PointMark(x: predicted, y: residuals, opacity: 0.55).color(.blue)
      RuleMark(y: 0)
      RegressionMark(x: predicted, y: residuals, method: .loess()).color(.vermilion)
    }.title("Residuals").xLabel("predicted").yLabel("actual − predicted")
  }
}
