import MartletFrames
import MartletNumerics
import Testing

/// Texts of many parts, which are read at the same time.
@Suite struct CSVLargeTests {
  /// A row that only the last part has must change the column's type, and no value.
  @Test func typesFollowFromAllRows() throws {
    let count = 300_000
    var lines = ["whole,fraction,mixed,date,empty"]
    lines += (0..<count).map { "\($0),\(Double($0) / 4),\($0),2026-01-\(10 + $0 % 20)," }
    lines.append("7,0.5,1.5,soon,x")
    let frame = try DataFrame(csvText: lines.joined(separator: "\n"))
    #expect(frame.columns.map(\.type) == [.int, .double, .double, .string, .string])
    #expect(
      try frame["mixed", Double.self][count] == 1.5 && frame["mixed", Double.self][count - 1] == Double(count - 1))
    #expect(frame["date"].texts()[count] == "soon" && frame["empty"].missingCount == count)
    #expect(try frame["whole", Int.self].values() == Array(0..<count) + [7])
    do {
      _ = try DataFrame(csvText: lines.joined(separator: "\n"), schema: ["mixed": .int])
      Issue.record("accepted")
    } catch { #expect(error.kind == .type && error.line == count + 2 && error.column == 3) }
  }

  /// Line breaks and separators inside quotes, and quotes inside unquoted fields, wherever the text is cut.
  @Test(arguments: [false, true]) func cutsOnlyBetweenRows(hasStrayQuotes: Bool) throws {
    var random = PCG64(seed: 4)
    var csv = "a,b,c\r\n"
    var expected: [[String?]] = [[], [], []]
    let pieces = ["x", "two\nlines", "a,b", "q\"q", "\r\n", "long " + String(repeating: "é", count: 40), ""]
    while csv.utf8.count < 9_000_000 {
      for column in 0..<3 {
        let text = (0..<random.integer(below: 4)).map { _ in pieces[random.integer(below: pieces.count)] }.joined()
        if hasStrayQuotes && random.integer(below: 50) == 0 {
          csv += "5\" pipe"
          expected[column].append("5\" pipe")
        } else {
          csv += "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
          expected[column].append(text)
        }
        csv += column < 2 ? "," : "\r\n"
      }
    }
    let frame = try DataFrame(csvText: csv)
    #expect(frame.columns.map { $0.texts() } == expected)
    #expect(try DataFrame(csvText: frame.csvText()) == frame)
  }

  @Test func errorsInLaterPartsHaveTheirLine() throws {
    let good = String(repeating: "1,\"a\nb\"\n", count: 700_000)
    for (end, kind) in [
      ("1\n", CSVError.Kind.fieldCount), ("1,\"x", .unterminatedQuote), ("1,\"x\"y\n", .textAfterQuote),
    ] {
      do {
        _ = try DataFrame(csvText: "n,t\n" + good + end)
        Issue.record("accepted")
      } catch { #expect(error.kind == kind && error.line == 1_400_002, "\(error)") }
    }
  }

  /// Numbers as they print, and with more digits than a Double has, read to the nearest Double.
  @Test func numbersAreReadToTheNearest() throws {
    var random = PCG64(seed: 9)
    var texts: [String] = [
      "0.1", "1e-5", "9007199254740993", "9007199254740993.0", "123456789012345678.9", "0.3", "1e22", "-5e-324",
    ]
    for _ in 0..<20_000 {
      let bits = Double(bitPattern: random.next())
      if bits.isFinite { texts.append(bits.description) }
      texts.append((random.uniform() * 1000).description)
      let digits = (1...19).map { _ in String(random.integer(below: 10)) }.joined()
      texts.append("\(random.integer(below: 9) + 1).\(digits.prefix(17))")
      texts.append("0.\(digits)")
    }
    let values = try DataFrame(csvText: "x\n" + texts.joined(separator: "\n"), schema: ["x": .double])["x", Double.self]
      .values()
    for (text, value) in zip(texts, values) { #expect(Double(text)?.bitPattern == value.bitPattern, "\(text)") }
  }

  @Test func datesAreRead() throws {
    let frame = try DataFrame(
      csvText: "d,t,bad\n2026-02-28,2026-03-01T12:30:15.25+02:00,2026-02-30\n1969-12-31,,2026-01-01\n")
    #expect(frame.columns.map(\.type) == [.date, .date, .string])
    #expect(frame["d"].texts() == ["2026-02-28", "1969-12-31"])
    #expect(frame["t"].texts() == ["2026-03-01T10:30:15.25Z", nil])
    #expect(try frame["d", Date.self][1]?.timeIntervalSince1970 == -86400)
    #expect(try DataFrame(csvText: frame.csvText()) == frame)
    #expect(frame.description.contains("2026-03-01 10:30:15.25"))
    #expect(throws: CSVError.self) { try DataFrame(csvText: "d\n2026-13-01", schema: ["d": .date]) }
  }
}
