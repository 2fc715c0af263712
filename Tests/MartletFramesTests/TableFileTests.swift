import Foundation
import MartletFrames
import MartletNumerics
import Testing

/// ARFF, `.npz`, and what a profile says.
@Suite struct TableFileTests {
  struct StoredColumn: Decodable {
    let name: String
    let numbers: [Double?]?
    let texts: [String?]?
  }
  struct StoredTable: Decodable {
    let name, text: String
    let columns: [StoredColumn]
  }
  struct Figures: Decodable {
    let mean, deviation: Double
    let quartiles: [Double]
    let outliers: Int
    let histogram: [Int]
  }
  struct Reference: Decodable {
    let arff: [StoredTable]
    let npz: Data
    let csv: String
    let profile: [String: Figures]
    let missing, distinct: [Int]
    let duplicates: Int
    let correlation: Double
  }

  let reference: Reference
  init() throws { reference = try ReferenceFile.read("tables") }

  @Test func arffAgreesWithSciPy() throws {
    for table in reference.arff {
      for text in [table.text, table.text.replacingOccurrences(of: "\n", with: "\r\n")] {
        let frame = try DataFrame(arffText: text)
        #expect(frame.columnNames == table.columns.map(\.name), "\(table.name)")
        for column in table.columns {
          if let numbers = column.numbers { #expect(try frame[column.name].numbers() == numbers, "\(table.name)") }
          if let texts = column.texts { #expect(frame[column.name].texts() == texts, "\(table.name)") }
        }
      }
    }
  }

  /// By the format's description: sparse rows, whole numbers, dates, escapes and strings.
  @Test func arffHasSparseRowsAndDates() throws {
    let head =
      "@relation r\n@attribute 'a b' integer\n@attribute c {no, yes}\n@attribute d date\n@attribute e string\n@data\n"
    let frame = try DataFrame(arffText: head + "{0 7, 2 2026-03-01, 3 'it\\'s'}\n-2, yes, '2026-03-02T12:30:00', ?\n")
    #expect(try frame["a b", Int.self].values() == [7, -2])
    #expect(try frame["c", String.self].values() == ["no", "yes"])
    #expect(frame["d"].texts() == ["2026-03-01T00:00:00Z", "2026-03-02T12:30:00Z"])
    #expect(frame["e"].texts() == ["it's", nil])
  }

  @Test func wrongARFFIsRefused() {
    func message(_ text: String) -> String {
      do { return try DataFrame(arffText: text).description } catch { return error.description }
    }
    let head = "@relation r\n@attribute a real\n@attribute b {x, y}\n@data\n"
    #expect(message(head + "1, z") == "Line 5: 'z' is no value of 'b', which has x, y.")
    #expect(message(head + "1") == "Line 5: a row has 2 values; found 1.")
    #expect(message(head + "1, x, 3") == "Line 5: a row has 2 values; found more.")
    #expect(message(head + "one, x") == "Line 5: 'a' should hold Double; found 'one'.")
    #expect(message(head + "1, 'x") == "Line 5: a quoted value starts here and never ends.")
    #expect(message(head + "{5 1}").contains("each attribute once by its number below 2; found '5'"))
    #expect(
      message("@relation r\n@attribute a what")
        == "Line 2: attribute 'a' has the type 'what'; expected numeric, real, integer, string, date or {values}.")
    #expect(message("@relation r\n@attribute a real") == "there is no @data line; this is not a whole ARFF file.")
    #expect(message("a,b\n1,2").contains("a line before @data begins with @relation or @attribute"))
  }

  @Test func npzBecomesColumns() throws {
    let frame = try DataFrame(npz: reference.npz)
    #expect(frame.columnNames == ["x0", "x1", "y", "mask"])
    #expect(try frame["x1", Double.self].values() == [2, 4.25, 0])
    #expect(try frame["y", Int.self].values() == [3, 1, 2])
    #expect(try frame["mask", Bool.self].values() == [true, false, true])
    let uneven = NumPyArchive.data(["a": Matrix([1, 2]), "b": Matrix([1])])
    #expect(throws: NumPyFileError.self) { try DataFrame(npz: uneven) }
    let deep = NumPyArchive.data(["a": Matrix.zeros(2, 2, 2)])
    #expect(throws: NumPyFileError.self) { try DataFrame(npz: deep) }
  }

  @Test func profileAgreesWithPandas() throws {
    let profile = try DataFrame(csvText: reference.csv).profile()
    #expect(profile.columns.map(\.missingCount) == reference.missing)
    #expect(profile.columns.map(\.distinctCount) == reference.distinct)
    #expect(profile.duplicateRowCount == reference.duplicates)
    for column in profile.columns where column.name != "c" {
      let (found, wanted) = (try #require(column.numbers), try #require(reference.profile[column.name]))
      #expect(agree([found.mean, found.standardDeviation ?? 0], [wanted.mean, wanted.deviation]))
      #expect(agree(found.quartiles, wanted.quartiles))
      #expect(found.outlierCount == wanted.outliers && found.histogram == wanted.histogram, "\(column.name)")
    }
    #expect(agree([try #require(profile.correlations["a", Double.self][2])], [reference.correlation]))
    #expect(profile.notes.contains { $0.hasPrefix("'a' and 'd' go together: their correlation is 1.00") })
    #expect(profile.notes.contains { $0.hasPrefix("'b' is missing in ") })
    #expect(profile.description.hasPrefix("203 rows, 4 columns, 3 repeated rows"))
    guard case .text(let html)? = profile.displayBundle()[.html] else { return #expect(Bool(false), "no report") }
    #expect(html.components(separatedBy: "<svg").count == 4 && html.contains("<title>Histogram of a: "))
  }

  /// Names from data are text in the report, never markup; an empty frame has a report too.
  @Test func profileEscapesNames() throws {
    let profile = try DataFrame(Column("<b>", [1.0, 2, 2])).profile()
    guard case .text(let html)? = profile.displayBundle()[.html] else { return #expect(Bool(false), "no report") }
    #expect(!html.contains("<b>"))
    #expect(try DataFrame([]).profile().columns.isEmpty)
  }
}
