import Foundation
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

  /// The pixels that Pillow decodes.
  @Test func photograph() throws {
    struct Reference: Decodable { let shape, channelSums, corner: [Int] }
    let reference: Reference = try ReferenceFile.read("photograph")
    let pixels = try Datasets.china().pixels
    #expect(pixels.shape == reference.shape)
    let scalars = pixels.scalars
    let sums = (0..<3).map { channel in
      stride(from: channel, to: scalars.count, by: 3).reduce(0) { $0 + Int(scalars[$1]) }
    }
    #expect(sums == reference.channelSums)
    #expect((scalars[0..<9] + scalars[640 * 3..<640 * 3 + 9]).map(Int.init) == reference.corner)
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

  struct Sums: Decodable {
    let sums: [String: [Double]]
    let penguinsMissing: [Int]
    let co2Missing: Int
  }

  /// The sums of the columns that hold numbers, as pandas and NumPy add up the originals.
  @Test func columnsAddUpAsTheOriginals() throws {
    let reference = try ReferenceFile.read("sums", as: Sums.self)
    func expect(_ name: String, _ frame: DataFrame, rows: Int) throws {
      #expect(frame.rowCount == rows)
      let sums = try frame.columnNames.filter { frame[$0].isNumeric }.map { name in
        frame[name].type == .int
          ? Double(try frame[name, Int.self].present.reduce(0, +)) : try frame[name, Double.self].present.reduce(0, +)
      }
      #expect(agree(sums, try #require(reference.sums[name]), within: 1e-12), "\(name)")
    }
    try expect("wine", Datasets.wine(), rows: 178)
    try expect("breastCancer", Datasets.breastCancer(), rows: 569)
    try expect("linnerud", Datasets.linnerud(), rows: 20)
    try expect("penguins", Datasets.penguins(), rows: 344)
    try expect("co2", Datasets.co2(), rows: 2284)
    try expect("sunspots", Datasets.sunspots(), rows: 309)
    try expect("nile", Datasets.nile(), rows: 100)
    let penguins = try Datasets.penguins()
    #expect(penguins.columnNames.map { penguins[$0].missingCount } == reference.penguinsMissing)
    #expect(try Datasets.co2()["co2"].missingCount == reference.co2Missing)
  }

  /// The weeks of the record: Saturdays from 29 March 1958 to 29 December 2001.
  @Test func weeksAreDates() throws {
    let weeks = try Datasets.co2()["week", Date.self].values()
    #expect(weeks.first == Date(timeIntervalSince1970: -4296 * 86_400))
    #expect(zip(weeks, weeks.dropFirst()).allSatisfy { $1.timeIntervalSince($0) == 7 * 86_400 })
  }

  /// What the report's own table adds up to.
  @Test func titanic() throws {
    let people = try Datasets.titanic()
    #expect(people.rowCount == 2201)
    #expect(try people["survived", Bool.self].values().count { $0 } == 711)
    let women = try people.filter(text("sex") == "female" && text("age") == "adult" && text("class") == "third")
    #expect(try women["survived", Bool.self].values().count { $0 } == 76 && women.rowCount == 165)
  }

  /// The shares of survivors and the gaps that everyone who has used this table knows; text columns stay text.
  @Test func titanicPassengers() throws {
    let passengers = try Datasets.titanicPassengers()
    #expect(passengers.shape == (1309, 14))
    #expect(try passengers["survived", Bool.self].values().count { $0 } == 500)
    #expect(
      passengers.columnNames.map { passengers[$0].missingCount } == [
        0, 0, 0, 0, 263, 0, 0, 0, 1, 1014, 2, 823, 1188, 564,
      ])
    #expect(["ticket", "cabin", "boat"].allSatisfy { passengers[$0].type == .string })
    func shares(by column: String) throws -> [Double] {
      let flagged = try passengers.adding("saved", passengers["survived", Bool.self].values().map { $0 ? 1.0 : 0.0 })
      return try flagged.grouped(by: column).aggregate(.mean("saved")).sorted(by: column)["mean saved", Double.self]
        .values()
    }
    #expect(agree(try shares(by: "sex"), [0.727468, 0.190985], within: 5e-7))
    #expect(agree(try shares(by: "pclass"), [0.619195, 0.429603, 0.255289], within: 5e-7))
  }

  /// The classes' sizes in the repositories' descriptions.
  @Test func classSizes() throws {
    let cultivars = try Datasets.wine()["cultivar", Int.self].values()
    #expect((0...2).map { cultivar in cultivars.count { $0 == cultivar } } == [59, 71, 48])
    let diagnoses = try Datasets.breastCancer()["diagnosis", String.self].values()
    #expect(diagnoses.count { $0 == "malignant" } == 212 && diagnoses.count { $0 == "benign" } == 357)
    let species = try Datasets.penguins()["species", String.self].values()
    #expect(["Adelie", "Chinstrap", "Gentoo"].map { name in species.count { $0 == name } } == [152, 68, 124])
  }

  /// The table in Data/README.md and the catalogue name the same files, and each names source and licence.
  @Test func everyDatasetNamesSourceAndLicence() throws {
    #expect(Datasets.catalogue.allSatisfy { !$0.source.isEmpty && !$0.licence.isEmpty && !$0.summary.isEmpty })
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/MartletDatasets/Data").standardized
    let readme = try String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)
    let expected = Set(Datasets.catalogue.map { $0.name == "china" ? "china.jpg" : $0.name + ".csv" })
    for file in expected { #expect(readme.contains("`\(file)`"), "\(file)") }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasSuffix(".md") }
    #expect(Set(files) == expected)
  }
}
