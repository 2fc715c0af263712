import MartletFrames
import MartletNumerics

extension SimpleImputer.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = FeatureTexts.names(features, count: fillings.count)
    return ModelTable(
      title: "Simple imputer",
      facts: ["\(fillings.count) features" + (indicators.isEmpty ? "" : ", \(indicators.count) with an indicator")],
      header: ["feature", "filling"], rows: zip(names, FeatureTexts.numbers(fillings)).map { [$0, $1] })
  }
}

extension KNNImputer.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = FeatureTexts.names(features, count: means.count)
    return ModelTable(
      title: "Imputer by neighbours",
      facts: ["the \(neighbors) nearest samples" + (weighsByDistance ? ", nearer ones count more" : "")],
      header: ["feature", "mean"], rows: zip(names, FeatureTexts.numbers(means)).map { [$0, $1] })
  }
}

extension IterativeImputer.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = FeatureTexts.names(features, count: start.fillings.count)
    return ModelTable(
      title: "Iterative imputer", facts: [hasConverged ? "settled after \(rounds) rounds" : "\(rounds) rounds"],
      header: ["feature", "first filling"],
      rows: zip(names, FeatureTexts.numbers(start.fillings)).map { [$0, $1] })
  }
}

extension PowerTransformer.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = FeatureTexts.names(features, count: powers.count)
    return ModelTable(
      title: method == .boxCox ? "Box-Cox powers" : "Yeo-Johnson powers",
      facts: scaling == nil ? [] : ["standardised afterwards"], header: ["feature", "power"],
      rows: zip(names, FrameNumberFormat.texts(powers)).map { [$0, $1] })
  }
}

extension QuantileTransformer.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = FeatureTexts.names(features, count: quantiles.count)
    return ModelTable(
      title: "Quantile transformer", facts: ["to a \(output) distribution, \(quantiles.first?.count ?? 0) quantiles"],
      header: ["feature", "least", "median", "most"],
      rows: zip(names, quantiles).map { name, own in
        [name]
          + FrameNumberFormat.texts([own.first ?? .nan, own.isEmpty ? .nan : own[own.count / 2], own.last ?? .nan])
      })
  }
}

extension KBinsDiscretizer.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = FeatureTexts.names(features, count: edges.count)
    return ModelTable(
      title: "Bins",
      facts: ["\(edges.count) features to \(output == .oneHot ? "a column for each bin" : "bins' numbers")"],
      header: ["feature", "edges"],
      rows: zip(names, edges).map { [$0, FrameNumberFormat.texts($1).joined(separator: " · ")] })
  }
}

extension PolynomialFeatures.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = FeatureTexts.names(features, count: featureCount)
    return ModelTable(
      title: "Polynomial features", facts: ["\(products.count) columns of \(featureCount) features"],
      header: ["column", "degree"], rows: zip(outputNames(for: names), products).map { [$0, "\($1.count)"] })
  }
}

extension SplineTransformer.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = FeatureTexts.names(features, count: knots.count)
    return ModelTable(
      title: "Splines", facts: ["\(knots.count) features"], header: ["feature", "knots"],
      rows: zip(names, knots).map { [$0, FrameNumberFormat.texts($1).joined(separator: " · ")] })
  }
}

extension Normalizer.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Normalizer", facts: ["each sample to length 1"], header: ["features", "length"],
      rows: [["\(featureCount)", norm.rawValue]])
  }
}

extension FeatureSelection: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = FeatureTexts.names(features, count: featureCount)
    let chosen = Set(kept)
    var (header, columns) = (["feature", "kept"], [names, names.indices.map { chosen.contains($0) ? "yes" : "no" }])
    if scores.count == featureCount {
      header.append("score")
      columns.append(FrameNumberFormat.texts(scores))
    }
    if ranking.count == featureCount {
      header.append("rank")
      columns.append(ranking.map { "\($0)" })
    }
    return ModelTable(
      title: "Feature selection", facts: ["\(kept.count) of \(featureCount) features"], header: header,
      rows: names.indices.map { row in columns.map { $0[row] } })
  }
}

/// What summaries of preprocessing have in common.
enum FeatureTexts {
  static func names(_ names: [String]?, count: Int) -> [String] {
    names.flatMap { $0.count == count ? $0 : nil } ?? (0..<count).map { "feature \($0)" }
  }

  /// The numbers; a dash where there is none, so that the feature is left out.
  static func numbers(_ values: [Double?]) -> [String] {
    let texts = FrameNumberFormat.texts(values.map { $0 ?? .nan })
    return values.indices.map { values[$0] == nil ? "—" : texts[$0] }
  }
}
