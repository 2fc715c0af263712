import MartletFrames
import MartletNumerics

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
