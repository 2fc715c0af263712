import MartletDisplay
import Testing

// At the top of the file and of distinct names, so that their mangled names mean the same behind any variable's.

struct Spot { var x = 1.0, y = 2.0 }
enum Sketch {
  case circle(radius: Int)
  case dot
}
class Beast { var name = "Rex" }
final class Hound: Beast { var age = 3 }
actor Tally { var count = 7 }
struct Grid: Shaped { var axisLengths: [Int] { [3, 4] } }

/// What a list of variables says of a value, read through the symbol and the address of the variable that holds it.
@Suite struct InspectionTests {
  struct Ticket: ~Copyable { var number = 1 }

  /// Asks about a variable that has a type; its module and name are made up.
  private func answer<Value: ~Copyable>(_ value: borrowing Value, type: String, _ question: _InspectionQuestion)
    -> [UInt8]
  {
    let reply = Reply()
    withUnsafePointer(to: value) { address in
      let bytes = question.encoded
      _martletInspectVariable(
        "$s4Cell1v\(type)vp", address, bytes, bytes.count, Unmanaged.passUnretained(reply).toOpaque()
      ) { context, bytes, count in
        // The context is the object that was passed above.
        Unmanaged<Reply>.fromOpaque(context).takeUnretainedValue().bytes =
          Array(UnsafeBufferPointer(start: bytes, count: count))
      }
    }
    return reply.bytes
  }

  private final class Reply { var bytes: [UInt8] = [] }

  private func inspect<Value>(_ value: Value) throws -> _InspectedValue {
    let type = try #require(_mangledTypeName(Value.self))
    return try #require(_InspectedValue(decoding: answer(value, type: type, .value)))
  }

  private func children<Value>(of value: Value, path: [Int] = [], _ range: Range<Int> = 0..<100) throws -> [String] {
    let type = try #require(_mangledTypeName(Value.self))
    let bytes = answer(value, type: type, .children(path: path, range: range))
    return try #require(_InspectedChild.decode(bytes)).map { "\($0.label): \($0.value.typeName) = \($0.value.text)" }
  }

  @Test func symbolsNameVariables() {
    func name(_ symbol: String) -> String? {
      guard let text = _martletVariableName(symbol) else { return nil }
      defer { text.deallocate() }
      return String(cString: text)
    }
    #expect(name("$s5Cell41xSivp") == "x")
    #expect(name("$s10Cell0000041pAA5PointVvp") == "p")
    // Words that were named before, and letters beyond ASCII.
    #expect(name("$s5Cell208my_data_C0Sivp") == "my_data_data")
    #expect(name("$s5Cell2009krfte_hraSivp") == "kräfte")
    #expect(name("$s5Cell13hid33_1ED9A0FBB876466869F032D91ADFB2ADLLSivp") == "hid")
    #expect(name("$s5Cell41fyS2ivp") == nil || name("$s5Cell41fyS2ivp") == "f")
    for other in ["$s5Cell45PointV1xSdvp", "$s5Cell41xSivg", "malloc", "$s", "$svp", "$s5Cvp", "$s99Cell1xSivp"] {
      #expect(name(other) != "x", "\(other)")
    }
  }

  @Test func typesReadAsPeopleWriteThem() throws {
    #expect(try inspect(1).typeName == "Int")
    #expect(try inspect([1.5]).typeName == "[Double]")
    #expect(try inspect(["a": [Int?.none]]).typeName == "[String: [Int?]]")
    #expect(try inspect(Optional(Optional("a"))).typeName == "String??")
    #expect(try inspect((1, b: "x")).typeName == "(Int, b: String)")
    #expect(try inspect({ (a: [Int], b: Int?) -> String in "" }).typeName == "([Int], Int?) -> String")
    #expect(try inspect(Optional({ () -> [Int] in [] })).typeName == "(() -> [Int])?")
    #expect(try inspect(Spot()).typeName == "Spot")
    #expect(try inspect(Set(["a"])).typeName == "Set<String>")
    #expect(
      try inspect([Result<[Int], CancellationError>.success([])]).typeName == "[Result<[Int], CancellationError>]")
    #expect(try inspect(3 as any Hashable).typeName == "any Hashable")
    #expect(try inspect([1, "a"] as [Any]).typeName == "[Any]")
  }

  @Test func valuesFitOneLine() throws {
    #expect(try inspect(1).text == "1")
    #expect(try inspect("a\nb").text == #""a\nb""#)
    #expect(try inspect(Spot()).text == "Spot(x: 1.0, y: 2.0)")
    #expect(try inspect(Sketch.circle(radius: 2)).text == "circle(radius: 2)")
    #expect(try inspect(Int?.none).text == "nil")
    let long = try inspect(String(repeating: "é", count: 1_000_000)).text
    #expect(long.utf8.count < 250)
    #expect(long.hasPrefix("\"éé") && long.hasSuffix("…"))
    let lines = try inspect(HTML("<b>\n  <i>\n</b>")).text
    #expect(!lines.contains { $0.isNewline })
  }

  @Test func shapesAndSizesAreTold() throws {
    #expect(try inspect([1, 2, 3]).shape == [3])
    #expect(try inspect([1, 2, 3][1...]).shape == [2])
    #expect(try inspect(["a": 1]).shape == [1])
    #expect(try inspect(Set([1, 2])).shape == [2])
    #expect(try inspect(Optional([1, 2])).shape == [2])
    #expect(try inspect(Grid()).shape == [3, 4])
    #expect(try inspect(1).shape == nil)
    let million = try inspect([Double](repeating: 0, count: 1_000_000))
    #expect(million.shape == [1_000_000])
    #expect(try #require(million.byteCount) >= 8_000_000)
  }

  @Test func partsAreNamed() throws {
    #expect(try children(of: Spot()) == ["x: Double = 1.0", "y: Double = 2.0"])
    #expect(try children(of: ["k": 5]) == [#"["k"]: Int = 5"#])
    #expect(try children(of: Optional(Spot())) == ["x: Double = 1.0", "y: Double = 2.0"])
    #expect(try children(of: Sketch.circle(radius: 2)) == ["circle: (radius: Int) = (radius: 2)"])
    #expect(try children(of: (4, name: "a")) == ["0: Int = 4", #"name: String = "a""#])
    #expect(try children(of: Hound()) == [#"name: String = "Rex""#, "age: Int = 3"])
    #expect(try children(of: Tally()) == ["count: Int = 7"])
    #expect(try children(of: 3) == [])
  }

  @Test func partsAreReachedByPathAndRange() throws {
    let points = [[Spot(x: 5)], []]
    #expect(try children(of: points, path: [0, 0]) == ["x: Double = 5.0", "y: Double = 2.0"])
    #expect(try children(of: points, path: [1, 0]) == [])
    let numbers = Array(0..<1_000_000)
    #expect(
      try children(of: numbers, 999_998..<2_000_000) == ["[999998]: Int = 999998", "[999999]: Int = 999999"])
    #expect(try children(of: numbers, 5..<5) == [])
  }

  @Test func whatCannotBeCopiedIsNotRead() throws {
    let bytes = answer(Ticket(), type: "4Cell6TicketV", .value)
    let value = try #require(_InspectedValue(decoding: bytes))
    #expect(value.typeName == "Ticket")
    #expect(value.text == "(a value of this type cannot be shown)")
  }

  @Test func malformedQuestionsAndAnswersAreRefused() {
    #expect(_InspectedValue(decoding: []) == nil)
    #expect(_InspectedValue(decoding: [UInt8](repeating: 0xff, count: 64)) == nil)
    #expect(_InspectedChild.decode([UInt8](repeating: 0x7f, count: 64)) == nil)
  }
}
