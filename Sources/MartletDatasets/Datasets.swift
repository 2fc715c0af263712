import MartletFrames
import MartletNumerics

/// Data to learn with, bundled with Martlet: nothing is downloaded.
///
///     let iris = try Datasets.iris()                                // a table
///     let x = try iris.matrix(except: "species")                    // a matrix, shape [150, 4]
///     let y = try iris["species", String.self].values()             // 150 labels
///
///     let digits = try Datasets.digits()                            // pictures
///     digits.features.shape                                         // [1797, 64]
public enum Datasets {
  /// Every bundled data set.
  public static let catalogue: [DatasetInformation] = [
    .iris, .digits, .diabetes, .wine, .breastCancer, .linnerud, .titanic, .titanicPassengers, .penguins, .co2,
    .sunspots, .nile, .china,
  ]

  /// 150 flowers of three species of iris, to tell apart by four lengths in centimetres.
  ///
  /// Columns: `sepalLength`, `sepalWidth`, `petalLength`, `petalWidth`, `species` (setosa, versicolor, virginica; 50
  /// each).
  ///
  ///     try Datasets.iris().shape      // (rows: 150, columns: 5)
  ///
  /// Source: R. A. Fisher (1936), The use of multiple measurements in taxonomic problems; UCI Machine Learning
  /// Repository. Licence: CC BY 4.0.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func iris() throws(DatasetError) -> DataFrame { try BundledData.frame("iris") }

  /// 442 patients with diabetes: ten measurements, and how far the disease had progressed a year later (25 to 346).
  ///
  /// Columns: `age`, `sex`, `bmi` (body-mass index), `bp` (mean blood pressure), `s1` … `s6` (blood serum values) and
  /// `progression`. The measurements are centred and scaled so that each column's squares sum to 1.
  ///
  ///     try Datasets.diabetes().shape      // (rows: 442, columns: 11)
  ///
  /// Source: Efron, Hastie, Johnstone and Tibshirani (2004), Least Angle Regression. Published for general use without
  /// a licence of its own; this copy is scikit-learn's (BSD 3-clause).
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func diabetes() throws(DatasetError) -> DataFrame { try BundledData.frame("diabetes") }

  /// 1,797 handwritten digits of 8 × 8 pixels.
  ///
  /// Source: E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, test set; UCI Machine
  /// Learning Repository. Licence: CC BY 4.0.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func digits() throws(DatasetError) -> DigitsDataset { try DigitsDataset() }

  /// 178 wines from three cultivars of one Italian region, to tell apart by thirteen chemical measurements.
  ///
  /// Columns: `alcohol`, `malicAcid`, `ash`, `alcalinityOfAsh`, `magnesium`, `totalPhenols`, `flavanoids`,
  /// `nonflavanoidPhenols`, `proanthocyanins`, `colorIntensity`, `hue`, `od280OverOD315`, `proline` and `cultivar` (0, 1
  /// and 2, with 59, 71 and 48 wines).
  ///
  ///     try Datasets.wine().shape      // (rows: 178, columns: 14)
  ///
  /// Source: Forina et al. (1988), PARVUS; UCI Machine Learning Repository. Licence: CC BY 4.0.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func wine() throws(DatasetError) -> DataFrame { try BundledData.frame("wine") }

  /// 569 breast tumours, to tell malignant ones (212) from benign ones (357) by measurements of cell nuclei.
  ///
  /// Columns: of `Radius`, `Texture`, `Perimeter`, `Area`, `Smoothness`, `Compactness`, `Concavity`, `ConcavePoints`,
  /// `Symmetry` and `FractalDimension` the `mean…`, the standard `error…` and the `worst…` (the mean of the three
  /// largest); and `diagnosis`.
  ///
  ///     try Datasets.breastCancer().shape      // (rows: 569, columns: 31)
  ///
  /// Source: Street, Wolberg and Mangasarian (1993); UCI Machine Learning Repository. Licence: CC BY 4.0.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func breastCancer() throws(DatasetError) -> DataFrame { try BundledData.frame("breastCancer") }

  /// 20 men of a fitness club: three exercises, to predict three measurements of the body at once.
  ///
  /// Columns: `chins`, `situps`, `jumps` (how often), `weight` (pounds), `waist` (inches), `pulse` (beats a minute).
  ///
  ///     try Datasets.linnerud().shape      // (rows: 20, columns: 6)
  ///
  /// Source: A. C. Linnerud, North Carolina State University; this copy is scikit-learn's (BSD 3-clause).
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func linnerud() throws(DatasetError) -> DataFrame { try BundledData.frame("linnerud") }

  /// The 2,201 people aboard the Titanic, of whom 711 were saved.
  ///
  /// Columns: `class` (first, second, third, crew), `sex` (male, female), `age` (adult, child) and `survived`. These are
  /// the counts of the report to the Board of Trade, a person a row; ``titanicPassengers()`` has names, ages and fares.
  ///
  ///     try Datasets.titanic().grouped(by: "class").aggregate(.count())      // first 325, second 285, third 706, crew 885
  ///
  /// Source: Lord Mersey (1912), Report of a formal investigation into the loss of the S.S. Titanic. Public domain.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func titanic() throws(DatasetError) -> DataFrame { try BundledData.frame("titanic") }

  /// 1,309 passengers of the Titanic by name, of whom 500 survived: the table of many courses, gaps included.
  ///
  /// Columns: `pclass` (1 to 3), `survived`, `name`, `sex` (female, male), `age` (years; 263 are missing), `sibsp`
  /// (brothers, sisters and spouses aboard), `parch` (parents and children aboard), `ticket`, `fare` (pounds; one is
  /// missing), `cabin`, `embarked` (C Cherbourg, Q Queenstown, S Southampton), `boat` (the lifeboat), `body` (the number of
  /// a body that was found) and `home.dest`. The last three were known afterwards only: a model that sees `boat` or `body`
  /// is told the answer.
  ///
  ///     let passengers = try Datasets.titanicPassengers()
  ///     try passengers.grouped(by: "pclass").aggregate(.mean("age"))      // 39.16, 29.51, 24.82
  ///
  /// Source: F. E. Harrell Jr. and T. Cason (1999), Vanderbilt Biostatistics; OpenML, data set 40945. Licence: "Public",
  /// as OpenML states.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func titanicPassengers() throws(DatasetError) -> DataFrame {
    try BundledData.frame("titanicPassengers")
  }

  /// 344 penguins of three species from three islands, some of whose measurements are missing.
  ///
  /// Columns: `species` (Adelie, Chinstrap, Gentoo), `island`, `billLength`, `billDepth` and `flipperLength` (mm),
  /// `bodyMass` (g), `sex` and `year`.
  ///
  ///     try Datasets.penguins().shape      // (rows: 344, columns: 8)
  ///
  /// Source: Gorman, Williams and Fraser (2014), PLoS ONE 9(3); palmerpenguins. Licence: CC0 1.0.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func penguins() throws(DatasetError) -> DataFrame { try BundledData.frame("penguins") }

  /// Carbon dioxide in the air on Mauna Loa: weekly means from March 1958 to December 2001, 59 of them missing.
  ///
  /// Columns: `week` (the Saturday it ends with) and `co2` (parts per million).
  ///
  ///     try Datasets.co2().shape      // (rows: 2284, columns: 2)
  ///
  /// Source: Keeling and Whorf (2004), Carbon Dioxide Information Analysis Center. Public domain.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func co2() throws(DatasetError) -> DataFrame { try BundledData.frame("co2") }

  /// The yearly mean number of sunspots from 1700 to 2008: a cycle of about eleven years.
  ///
  /// Columns: `year` and `activity`.
  ///
  ///     try Datasets.sunspots().shape      // (rows: 309, columns: 2)
  ///
  /// Source: National Geophysical Data Center, NOAA. Public domain.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func sunspots() throws(DatasetError) -> DataFrame { try BundledData.frame("sunspots") }

  /// The yearly flow of the Nile at Aswan from 1871 to 1970, which falls about 1898.
  ///
  /// Columns: `year` and `volume` (10⁸ m³).
  ///
  ///     try Datasets.nile().shape      // (rows: 100, columns: 2)
  ///
  /// Source: Cobb (1978), Biometrika 65(2). Public domain.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func nile() throws(DatasetError) -> DataFrame { try BundledData.frame("nile") }

  /// A photograph of a Chinese palace, 640 × 427 pixels in colour: for what is done to pictures.
  ///
  ///     try Datasets.china().pixels.shape      // [427, 640, 3]
  ///
  /// Source: photograph by Daniel Büchele (danielbuechele on Flickr). Licence: CC BY 2.0.
  /// - Throws: ``DatasetError`` when the bundled file cannot be found or read.
  public static func china() throws(DatasetError) -> Image { try BundledData.image("china.jpg") }
}
