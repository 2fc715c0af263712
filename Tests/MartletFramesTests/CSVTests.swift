import MartletFrames
import MartletNumerics
import Testing

@Suite struct CSVTests {
  func texts(_ csv: String) throws -> [[String?]] { try DataFrame(csvText: csv).columns.map { $0.texts() } }

  @Test func types() throws {
    let frame = try DataFrame(csvText: "i,d,b,s,zero,e\n1,1.5,true,x,007,\n-2,1e3,false,NA,08,\n,NaN,,3,1,\n")
    #expect(frame.columns.map(\.type) == [.int, .double, .bool, .string, .string, .string])
    #expect(frame.columns.map(\.missingCount) == [1, 0, 1, 0, 0, 3])
    #expect(try frame["d", Double.self][2]?.isNaN == true)
    let given = try DataFrame(csvText: "a,b\n1,NA\n2,3", missing: ["NA"], schema: ["a": .string, "b": .double])
    #expect(given.columns.map(\.type) == [.string, .double] && given["b"].missingCount == 1)
    #expect(try DataFrame(csvText: "99999999999999999999\n1", hasHeader: false)["column1"].type == .double)
    #expect(try DataFrame(csvText: "x\n0x10\ninfinite\n")["x"].type == .string)
  }

  @Test func quotesAndLineEnds() throws {
    #expect(try texts("a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n") == [["x, y"], ["say \"hi\""]])
    #expect(try texts("a\r1\r2") == [["1", "2"]])
    #expect(try texts("\u{FEFF}a;b\n1;2".replacingOccurrences(of: ";", with: ",")) == [["1"], ["2"]])
    #expect(try DataFrame(csvText: "\u{FEFF}a\n1").columnNames == ["a"])
    #expect(
      try texts("a\n\"two\nlines\"\n\n\n\"\"\n") == [["two\nlines", ""]],
      "an empty line is no row; quoted empty is text")
    #expect(try texts("a,b\n,\n") == [[nil], [nil]])
    #expect(try texts("a,b\n1,\n") == [["1"], [nil]])
    #expect(try texts("") == [])
    #expect(try texts("\n\n") == [])
    #expect(try DataFrame(csvText: "a,b").shape == (0, 2))
    #expect(try DataFrame(csvText: "a\tb\n1\t2", separator: "\t").shape == (1, 2))
  }

  static let hostile: [(String, CSVError.Kind, Int?, Int?)] = [
    ("a,b\n1,\"open\nand on", .unterminatedQuote, 2, 2),
    ("a\n\"", .unterminatedQuote, 2, 1),
    ("a,b\n\"x\"y,2", .textAfterQuote, 2, 1),
    ("a,b\n1,2\n\n3\n", .fieldCount, 4, nil),
    ("a,b\n1,2,3", .fieldCount, 2, nil),
    ("a,b\n\"1\n2\",3\n4", .fieldCount, 4, nil),
    ("a,a\n1,2", .header, 1, 2),
    ("a,b\n1,2\u{0}", .encoding, 2, 2),
    ("a,b\n1,\"2\u{0}\"", .encoding, 2, 2),
  ]

  @Test(arguments: hostile) func brokenTextsAreRefusedWithTheirPlace(
    _ csv: String, _ kind: CSVError.Kind, _ line: Int?, _ column: Int?
  ) {
    do {
      let frame = try DataFrame(csvText: csv)
      Issue.record("accepted as \(frame)")
    } catch {
      #expect(error.kind == kind && error.line == line && error.column == column, "\(error)")
    }
  }

  @Test func wrongTypesAreRefusedWithTheirPlace() {
    do {
      _ = try DataFrame(csvText: "a\n1\n\"2\n\"\n", schema: ["a": .int])
      Issue.record("accepted")
    } catch {
      #expect(error.kind == .type && error.line == 3 && error.column == 1)
    }
    #expect(throws: CSVError.self) { try DataFrame(csvText: "a\n1", schema: ["b": .int]) }
    #expect(throws: CSVError.self) { try DataFrame(csvText: "a\n1", separator: "\"") }
    #expect(throws: CSVError.self) { try DataFrame(csv: "/no/such/file.csv") }
  }

  @Test func invalidUTF8IsRefused() {
    for bytes in [[0xFF, 0xFE, 0x61, 0x00], [0x61, 0x0A, 0xC3, 0x28], [0x61, 0x0A, 0xED, 0xA0, 0x80]] as [[UInt8]] {
      #expect(throws: CSVError.self) { try DataFrame(csvData: Data(bytes)) }
    }
  }

  @Test func hugeFieldsAndManyColumns() throws {
    let long = String(repeating: "x", count: 3_000_000)
    #expect(try texts("a\n\"\(long)\"") == [[long]])
    let wide = (0..<20_000).map { "c\($0)" }.joined(separator: ",")
    #expect(try DataFrame(csvText: wide + "\n" + String(repeating: ",", count: 19_999)).shape == (1, 20_000))
  }

  /// Whatever the bytes: a frame or an error, and a frame that is written reads back the same.
  @Test(arguments: 0..<200) func anyBytesGiveAFrameOrAnError(seed: UInt64) throws {
    var random = PCG64(seed: seed)
    let alphabet: [UInt8] = Array("\"\",,\n\r\n\t 01.-eaNÄ".utf8) + [0xFF]
    let bytes = (0..<random.integer(below: 80)).map { _ in alphabet[random.integer(below: alphabet.count)] }
    guard let frame = try? DataFrame(csvData: Data(bytes)) else { return }
    let written = frame.csvText()
    let schema = Dictionary(uniqueKeysWithValues: frame.columns.map { ($0.name, $0.type) })
    let again = try DataFrame(csvText: written, schema: schema)
    #expect(
      again.columns.map { $0.texts() } == frame.columns.map { $0.texts() }, "seed \(seed): \(written.debugDescription)")
  }

  @Test func roundTripKeepsEveryDouble() throws {
    let values: [Double?] = [0.1, -0.0, 1e300, Double.leastNonzeroMagnitude, .infinity, nil, .nan, 1.0 / 3]
    let frame = try DataFrame(Column("x", values), Column("s", ["", "a\rb", ",", "\"", nil, "ü", " x ", "-"]))
    let again = try DataFrame(csvText: frame.csvText())
    #expect(again["s"] == frame["s"])
    let bits = try again["x", Double.self].map { $0?.bitPattern }
    #expect(bits == values.map { $0?.bitPattern })
  }

  @Test func files() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let frame = try DataFrame(Column("a", [1, 2]), Column("b", ["x", nil]))
    try frame.writeCSV(to: path)
    #expect(try DataFrame(csv: path) == frame)
  }
}
