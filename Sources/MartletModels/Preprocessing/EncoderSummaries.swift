import MartletDisplay
import MartletFrames
import MartletNumerics

extension OneHotEncoder.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "One-hot encoder", facts: ["\(columns.count) columns to \(outputColumns.count)"],
      header: ["column", "categories"], rows: columns.map { [$0.column, $0.text] })
  }
}

extension OrdinalEncoder.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Ordinal encoder", facts: ["\(columns.count) columns, categories numbered from 0"],
      header: ["column", "categories"], rows: columns.map { [$0.column, $0.text] })
  }
}

extension LabelEncoder.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Label encoder", facts: ["\(classes.count) classes"], header: ["class", "number"],
      rows: classes.indices.map { ["\(classes[$0])", "\($0)"] })
  }
}

extension FeatureHasher.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Feature hasher", facts: ["\(self.features) features"], header: ["column"], rows: inputColumns.map { [$0] }
    )
  }
}

extension ColumnCategories {
  /// The categories, the rare ones as one.
  fileprivate var text: String {
    let shown = frequent.map { $0 ?? "missing" } + (rare.isEmpty ? [] : ["rare (\(rare.count))"])
    return shown.count > 12
      ? shown.prefix(11).joined(separator: ", ") + ", … \(shown.count - 11) more" : shown.joined(separator: ", ")
  }
}

extension Chain.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let between = first.names(of: features)
    let tables = [
      (first as? any ModelSummary)?.summaryTable(features: features, target: target),
      (next as? any ModelSummary)?.summaryTable(features: between, target: target),
    ]
    return ModelTable(
      title: "Chain", facts: [], header: ["step", "what it is", "about"],
      rows: tables.enumerated().map { place, table in
        ["\(place + 1)", table?.title ?? "\(place == 0 ? "\(First.self)" : "\(Next.self)")", table?.facts.first ?? ""]
      })
  }
}

extension Columns.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    (step as? any ModelSummary)?.summaryTable(features: columns, target: target)
      ?? ModelTable(title: "\(Step.self)", facts: [], header: ["column"], rows: columns.map { [$0] })
  }
}

extension ColumnPair.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    TableSteps.table("Columns", self)
  }
}

extension ColumnTransformer.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    TableSteps.table("Column transformer", self)
  }
}

extension TablePreparation.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    TableSteps.table("Table preparation", self)
  }
}

/// What a transformer of tables makes of which columns.
private enum TableSteps {
  static func table(_ title: String, _ model: some TableTransformer) -> ModelTable {
    let (inputs, outputs) = (model.inputColumns, model.outputColumns)
    return ModelTable(
      title: title, facts: ["\(inputs.count) columns to \(outputs.count) features"],
      header: ["column", "features"],
      rows: inputs.map { input in
        let own = outputs.filter { $0 == input || $0.hasPrefix(input + "=") || $0.hasPrefix(input + " ") }
        return [input, "\(own.count)"]
      })
  }
}
