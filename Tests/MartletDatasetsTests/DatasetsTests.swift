import MartletDatasets
import MartletFrames
import MartletNumerics
import Testing

@Suite struct DatasetsTests {
  /// Fisher's own table: 50 of each species, and the means that the paper prints.
  @Test func iris() throws {
    let iris = try Datasets.iris()
    #expect(iris.shape == (150, 5))
    #expect(iris.columnNames == ["sepalLength", "sepalWidth", "petalLength", "petalWidth", "species"])
    let means = try iris.grouped(by: "species").aggregate(.count(), .mean("sepalLength"), .mean("petalWidth"))
    #expect(try means["count", Int.self].values() == [50, 50, 50])
    let lengths = try means["mean sepalLength", Double.self].values()
    for (found, printed) in zip(lengths, [5.006, 5.936, 6.588]) { #expect(abs(found - printed) < 1e-12) }
  }

  /// Counts from the repository's description of the test set.
  @Test func digits() throws {
    let digits = try Datasets.digits()
    #expect(digits.features.shape == [1797, 64] && digits.images.shape == [1797, 8, 8])
    #expect(
      (0...9).map { digit in digits.labels.count { $0 == digit } } == [
        178, 182, 177, 183, 181, 182, 181, 179, 174, 180,
      ])
    #expect(digits.features.min() == 0 && digits.features.max() == 16)
    #expect(digits.images[5, 2, 3] == digits.features[5, 19])
    #expect(digits.frame.shape == (1797, 65))
    guard case .text(let svg)? = digits.displayBundle()[.svg] else { return #expect(Bool(false), "no picture") }
    #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>"))
  }

  /// Features are centred with squares that sum to 1; targets from 25 to 346.
  @Test func diabetes() throws {
    let patients = try Datasets.diabetes()
    #expect(patients.shape == (442, 11))
    let x = try patients.matrix(except: "progression")
    for column in 0..<10 {
      #expect(abs(x.column(column).sum()) < 1e-12 && abs((x * x).column(column).sum() - 1) < 1e-12)
    }
    let target = try patients.matrix(of: ["progression"])
    #expect(target.min() == 25 && target.max() == 346)
  }

  @Test func everyDatasetNamesSourceAndLicence() {
    #expect(Datasets.catalogue.map(\.name) == ["iris", "digits", "diabetes"])
    #expect(Datasets.catalogue.allSatisfy { !$0.source.isEmpty && !$0.licence.isEmpty && !$0.summary.isEmpty })
  }
}
