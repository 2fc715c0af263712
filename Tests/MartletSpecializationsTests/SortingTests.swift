import MartletSpecializations
import XCTest

/// Sorting as cells do it, beside insertion of one element after the other.
final class SortingTests: XCTestCase {
  private struct Person: Equatable {
    var name: String
    var age: Int
    var place: Int
  }

  /// Larger than any block, so that addresses are sorted.
  private struct Wide: Equatable {
    var key: Int
    var rest: (Int, Int, Int, Int, Int, Int, Int, Int) = (1, 2, 3, 4, 5, 6, 7, 8)
    static func == (left: Wide, right: Wide) -> Bool { left.key == right.key && left.rest.7 == right.rest.7 }
  }

  private struct Failure: Error {}

  /// A stable sort that can be checked by reading it.
  private func inserted<Element>(_ elements: [Element], _ isBefore: (Element, Element) -> Bool) -> [Element] {
    var result: [Element] = []
    for element in elements {
      let place = result.firstIndex { isBefore(element, $0) } ?? result.endIndex
      result.insert(element, at: place)
    }
    return result
  }

  private func lists(_ generator: inout SeededNumbers) -> [[Int]] {
    var result: [[Int]] = []
    for count in [0, 1, 2, 3, 23, 24, 25, 26, 64, 257, 700] {
      let ascending = Array(0..<count)
      result.append(ascending.map { _ in Int(generator.next() % 1000) })
      result.append(ascending.map { _ in Int(generator.next() % 4) })
      result.append(ascending)
      result.append(ascending.reversed())
      result.append(ascending.map { $0 % 50 })
      result.append(ascending.map { Swift.min($0, count - $0) })
    }
    return result
  }

  func testNumbersAreSorted() {
    var generator = SeededNumbers(seed: 1)
    for list in lists(&generator) {
      let expected = inserted(list, <)
      XCTAssertEqual(list.sorted(), expected)
      XCTAssertEqual(list.map(Double.init).sorted(), expected.map(Double.init))
      XCTAssertEqual(list.map(Float.init).sorted(), expected.map(Float.init))
      XCTAssertEqual(list.map { UInt8($0 % 256) }.sorted(), inserted(list.map { UInt8($0 % 256) }, <))
      XCTAssertEqual(list.map(Int16.init).sorted(by: >), inserted(list.map(Int16.init), >))
      XCTAssertEqual(list.map(String.init).sorted(), inserted(list.map(String.init), <))
      XCTAssertEqual(list.map { "\($0)" as Substring }.sorted(), inserted(list.map { "\($0)" as Substring }, <))
    }
  }

  func testEqualElementsKeepTheirOrder() {
    var generator = SeededNumbers(seed: 2)
    for list in lists(&generator) {
      let people = list.enumerated().map { Person(name: "\($1 % 3)", age: $1, place: $0) }
      XCTAssertEqual(people.sorted { $0.age < $1.age }, inserted(people) { $0.age < $1.age })
      XCTAssertEqual(people.sorted { $0.name > $1.name }, inserted(people) { $0.name > $1.name })
      let wide = list.map { Wide(key: $0) }
      XCTAssertEqual(wide.sorted { $0.key < $1.key }, inserted(wide) { $0.key < $1.key })
      let zeros = list.map { $0 % 2 == 0 ? 0.0 : -0.0 }
      XCTAssertEqual(zeros.sorted().map(\.sign), zeros.map(\.sign), "0 and -0 are equal")
    }
  }

  // MARK: - Long merges, whose answers are sampled

  /// Lists for merges of thousands of elements: with answers that can be foreseen and others, in both directions.
  private func longLists(_ generator: inout SeededNumbers) -> [[Int]] {
    func random(_ count: Int, below end: UInt64) -> [Int] { (0..<count).map { _ in Int(generator.next() % end) } }
    func run(_ count: Int) -> [Int] { byTheStandardLibrary(random(count, below: 900)).map(\.value) }
    return [
      random(5000, below: 1_000_000), random(5000, below: 4), (0..<5000).map { $0 % 700 },
      (0..<5000).map { $0 * 7919 % 5003 }, (0..<5000).map { Swift.min($0, 5000 - $0) },
      // The shorter run is on the left, then on the right.
      run(1500) + run(3500), run(3500) + run(1500),
      // Neither run is random: all of one come first, then all of the other.
      Array(2000..<5000) + Array(0..<2000), Array(3000..<5000) + Array(0..<3000),
    ]
  }

  /// The standard library's own sort, which a buffer has, by an order that leaves no two equal.
  private func byTheStandardLibrary(_ list: [Int]) -> [(value: Int, place: Int)] {
    var pairs = list.enumerated().map { (value: $1, place: $0) }
    pairs.withUnsafeMutableBufferPointer { $0.sort { ($0.value, $0.place) < ($1.value, $1.place) } }
    return pairs
  }

  func testLongListsAreSorted() {
    var generator = SeededNumbers(seed: 5)
    for list in longLists(&generator) {
      let expected = byTheStandardLibrary(list).map(\.value)
      XCTAssertEqual(list.sorted(), expected)
      XCTAssertEqual(list.map(Double.init).sorted(), expected.map(Double.init))
      XCTAssertEqual(list.map(Float.init).sorted(), expected.map(Float.init))
      XCTAssertEqual(list.map(Int32.init).sorted(), expected.map(Int32.init))
      let bytes = list.map { UInt8($0 % 256) }
      XCTAssertEqual(bytes.sorted(), byTheStandardLibrary(bytes.map(Int.init)).map { UInt8($0.value) })
    }
  }

  func testEqualElementsOfLongListsKeepTheirOrder() {
    var generator = SeededNumbers(seed: 6)
    for list in longLists(&generator) {
      let expected = byTheStandardLibrary(list)
      let people = list.enumerated().map { Person(name: "a name of \($1)", age: $1, place: $0) }
      XCTAssertEqual(people.sorted { $0.age < $1.age }.map(\.place), expected.map(\.place))
      let pairs = list.enumerated().map { (place: $0, value: $1) }
      XCTAssertEqual(pairs.sorted { $0.value < $1.value }.map(\.place), expected.map(\.place))
      let wide = list.enumerated().map { Wide(key: $1, rest: ($0, 2, 3, 4, 5, 6, 7, 8)) }
      XCTAssertEqual(wide.sorted { $0.key < $1.key }.map(\.rest.0), expected.map(\.place))
      let downwards = byTheStandardLibrary(list.map { -$0 }).map(\.place)
      XCTAssertEqual(people.sorted { $0.age > $1.age }.map(\.place), downwards)
    }
  }

  func testErrorInALongMergeLosesNothing() {
    var generator = SeededNumbers(seed: 7)
    for list in longLists(&generator) {
      let people = list.enumerated().map { Person(name: "a name of \($1)", age: $1, place: $0) }
      var questions = 0
      _ = people.sorted {
        questions += 1
        return $0.age < $1.age
      }
      // The last questions are those of the last merge: within its sample, soon after it, in the middle, close to the end.
      for fromTheEnd in [1, 2, 60, 500, 1000, 1400, 1500, 2000, 2500, 2990, 3450, 4000, 4500, 4950] {
        let limit = questions - fromTheEnd
        guard limit > 0 else { continue }
        var (some, asked) = (people, 0)
        XCTAssertThrowsError(
          try some.sort {
            asked += 1
            if asked > limit { throw Failure() }
            return $0.age < $1.age
          })
        var places = some.map(\.place)
        places.withUnsafeMutableBufferPointer { $0.sort(by: <) }
        XCTAssertEqual(places, Array(0..<5000), "\(fromTheEnd) questions before the end")
        XCTAssertTrue(some.allSatisfy { $0.name == "a name of \($0.age)" && list[$0.place] == $0.age })
      }
    }
  }

  func testSortingInPlaceLeavesCopiesAlone() {
    let people = (0..<100).map { Person(name: "p", age: $0 * 37 % 101, place: $0) }
    var sorted = people
    sorted.sort { $0.age < $1.age }
    XCTAssertEqual(sorted.map(\.age), people.map(\.age).sorted())
    XCTAssertEqual(people.map(\.place), Array(0..<100))
  }

  func testNaNIsOrderedAsByTheStandardLibrary() {
    var generator = SeededNumbers(seed: 3)
    for count in [2, 5, 40, 300] {
      let list = (0..<count).map { _ in generator.next() % 5 == 0 ? Double.nan : Double(generator.next() % 100) }
      // A buffer has the standard library's own method.
      var expected = list
      expected.withUnsafeMutableBufferPointer { $0.sort() }
      XCTAssertEqual(list.sorted().map(\.bitPattern), expected.map(\.bitPattern))
    }
  }

  func testContradictoryOrderLosesNothing() {
    var generator = SeededNumbers(seed: 4)
    for count in [10, 100, 1000] {
      let list = (0..<count).map { "\($0)" }
      XCTAssertEqual(list.sorted { _, _ in generator.next() % 2 == 0 }.sorted(), list.sorted())
      XCTAssertEqual(list.sorted { _, _ in true }.sorted(), list.sorted())
    }
  }

  func testErrorOfTheOrderEndsTheSortAndLosesNothing() {
    for limit in [0, 1, 7, 50, 200, 400] {
      var list = (0..<200).map { "\($0 * 7919 % 200)" }
      var wide = list.compactMap { Int($0) }.map { Wide(key: $0) }
      var questions = 0
      func ask() throws {
        questions += 1
        if questions > limit { throw Failure() }
      }
      XCTAssertThrowsError(
        try list.sort {
          try ask()
          return $0 < $1
        })
      XCTAssertEqual(list.sorted(), (0..<200).map { "\($0)" }.sorted())
      questions = 0
      XCTAssertThrowsError(
        try wide.sort {
          try ask()
          return $0.key < $1.key
        })
      XCTAssertEqual(wide.map(\.key).sorted(), Array(0..<200))
    }
  }

  func testElementsThatCannotBeMovedAsBytes() {
    final class Owner {}
    struct Weak {
      weak var owner: Owner?
      var key: Int
    }
    let owners = (0..<60).map { _ in Owner() }
    let list = owners.enumerated().map { Weak(owner: $1, key: $0 * 31 % 60) }
    let sorted = list.sorted { $0.key < $1.key }
    XCTAssertEqual(sorted.map(\.key), Array(0..<60))
    XCTAssertTrue(sorted.allSatisfy { weak in owners.contains { $0 === weak.owner } })
    withExtendedLifetime(owners) {}
  }

  func testReferencesAreNeitherLostNorKept() {
    final class Counted {
      nonisolated(unsafe) static var alive = 0
      let key: Int
      init(_ key: Int) {
        self.key = key
        Self.alive += 1
      }
      deinit { Self.alive -= 1 }
    }
    do {
      var list = (0..<500).map { Counted($0 * 13 % 500) }
      list.sort { $0.key < $1.key }
      XCTAssertEqual(list.map(\.key), Array(0..<500))
      XCTAssertEqual(Counted.alive, 500)
    }
    XCTAssertEqual(Counted.alive, 0)
  }

  func testNearlySortedInputNeedsFewQuestions() {
    var questions = 0
    _ = Array(0..<1000).sorted {
      questions += 1
      return $0 < $1
    }
    XCTAssertEqual(questions, 999)
    questions = 0
    _ = Array((0..<1000).reversed()).sorted {
      questions += 1
      return $0 < $1
    }
    XCTAssertEqual(questions, 999)
  }

  func testOtherSequences() {
    XCTAssertEqual(Set([3, 1, 2]).sorted(), [1, 2, 3])
    XCTAssertEqual(Set(["b", "a"]).sorted(), ["a", "b"])
    XCTAssertEqual("hello".sorted(), ["e", "h", "l", "l", "o"])
    XCTAssertEqual((1...4).sorted(by: >), [4, 3, 2, 1])
    let byValue = ["a": 2, "b": 3, "c": 1].sorted { $0.value < $1.value }
    XCTAssertEqual(byValue.map(\.key), ["c", "a", "b"])
    let halves: [Double: Bool] = [1.5: true, 0.5: false]
    let byKey = halves.sorted { $0.key < $1.key }
    XCTAssertEqual(byKey.map(\.value), [false, true])
    XCTAssertEqual([(1, "a"), (0, "b")].sorted { $0 < $1 }.map(\.1), ["b", "a"])
  }
}

/// The same numbers on every run: a multiplicative congruential generator.
struct SeededNumbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
