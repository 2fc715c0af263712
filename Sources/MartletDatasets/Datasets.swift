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
  public static let catalogue: [DatasetInformation] = [.iris, .digits, .diabetes]

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
}

/// 1,797 handwritten digits: pictures, and what they show.
///
///     let digits = try Datasets.digits()
///     digits.images[0, .all, .all]      // the first picture, 8 rows of 8 numbers from 0 to 16
///     digits.labels[0]                  // 0
public struct DigitsDataset: Sendable {
  /// The table: 64 columns of pixels, `pixel00` to `pixel77` (row, then column), and `digit`.
  public let frame: DataFrame
  /// The pixels, a row for each picture: shape `[1797, 64]`, from 0 (white) to 16 (black).
  public let features: Matrix
  /// The digit that each picture shows, 0 to 9.
  public let labels: [Int]
  /// What the data are, their source and their licence.
  public var information: DatasetInformation { .digits }

  init() throws(DatasetError) {
    frame = try BundledData.frame("digits")
    do {
      features = try frame.matrix(except: "digit")
      labels = try frame["digit", Int.self].values()
    } catch {
      throw DatasetError(description: "The bundled digits are damaged: \(error)")
    }
  }

  /// The pixels, a square for each picture: shape `[1797, 8, 8]`.
  public var images: Matrix { features.reshaped(-1, 8, 8) }
}
