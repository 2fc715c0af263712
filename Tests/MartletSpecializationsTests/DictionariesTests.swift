import MartletSpecializations
import XCTest

/// Dictionaries whose hash tables are worked on by code that knows the key only do as the standard library's, which a key of
/// another type still has.
final class DictionariesTests: XCTestCase {
  /// A key that hashes and compares as a text and is not known to the code that is compiled once.
  private struct Wrapped: Hashable {
    var text: String
    init(_ text: String) { self.text = text }
  }

  /// A value that counts who holds it.
  private final class Held {
    nonisolated(unsafe) static var count = 0
    let number: Int
    init(_ number: Int) {
      self.number = number
      Self.count += 1
    }
    deinit { Self.count -= 1 }
  }

  /// A value that must know where it lies, so it cannot be moved as bytes.
  private struct Anchored {
    weak var held: Held?
    var number: Int
  }

  private struct Wide: Equatable {
    var numbers: (Int, Double, Int, Int, UInt8)
    static func == (a: Wide, b: Wide) -> Bool { a.numbers == b.numbers }
  }

  /// Does the same to a dictionary of ours and to one of the standard library's, with copies in between.
  private func check<Value>(
    steps: Int = 4_000, keys: Int, make: (Int) -> Value, same: (Value, Value) -> Bool, line: UInt = #line
  ) {
    var generator = SeededNumbers(seed: 3)
    var ours: [String: Value] = [:]
    var theirs: [Wrapped: Value] = [:]
    var copies: [([String: Value], [Wrapped: Value])] = []
    for step in 0..<steps {
      let key = "key \(generator.next() % UInt64(keys))"
      let other = Wrapped(key)
      switch generator.next() % 8 {
      case 0, 1:
        let value = make(step)
        ours[key] = value
        theirs[other] = value
      case 2:
        ours[key] = nil
        theirs[other] = nil
      case 3:
        let value = make(step)
        func touch(_ value: inout Value) {}
        touch(&ours[key, default: value])
        touch(&theirs[other, default: value])
      case 4: XCTAssertEqual(ours.removeValue(forKey: key) == nil, theirs.removeValue(forKey: other) == nil, line: line)
      case 5:
        let value = make(step)
        func change(_ current: inout Value?) { current = current == nil ? value : nil }
        change(&ours[key])
        change(&theirs[other])
      case 6:
        let value = make(step)
        func replace(_ current: inout Value?) { if current != nil { current = value } }
        replace(&ours[key])
        replace(&theirs[other])
      default:
        if step % 50 == 0 { copies.append((ours, theirs)) }
        XCTAssertEqual(ours[key] == nil, theirs[other] == nil, line: line)
        XCTAssertTrue(same(ours[key, default: make(-1)], theirs[other, default: make(-1)]), line: line)
      }
      XCTAssertEqual(ours.count, theirs.count, line: line)
    }
    copies.append((ours, theirs))
    for (ours, theirs) in copies {
      XCTAssertEqual(Set(ours.keys), Set(theirs.keys.map(\.text)), line: line)
      for (key, value) in theirs {
        guard let own = ours[key.text] else { return XCTFail("\(key) is missing", line: line) }
        XCTAssertTrue(same(own, value), "\(key)", line: line)
      }
    }
  }

  func testValuesOfAllSizes() {
    check(keys: 60, make: { $0 }, same: ==)
    check(keys: 5, make: { $0 }, same: ==)
    check(keys: 1_500, make: { Double($0) }, same: ==)
    check(keys: 60, make: { "value number \($0)" }, same: ==)
    check(keys: 60, make: { UInt8(truncatingIfNeeded: $0) }, same: ==)
    check(keys: 60, make: { [$0, $0] }, same: ==)
    check(keys: 60, make: { Wide(numbers: ($0, 1, 2, $0, 3)) }, same: ==)
    check(keys: 60, make: { $0 % 3 == 0 ? nil : $0 }, same: { (a: Int?, b: Int?) in a == b })
    check(keys: 60, make: { _ in () }, same: { _, _ in true })
    check(keys: 60, make: { $0 as Any }, same: { ($0 as? Int) == ($1 as? Int) })
  }

  func testValuesThatAreCountedOrCannotBeMovedAsBytes() {
    let before = Held.count
    check(keys: 60, make: { Held($0) }, same: { $0.number == $1.number })
    XCTAssertEqual(Held.count, before, "every value is given back once")
    let anchor = Held(1)
    check(
      keys: 60, make: { Anchored(held: anchor, number: $0) }, same: { $0.held === $1.held && $0.number == $1.number })
    check(
      keys: 700, make: { Anchored(held: anchor, number: $0) }, same: { $0.held === $1.held && $0.number == $1.number })
  }

  func testOtherKeys() {
    var byNumber: [Int: Int] = [:]
    for number in 0..<2_000 { byNumber[number * 7_919 % 2_003, default: 0] += number }
    for number in stride(from: 0, to: 2_003, by: 2) { byNumber[number] = nil }
    for number in 0..<2_000 where number * 7_919 % 2_003 % 2 == 1 {
      XCTAssertEqual(byNumber[number * 7_919 % 2_003], number)
    }
    XCTAssertNil(byNumber[4])
    var letters: [Character: Int] = [:]
    for letter in "eée\u{301}x" { letters[letter, default: 0] += 1 }
    XCTAssertEqual(letters, ["e": 1, "é": 2, "x": 1], "characters are equal canonically")
    var texts = ["e\u{301}": 1]
    texts["é"] = 2
    XCTAssertEqual(texts, ["é": 2])
  }

  func testChangesInPlace() {
    var lists: [String: [Int]] = [:]
    for number in 0..<100 { lists[number % 2 == 0 ? "even" : "odd", default: []].append(number) }
    lists["even"]?.removeFirst(48)
    lists["none"]?.append(1)
    XCTAssertEqual(lists["even"], [96, 98])
    XCTAssertNil(lists["none"])
    var nested = ["a": ["b": 1]]
    nested["a"]?["b"]? += 1
    nested["a", default: [:]]["c", default: 5] += 1
    nested["x", default: [:]]["y"] = 3
    XCTAssertEqual(nested, ["a": ["b": 2, "c": 6], "x": ["y": 3]])
    var optional: [String: Int?] = ["a": 1]
    optional["b"] = .some(nil)
    optional["a"] = nil
    XCTAssertEqual(optional.count, 1)
    let path = \[String: [Int]].["odd"]
    XCTAssertEqual(lists[keyPath: path]?.count, 50)
    lists[keyPath: path] = [1]
    XCTAssertEqual(lists["odd"], [1])
  }

  func testBuilding() {
    let words = "the cat the dog a cat".split(separator: " ").map(String.init)
    XCTAssertEqual(Dictionary(grouping: words, by: \.count), [3: ["the", "cat", "the", "dog", "cat"], 1: ["a"]])
    XCTAssertEqual(Dictionary(grouping: words) { $0.first! }["t"], ["the", "the"])
    let numbers = Dictionary(uniqueKeysWithValues: zip(["a", "b", "c"], [1, 2, 3, 4]))
    XCTAssertEqual(numbers, ["a": 1, "b": 2, "c": 3])
    XCTAssertEqual(Dictionary(uniqueKeysWithValues: [("a", 1), ("b", 2)]), ["a": 1, "b": 2])
    XCTAssertEqual(Dictionary(uniqueKeysWithValues: zip([String](), [Int]())), [:])
    XCTAssertEqual(numbers.keys.sorted(), ["a", "b", "c"])
    XCTAssertEqual(Array(numbers.keys), numbers.keys.map { $0 })
    XCTAssertEqual(Array(numbers.values), numbers.values.map { $0 })
    XCTAssertEqual(Set(words), ["the", "cat", "dog", "a"])
    XCTAssertEqual(Set([3, 1, 3]).sorted(), [1, 3])
  }

  func testFiltering() {
    for count in [0, 1, 7, 500] {
      let numbers = Dictionary(uniqueKeysWithValues: (0..<count).map { ("key \($0)", $0) })
      for rest in 0..<3 {
        let kept = numbers.filter { $0.value % 3 == rest }
        XCTAssertEqual(Set(kept.values), Set((0..<count).filter { $0 % 3 == rest }))
        for (key, value) in kept { XCTAssertEqual(key, "key \(value)") }
        XCTAssertNil(kept["key \(rest + 1)"])
      }
      XCTAssertEqual(numbers.filter { _ in true }, numbers)
      XCTAssertEqual(numbers.filter { _ in false }, [:])
    }
    let wrapped = [Wrapped("a"): Held(1), Wrapped("b"): Held(2)]
    XCTAssertEqual(wrapped.filter { $0.value.number > 1 }.keys.map(\.text), ["b"])
    let anchored = [1: Anchored(held: nil, number: 5), 2: Anchored(held: nil, number: 6)]
    XCTAssertEqual(anchored.filter { $0.value.number == 6 }.map(\.key), [2])
    struct Refusal: Error {}
    XCTAssertThrowsError(try ["a": 1].filter { _ in throw Refusal() })
    var changing = ["a": 1, "b": 2]
    let before = changing.filter { _ in
      changing.removeAll()
      return true
    }
    XCTAssertEqual(before, ["a": 1, "b": 2], "the loop goes on with the entries there were")
  }

  func testPairsOfOtherTypes() {
    let lists = Dictionary(uniqueKeysWithValues: zip(["a", "b"], [[1], [2, 3]]))
    XCTAssertEqual(lists, ["a": [1], "b": [2, 3]])
    let letters = Dictionary(uniqueKeysWithValues: zip([Character("x"), "y"], [true, false]))
    XCTAssertEqual(letters, ["x": true, "y": false])
    let many = Dictionary(uniqueKeysWithValues: zip(Array(0..<1_000), (0..<1_000).map { "value \($0)" }))
    XCTAssertEqual(many.count, 1_000)
    for number in 0..<1_000 { XCTAssertEqual(many[number], "value \(number)") }
  }
}
