import MartletFrames
import MartletNumerics
import Testing

@Suite struct JSONTests {
  @Test func readsWhatPolarsWrote() throws {
    let reference = try VerbsReference.read()
    let frame = try reference.leftFrame()
    #expect(try DataFrame(jsonText: reference.json) == frame)
    #expect(try DataFrame(jsonLinesText: reference.ndjson) == frame)
    #expect(try DataFrame(csvText: reference.csv) == frame)
    #expect(try DataFrame(jsonText: frame.jsonText()) == frame)
    #expect(try DataFrame(jsonLinesText: frame.jsonLinesText()) == frame)
  }

  @Test func typesAndMissing() throws {
    let frame = try DataFrame(
      jsonText:
        #"[{"i": 1, "d": 1, "b": true, "s": "\u00e4\n\ud83d\ude00"}, {"d": 2.5, "late": "2026-03-01"}, {"i": null}]"#,
      schema: ["late": .date])
    #expect(frame.columnNames == ["i", "d", "b", "s", "late"])
    #expect(frame.columns.map(\.type) == [.int, .double, .bool, .string, .date])
    #expect(frame["s"].texts() == ["ä\n😀", nil, nil] && frame["late"].texts() == [nil, "2026-03-01", nil])
    let columns = try DataFrame(jsonText: #"{"a": [1, 2], "b": ["x", null]}"#)
    #expect(columns.shape == (2, 2) && columns["b"].missingCount == 1)
    #expect(
      try DataFrame(jsonText: #"[{"id": 12345678901234567890}]"#, schema: ["id": .string])["id"].texts() == [
        "12345678901234567890"
      ])
    #expect(try DataFrame(jsonText: #"[{"x": {"y": [1]}}]"#, nested: .asText)["x"].texts() == [#"{"y": [1]}"#])
    #expect(try DataFrame(jsonText: "[]").shape == (0, 0) && DataFrame(jsonLinesText: "").shape == (0, 0))
    #expect(try DataFrame(jsonText: "[{}, {}]").rowCount == 0)
  }

  static let hostile: [(String, JSONTableError.Kind, Int?, Int?)] = [
    ("", .syntax, 1, 1), ("7", .syntax, 1, 1), ("[{\"a\": 1}", .syntax, 1, 10), ("[{\"a\": 1},]", .syntax, 1, 11),
    ("[{\"a\": 01}]", .syntax, 1, 8), ("[{\"a\": 1.}]", .syntax, 1, 10), ("[{\"a\": tru}]", .syntax, 1, 8),
    ("[{\"a\": \"x}]", .syntax, 1, 8), ("[{\"a\": \"\\x\"}]", .syntax, 1, 9),
    ("[{\"a\": \"\\ud800\"}]", .syntax, 1, 15),
    ("[{\"a\": 1}] x", .syntax, 1, 12), ("[1, 2]", .syntax, 1, 2), ("[{\"a\": 1, \"a\": 2}]", .shape, 1, 11),
    ("[{\"a\": 1},\n {\"a\": \"x\"}]", .type, 2, 8), ("[{\"a\": {}}]", .type, 1, 8),
    ("{\"a\": [1], \"b\": [1, 2]}", .shape, 1, 12), ("{\"a\": 1}", .shape, 1, 7),
    ("[{\"a\": 12345678901234567890}]", .type, 1, 8), ("[{\"a\": \"\u{1}\"}]", .syntax, 1, 9),
  ]

  @Test(arguments: hostile) func brokenTextsAreRefusedWithTheirPlace(
    _ json: String, _ kind: JSONTableError.Kind, _ line: Int?, _ column: Int?
  ) {
    do {
      Issue.record("accepted as \(try DataFrame(jsonText: json))")
    } catch { #expect(error.kind == kind && error.line == line && error.column == column, "\(json): \(error)") }
  }

  @Test func depthIsBounded() {
    let deep = "[{\"a\": " + String(repeating: "[", count: 1_000_000)
    do {
      _ = try DataFrame(jsonText: deep, nested: .asText)
      Issue.record("accepted")
    } catch { #expect(error.kind == .syntax && error.message.contains("128 deep")) }
  }

  @Test func notANumberIsRefused() throws {
    #expect(throws: JSONTableError.self) { try DataFrame(Column("x", [Double.nan])).jsonText() }
    let text = try DataFrame(Column("s", ["\"\\\n\u{7}"])).jsonText()
    #expect(text == #"[{"s": "\"\\\n\u0007"}]"#)
  }

  /// Whatever the bytes: a frame or an error.
  @Test(arguments: 0..<300 as Range<UInt64>) func anyTextGivesAFrameOrAnError(seed: UInt64) throws {
    var random = PCG64(seed: seed)
    let pieces = ["{", "}", "[", "]", "\"a\"", ":", ",", "1", "-2.5e3", "null", "true", "\\u00e9", "\n", "\"", "ä"]
    let text =
      "[{\"a\":" + (0..<random.integer(below: 12)).map { _ in pieces[random.integer(below: pieces.count)] }.joined()
      + "}]"
    guard let frame = try? DataFrame(jsonText: text) else { return }
    #expect(try DataFrame(jsonText: frame.jsonText(), schema: [:]).rowCount == frame.rowCount, "seed \(seed): \(text)")
  }
}
