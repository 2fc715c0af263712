import MartletSpecializations
import XCTest

/// The loops over arrays and ranges give what the standard library's own methods give, of which a `ContiguousArray` still has its own.
final class ClosuresTests: XCTestCase {
  private struct Refusal: Error, Equatable { var number: Int }

  private let lists = [[], [7], Array(-4..<60)]

  func testArraysDoAsContiguousArraysDo() throws {
    for list in lists {
      let model = ContiguousArray(list)
      XCTAssertEqual(list.map { "number \($0)" }, model.map { "number \($0)" })
      XCTAssertEqual(list.filter { $0 % 3 == 0 }, Array(model.filter { $0 % 3 == 0 }))
      XCTAssertEqual(list.compactMap { $0 % 3 == 0 ? "\($0)" : nil }, model.compactMap { $0 % 3 == 0 ? "\($0)" : nil })
      XCTAssertEqual(list.reduce("") { $0 + "\($1)," }, model.reduce("") { $0 + "\($1)," })
      XCTAssertEqual(list.reduce(into: [:]) { $0[$1 % 5] = $1 }, model.reduce(into: [:]) { $0[$1 % 5] = $1 })
      XCTAssertEqual(list.first { $0 > 10 }, model.first { $0 > 10 })
      XCTAssertEqual(list.contains { $0 > 10 }, model.contains { $0 > 10 })
      XCTAssertEqual(list.allSatisfy { $0 < 59 }, model.allSatisfy { $0 < 59 })
      var seen: [Int] = []
      func see(_ number: Int) { seen.append(number) }
      list.forEach(see)
      XCTAssertEqual(seen, list)
    }
  }

  func testRangesDoAsArraysDo() {
    for range in [0..<0, 5..<6, -3..<40, Int.max - 3..<Int.max, Int.min..<Int.min + 3] {
      let model = ContiguousArray(range)
      XCTAssertEqual(range.map { $0 / 2 }, model.map { $0 / 2 })
      XCTAssertEqual(range.filter { $0 % 2 == 0 }, Array(model.filter { $0 % 2 == 0 }))
      XCTAssertEqual(range.reduce(0) { $0 ^ $1 }, model.reduce(0) { $0 ^ $1 })
    }
    for range in [0...0, -3...40, Int.max - 3...Int.max, Int.min...Int.min + 3] {
      let model = ContiguousArray(range)
      XCTAssertEqual(range.map { $0 / 2 }, model.map { $0 / 2 })
      XCTAssertEqual(range.filter { $0 % 2 == 0 }, Array(model.filter { $0 % 2 == 0 }))
      XCTAssertEqual(range.reduce(0) { $0 ^ $1 }, model.reduce(0) { $0 ^ $1 })
    }
  }

  func testOtherTypesKeepTheirOwn() {
    XCTAssertEqual("hello".filter { $0 == "l" }, "ll")
    XCTAssertEqual(["a": 1, "b": 2].filter { $0.value > 1 }, ["b": 2])
    XCTAssertEqual(Set([1, 2, 3]).filter { $0 > 1 }, Set([2, 3]))
    XCTAssertEqual(["a": 1].map { "\($0.key)\($0.value)" }, ["a1"])
    XCTAssertEqual(zip([1, 2], [3, 4]).map { $0 * $1 }, [3, 8])
    XCTAssertEqual([5, 6, 7][1...].map { $0 }, [6, 7])
    XCTAssertEqual(stride(from: 0, to: 6, by: 2).reduce(0, +), 6)
    XCTAssertEqual((UInt8(250)...255).map { Int($0) }, [250, 251, 252, 253, 254, 255])
    XCTAssertEqual(Array([1, 2, 3].lazy.map { $0 + 1 }.filter { $0 > 2 }), [3, 4])
    XCTAssertEqual(sum(of: [1.5, 2]), 7)
    XCTAssertEqual(sum(of: stride(from: 1.5, through: 2, by: 0.5)), 7)
  }

  private func sum<Numbers: Sequence>(of numbers: Numbers) -> Double where Numbers.Element == Double {
    numbers.reduce(0, +) + numbers.map { $0 }.reduce(0, +)
  }

  func testJoiningWhatAClosureMakes() {
    // Two of each, counted by hand: 0; 2; 4 with 8; 6 with 12 and 18; 8.
    let multiples = [0, 2, 4, 8, 6, 12, 18, 8]
    let counts = [0: 1, 2: 1, 4: 2, 6: 3, 8: 1]
    func parts(_ number: Int) -> [Int] { (0..<counts[number, default: 1]).map { number * ($0 + 1) } }
    XCTAssertEqual([0, 2, 4, 6, 8].flatMap(parts), multiples)
    XCTAssertEqual(stride(from: 0, through: 8, by: 2).flatMap(parts), multiples)
    XCTAssertEqual((0..<3).flatMap { row in (0..<2).map { "\(row)\($0)" } }, ["00", "01", "10", "11", "20", "21"])
    XCTAssertEqual((1...3).flatMap { $0..<3 }, [1, 2, 2])
    let letters: [Character] = ["ab", "", "c"].flatMap { $0 }
    XCTAssertEqual(letters, ["a", "b", "c"])
    XCTAssertEqual([[1], [], [2, 3]].flatMap { $0 }, [1, 2, 3])
    XCTAssertEqual(["x": [1, 2]].flatMap { $0.value }, [1, 2])
    XCTAssertEqual([[String]]().flatMap { $0 }, [])
    XCTAssertThrowsError(try [1, 2].flatMap { [try refuse($0)] })
    XCTAssertThrowsError(try (1...2).flatMap { [try refuse($0)] })
    XCTAssertEqual(Array([1, 2].lazy.flatMap { [$0, $0] }), [1, 1, 2, 2])
    XCTAssertEqual(Int("7").flatMap { Int("\($0)1") }, 71)
  }

  func testPairs() {
    let names = ["a", "b", "c"]
    XCTAssertEqual(zip(names, 1...).map { "\($0)\($1)" }, ["a1", "b2", "c3"])
    XCTAssertEqual(names.enumerated().map { "\($0.offset)\($0.element)" }, ["0a", "1b", "2c"])
    XCTAssertEqual(zip(names, names.dropFirst()).filter { $0.0 != "a" }.map { $0 + $1 }, ["bc"])
    XCTAssertEqual(names.enumerated().compactMap { $0.offset == 1 ? nil : $0.element }, ["a", "c"])
    XCTAssertThrowsError(try zip(names, names).map { _ in try refuse(1) })
  }

  func testAnErrorEndsTheLoop() {
    let texts = (0..<9).map { String(repeating: "long enough for the heap ", count: $0) }
    var made = 0
    XCTAssertThrowsError(
      try texts.map { text -> String in
        if made == 5 { throw Refusal(number: made) }
        made += 1
        return text + "!"
      }
    ) { XCTAssertEqual($0 as? Refusal, Refusal(number: 5)) }
    XCTAssertThrowsError(try (1...9).map { if $0 == 4 { throw Refusal(number: $0) } else { texts[$0] } })
    XCTAssertThrowsError(try texts.filter { _ in throw Refusal(number: 0) })
    XCTAssertThrowsError(try texts.compactMap { $0.isEmpty ? nil : try refuse($0.count) })
    XCTAssertThrowsError(try texts.reduce(0) { try $0 + refuse($1.count) })
    XCTAssertThrowsError(try texts.reduce(into: 0) { $0 += try refuse($1.count) })
    func visit(_ text: String) throws { _ = try refuse(text.count) }
    XCTAssertThrowsError(try texts.forEach(visit))
  }

  private func refuse(_ number: Int) throws -> Int { throw Refusal(number: number) }

  /// What was made before an error is given up again, and nothing else.
  func testWhatWasMadeIsGivenUp() {
    final class Counted {
      nonisolated(unsafe) static var living = 0
      init() { Counted.living += 1 }
      deinit { Counted.living -= 1 }
    }
    for end in [0, 3, 7] {
      XCTAssertNil(
        try? (0..<8).map { number -> Counted in
          if number == end { throw Refusal(number: number) }
          return Counted()
        })
      XCTAssertEqual(Counted.living, 0)
    }
    XCTAssertEqual([1, 2, 3].map { _ in Counted() }.count, 3)
    XCTAssertEqual(Counted.living, 0)
  }

  /// A closure may change the array that it is called for: the loop goes on with the elements there were.
  func testTheArrayMayChangeMeanwhile() {
    var list = [1, 2, 3]
    let doubled = list.map { number -> Int in
      list.removeAll()
      return 2 * number
    }
    XCTAssertEqual(doubled, [2, 4, 6])
    XCTAssertEqual(list, [])
  }
}
