import Foundation
import JSON
import Testing

@Suite struct JSONTests {
  private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Data(text.utf8)) }

  @Test func parsesEveryKindOfValue() throws {
    let value = try parse(#" { "a" : [1, -2.5e3, true, false, null, "x"], "b": {} , "c":[] } "#)
    #expect(value == ["a": [1, -2500.0, true, false, nil, "x"], "b": [:], "c": []])
  }

  @Test(arguments: [
    ("0", JSONValue.integer(0)), ("-7", -7), ("1.0", .number(1)), ("1E2", .number(100)),
    ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
  ])
  func keepsIntegersApartFromNumbers(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u4e2d""#, "é中"), (#""\ud83d\ude00""#, "😀"),
    (#""\ud83d""#, "\u{FFFD}"), (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\udc00!""#, "\u{FFFD}!"), ("\"é中😀\"", "é中😀"),
  ])
  func readsStrings(text: String, value: String) throws {
    #expect(try parse(text) == .string(value))
  }

  @Test(arguments: [
    "", " ", "{", "[1,", "[1 2]", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "01", "1.", ".5", "-", "+1",
    "1e",
    "1e999", "nul", "truex", "NaN", "Infinity", "\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"", "1 2", "]",
  ])
  func refusesWhatIsNotJSON(text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  @Test func refusesInvalidUTF8() {
    #expect(throws: JSONError(problem: .badUnicode, offset: 1)) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
  }

  @Test func boundsNesting() throws {
    let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(try parse(nested(512)).array?.count == 1)
    #expect(throws: JSONError(problem: .tooDeep(limit: 512), offset: 512)) { try parse(nested(513)) }
    #expect(throws: JSONError.self) { try parse(String(repeating: "{\"a\":[", count: 1_000_000)) }
  }

  @Test func saysWhereTheProblemIs() {
    let error = #expect(throws: JSONError.self) { try parse("[1, x]") }
    #expect(error?.description == "JSON at byte 4: a value cannot contain 'x' here.")
  }

  @Test func writesMembersInOrderAndEscapes() {
    let value: JSONValue = ["b": "a\"\\\n\u{1}é/", "a": [1, 1.5, 2.0, nil, true]]
    #expect(
      String(decoding: value.serialized(), as: UTF8.self) == #"{"a":[1,1.5,2.0,null,true],"b":"a\"\\\n\u0001é/"}"#)
    #expect(JSONValue.number(.nan).serialized() == Data("null".utf8))
  }

  @Test func writesPrettyAsNotebooksAre() {
    let value: JSONValue = ["cells": [["source": []]], "nbformat": 4]
    let text = String(decoding: value.serialized(pretty: true), as: UTF8.self)
    #expect(text == "{\n \"cells\": [\n  {\n   \"source\": []\n  }\n ],\n \"nbformat\": 4\n}")
  }

  /// Parsing what was written gives the value back, for random values.
  @Test func roundTrips() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let value = randomValue(depth: 0, using: &generator)
      #expect(try JSONValue(parsing: value.serialized()) == value)
      #expect(try JSONValue(parsing: value.serialized(pretty: true)) == value)
    }
  }

  /// Foundation's parser, which is another program, agrees on what was written.
  @Test func foundationReadsWhatIsWritten() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<100 {
      let value = JSONValue.array([randomValue(depth: 0, using: &generator)])
      #expect(try JSONDecoder().decode(JSONValue.self, from: value.serialized()).array?.count == 1)
    }
  }

  @Test func survivesRandomBytes() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array(#"{}[]",:\u0123456789eE+-. truefalsn"#.utf8) + [0, 0xFF, 0xC3]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in alphabet.randomElement(using: &generator)!
      }
      _ = try? JSONValue(parsing: bytes)
    }
  }

  @Test func parsesBigMessages() throws {
    let value = JSONValue.array((0..<200_000).map { ["index": .integer($0), "text": "some text of a cell\n"] })
    let clock = ContinuousClock()
    let bytes = value.serializedBytes()
    var parsed = JSONValue.null
    let time = try clock.measure { parsed = try JSONValue(parsing: bytes) }
    #expect(parsed == value)
    #expect(time < .seconds(10), "\(bytes.count) bytes took \(time)")
  }

  private func randomValue(depth: Int, using generator: inout some RandomNumberGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &generator) {
    case 0: .null
    case 1: .bool(Bool.random(using: &generator))
    case 2: .integer(Int.random(in: .min ... .max, using: &generator))
    case 3: .number(Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &generator)))
    case 4: .string(randomString(using: &generator))
    case 5:
      .array(
        (0..<Int.random(in: 0..<5, using: &generator)).map { _ in randomValue(depth: depth + 1, using: &generator) })
    default:
      .object(
        Dictionary(
          (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
            (randomString(using: &generator), randomValue(depth: depth + 1, using: &generator))
          }, uniquingKeysWith: { $1 }))
    }
  }

  private func randomString(using generator: inout some RandomNumberGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<12, using: &generator) {
      let range: ClosedRange<UInt32> = Bool.random(using: &generator) ? 0...0x7F : 0...0x10FFFF
      text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: range, using: &generator)) ?? "x")
    }
    return text
  }
}
