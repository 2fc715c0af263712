import Foundation
import MartletModels

/// What others have to know of a model before they use it, on one page.
///
///     let card = ModelCard(
///       name: "Who was saved", summary: "Logistic regression of survival on class, sex and age.", licence: "MIT",
///       intendedUses: ["Teaching fairness"], limits: ["1912 is not today"],
///       data: [.init(name: "Titanic", source: "Lord Mersey (1912)", licence: "Public domain")],
///       metrics: [.init("accuracy", 0.79, on: "441 held-out people")])
///     card                          // shows itself
///     try card.write(to: "CARD.md")
///
/// Reference: Mitchell and others (2019), Model cards for model reporting.
public struct ModelCard: Sendable, Equatable, Codable {
  /// What the model is called.
  public var name: String
  /// Which version of it.
  public var version: String?
  /// What it does, in a sentence or two.
  public var summary: String
  /// Under which licence it may be used, by SPDX: `MIT`, `Apache-2.0`.
  public var licence: String
  /// Who answers for it.
  public var contact: String?
  /// What it was made for.
  public var intendedUses: [String]
  /// What it must not be used for.
  public var unsuitableUses: [String]
  /// Where it fails or has not been tried.
  public var limits: [String]
  /// What it learned from and was measured on.
  public var data: [DataSource]
  /// How good it is.
  public var metrics: [Metric]

  /// Data that a model learned from or was measured on.
  public struct DataSource: Sendable, Equatable, Codable {
    /// What the data are called.
    public var name: String
    /// Where they come from.
    public var source: String
    /// Under which licence they may be used.
    public var licence: String
    /// What else is to be said: how many samples, when and how they were collected.
    public var note: String?

    /// Data of a name, with where they come from and under which licence.
    public init(name: String, source: String, licence: String, note: String? = nil) {
      self.name = name
      self.source = source
      self.licence = licence
      self.note = note
    }
  }

  /// One number that says how good a model is.
  public struct Metric: Sendable, Equatable, Codable {
    /// What was measured.
    public var name: String
    /// Its value; finite.
    public var value: Double
    /// On which samples: a split, a group of people.
    public var samples: String

    /// A measure with its value and the samples it was taken on.
    public init(_ name: String, _ value: Double, on samples: String) {
      self.name = name
      self.value = value
      self.samples = samples
    }
  }

  /// A card; what is not known yet can be set later.
  public init(
    name: String, version: String? = nil, summary: String, licence: String, contact: String? = nil,
    intendedUses: [String] = [], unsuitableUses: [String] = [], limits: [String] = [], data: [DataSource] = [],
    metrics: [Metric] = []
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.licence = licence
    self.contact = contact
    self.intendedUses = intendedUses
    self.unsuitableUses = unsuitableUses
    self.limits = limits
    self.data = data
    self.metrics = metrics
  }

  /// The card with the rates of every group and the measures of fairness among its metrics.
  public func adding(_ report: FairnessReport) -> ModelCard {
    var card = self
    for (group, counts) in zip(report.groups, report.counts) {
      card.metrics.append(Metric("selection rate", counts.selectionRate, on: group))
      card.metrics.append(Metric("accuracy", counts.accuracy, on: group))
    }
    card.metrics.append(Metric("demographic parity difference", report.demographicParityDifference, on: "all groups"))
    card.metrics.append(Metric("equalised odds difference", report.equalizedOddsDifference, on: "all groups"))
    return card
  }

  /// What a reader will miss: the parts that are empty.
  public var missingParts: [String] {
    let parts = [
      ("a summary", summary.isEmpty), ("a licence", licence.isEmpty), ("intended uses", intendedUses.isEmpty),
      ("limits", limits.isEmpty), ("data", data.isEmpty), ("metrics", metrics.isEmpty),
    ]
    return parts.filter(\.1).map(\.0)
  }

  /// Writes the card as Markdown where the path ends with `.md`, as HTML where it ends with `.html`.
  /// - Throws: ``FitError`` of kind `parameter` for another ending, or when the file cannot be written.
  public func write(to path: String) throws(FitError) {
    try PageFile.write(to: path, ["md": markdown, "html": PageFile.page(html)])
  }
}
