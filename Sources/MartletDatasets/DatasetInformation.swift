/// What a bundled data set is, where it comes from and what may be done with it.
///
///     Datasets.catalogue.map(\.name)          // ["iris", "digits", "diabetes"]
///     Datasets.catalogue[0].licence           // "CC BY 4.0"
public struct DatasetInformation: Sendable, Hashable {
  /// The name, which is also that of the function in ``Datasets``.
  public let name: String
  /// What the rows and columns are.
  public let summary: String
  /// Who collected the data, and where they were published.
  public let source: String
  /// Under which terms they may be used.
  public let licence: String
}

extension DatasetInformation {
  static let iris = DatasetInformation(
    name: "iris",
    summary: "150 flowers of three species of iris: length and width of sepals and petals, in centimetres.",
    source:
      "R. A. Fisher (1936), The use of multiple measurements in taxonomic problems; UCI Machine Learning Repository.",
    licence: "CC BY 4.0")

  static let digits = DatasetInformation(
    name: "digits",
    summary: "1,797 handwritten digits: 8 × 8 pixels, each from 0 (white) to 16 (black), and the digit that was meant.",
    source: """
      E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, test set; \
      UCI Machine Learning Repository.
      """,
    licence: "CC BY 4.0")

  static let diabetes = DatasetInformation(
    name: "diabetes",
    summary: """
      442 patients: age, sex, body-mass index, blood pressure and six blood values, each centred and scaled to \
      a sum of squares of 1, and a measure of how far the disease had progressed a year later.
      """,
    source:
      "B. Efron, T. Hastie, I. Johnstone and R. Tibshirani (2004), Least Angle Regression, Annals of Statistics 32(2).",
    licence: "Published for general use without a licence of its own; this copy is scikit-learn's (BSD 3-clause).")
}
