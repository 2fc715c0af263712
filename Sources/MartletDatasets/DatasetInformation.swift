/// What a bundled data set is, where it comes from and what may be done with it.
///
///     Datasets.catalogue.map(\.name)          // ["iris", "digits", "diabetes", "wine", …]
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

  static let wine = DatasetInformation(
    name: "wine",
    summary: "178 wines from three cultivars of one Italian region: thirteen chemical measurements.",
    source: "M. Forina et al. (1988), PARVUS; UCI Machine Learning Repository, donated by S. Aeberhard (1991).",
    licence: "CC BY 4.0")

  static let breastCancer = DatasetInformation(
    name: "breastCancer",
    summary: """
      569 breast tumours, malignant or benign: thirty measurements of the cell nuclei in a picture of an aspirate; of ten \
      quantities the mean, the standard error and the mean of the three largest.
      """,
    source: """
      W. N. Street, W. H. Wolberg and O. L. Mangasarian (1993), Nuclear feature extraction for breast tumor diagnosis; \
      UCI Machine Learning Repository, Breast Cancer Wisconsin (Diagnostic).
      """,
    licence: "CC BY 4.0")

  static let linnerud = DatasetInformation(
    name: "linnerud",
    summary: "20 men of a fitness club: how often they did three exercises, and weight, waist and pulse.",
    source: "A. C. Linnerud, North Carolina State University; in M. Tenenhaus (1998), La régression PLS.",
    licence: "Published for general use without a licence of its own; this copy is scikit-learn's (BSD 3-clause).")

  static let titanic = DatasetInformation(
    name: "titanic",
    summary: "The 2,201 people aboard the Titanic: class or crew, sex, adult or child, and whether they were saved.",
    source: """
      Lord Mersey (1912), Report of a formal investigation into the loss of the S.S. Titanic, made to the Board of Trade.
      """,
    licence: "Public domain: counts in a report of the British government, 1912.")

  static let titanicPassengers = DatasetInformation(
    name: "titanicPassengers",
    summary: """
      1,309 passengers of the Titanic: class, name, sex, age, family aboard, ticket, fare, cabin, port of embarkation, \
      and whether they survived.
      """,
    source: """
      F. E. Harrell Jr. and T. Cason (1999), Vanderbilt Biostatistics, from the Encyclopedia Titanica; OpenML, data set \
      40945.
      """,
    licence: "\"Public\", as OpenML states.")

  static let penguins = DatasetInformation(
    name: "penguins",
    summary: "344 penguins of three species from three islands of the Palmer Archipelago: size, sex and year.",
    source: """
      K. B. Gorman, T. D. Williams and W. R. Fraser (2014), Ecological sexual dimorphism and environmental variability \
      within a community of Antarctic penguins, PLoS ONE 9(3), e90081; A. Horst, A. Hill and K. Gorman (2020), \
      palmerpenguins.
      """,
    licence: "CC0 1.0")

  static let co2 = DatasetInformation(
    name: "co2",
    summary: "Carbon dioxide in the air on Mauna Loa, in parts per million: 2,284 weekly means from 1958 to 2001.",
    source: """
      C. D. Keeling and T. P. Whorf (2004), Atmospheric CO₂ concentrations derived from flask air samples, Carbon Dioxide \
      Information Analysis Center, U.S. Department of Energy.
      """,
    licence: "Public domain")

  static let sunspots = DatasetInformation(
    name: "sunspots",
    summary: "The yearly mean number of sunspots from 1700 to 2008.",
    source: "National Geophysical Data Center, U.S. National Oceanic and Atmospheric Administration.",
    licence: "Public domain")

  static let nile = DatasetInformation(
    name: "nile",
    summary: "How much water the Nile carried past Aswan in each year from 1871 to 1970, in 10⁸ m³.",
    source:
      "G. W. Cobb (1978), The problem of the Nile: conditional solution to a changepoint problem, Biometrika 65(2).",
    licence: "Public domain")

  static let china = DatasetInformation(
    name: "china", summary: "A photograph of a Chinese palace, 640 × 427 pixels in colour.",
    source: "Photograph by Daniel Büchele (danielbuechele on Flickr); this copy is scikit-learn's.",
    licence: "CC BY 2.0")
}
