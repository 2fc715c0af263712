import MartletSpecializations
import XCTest

/// What is compiled once does the same as the standard library's code, which a function that knows a sequence only still
/// calls.
final class ArraysAndRangesTests: XCTestCase {
  private struct Refusal: Error, Equatable { var number: Int }

  /// The standard library's answers.
  private func expected<S: Sequence, T>(_ elements: S, map transform: (S.Element) -> T) -> [T] {
    elements.map(transform)
  }
  private func expected<S: Sequence>(_ elements: S, filter isIncluded: (S.Element) -> Bool) -> [S.Element] {
    elements.filter(isIncluded)
  }
  private func expected<S: Sequence, T>(_ elements: S, flatMap transform: (S.Element) -> [T]) -> [T] {
    elements.flatMap(transform)
  }
  private func expected<S: Sequence, T>(_ elements: S, compactMap transform: (S.Element) -> T?) -> [T] {
    elements.compactMap(transform)
  }

  private let lists: [[String]] = [[], ["a"], (0..<100).map { "number \($0 * 7 % 31)" }]

  func testTransformingAsTheStandardLibrary() {
    for list in lists {
      XCTAssertEqual(list.map(\.count), expected(list, map: \.count))
      XCTAssertEqual(list.filter { $0.hasSuffix("1") }, expected(list) { $0.hasSuffix("1") })
      XCTAssertEqual(list.compactMap(\.last), expected(list, compactMap: \.last))
      XCTAssertEqual(list.flatMap { [$0, $0 + "x"] }, expected(list, flatMap: { [$0, $0 + "x"] }))
      XCTAssertEqual(list.flatMap { $0.unicodeScalars }, expected(list, flatMap: { Array($0.unicodeScalars) }))
      XCTAssertEqual(list.reduce("") { $0 + $1 }, list.joined())
      XCTAssertEqual(list.reduce(into: 0) { $0 += $1.count }, list.joined().count)
      var seen: [String] = []
      list.forEach { seen.append($0) }
      XCTAssertEqual(seen, list)
      XCTAssertEqual(list.enumerated().map { "\($0) \($1)" }, list.indices.map { "\($0) \(list[$0])" })
      XCTAssertEqual(zip(list, list.map(\.count)).map { $0 + String($1) }, list.map { $0 + String($0.count) })
      XCTAssertEqual(Array(list.reversed()).reversed(), list)
      XCTAssertEqual(Array(list.prefix(3)) + Array(list.dropFirst(3)), list)
      XCTAssertEqual(Array(list.dropLast(2)) + Array(list.suffix(2)), list)
      XCTAssertEqual(list.shuffled().sorted(), list.sorted())
    }
    XCTAssertEqual(zip([1, 2, 3], ["a"]).map { "\($0)\($1)" }, ["1a"])
  }

  func testQuestions() {
    let numbers = [3, 1, 2, 1]
    XCTAssertEqual(numbers.first { $0 < 3 }, 1)
    XCTAssertNil(numbers.first { $0 > 3 })
    XCTAssertEqual(numbers.firstIndex { $0 == 2 }, 2)
    XCTAssertTrue(numbers.contains { $0 == 2 })
    XCTAssertFalse(numbers.allSatisfy { $0 > 1 })
    XCTAssertTrue([Int]().allSatisfy { _ in false })
    XCTAssertEqual([numbers.min(), numbers.max()], [1, 3])
    XCTAssertNil([Double]().min())
    // Of equal ones, the first for the least and the greatest alike.
    let pairs = [(1, "a"), (0, "b"), (0, "c"), (1, "d")]
    XCTAssertEqual(pairs.min { $0.0 < $1.0 }?.1, "b")
    XCTAssertEqual(pairs.max { $0.0 < $1.0 }?.1, "a")
  }

  func testRangesAsTheStandardLibrary() {
    for range in [0..<0, 5..<6, -3..<40, Int.max - 3..<Int.max, Int.min..<Int.min + 3] {
      XCTAssertEqual(Array(range), expected(range, map: { $0 }))
      XCTAssertEqual(range.map { $0 / 2 }, expected(range, map: { $0 / 2 }))
      XCTAssertEqual(range.filter { $0 % 3 == 0 }, expected(range) { $0 % 3 == 0 })
      XCTAssertEqual(range.compactMap { $0 % 3 == 0 ? "\($0)" : nil }, expected(range, compactMap: { $0 % 3 == 0 ? "\($0)" : nil }))
      XCTAssertEqual(range.flatMap { [$0, 1] }, expected(range, flatMap: { [$0, 1] }))
      XCTAssertEqual(range.reduce(0, &+), Array(range).reduce(0, &+))
    }
    for range in [0...0, -3...40, Int.max - 3...Int.max, Int.min...Int.min + 3] {
      XCTAssertEqual(Array(range), expected(range, map: { $0 }))
      XCTAssertEqual(range.map { $0 / 2 }, expected(range, map: { $0 / 2 }))
      XCTAssertEqual(range.filter { $0 % 3 == 0 }, expected(range) { $0 % 3 == 0 })
      XCTAssertEqual(range.compactMap { $0 % 3 == 0 ? "\($0)" : nil }, expected(range, compactMap: { $0 % 3 == 0 ? "\($0)" : nil }))
      XCTAssertEqual(range.flatMap { [$0, 1] }, expected(range, flatMap: { [$0, 1] }))
      XCTAssertEqual(range.reduce(0, &+), Array(range).reduce(0, &+))
      XCTAssertEqual(range.reduce(into: 0) { $0 &+= $1 }, Array(range).reduce(0, &+))
    }
  }

  /// What was made before the error is given back: nothing leaks and nothing is freed twice.
  func testErrorsFromClosures() {
    final class Witness {}
    weak var first: Witness?
    func make(_ number: Int) throws(Refusal) -> Witness {
      if number == 3 { throw Refusal(number: number) }
      let witness = Witness()
      if number == 0 { first = witness }
      return witness
    }
    func refusal(_ body: () throws(Refusal) -> [Witness]) -> Refusal? {
      do throws(Refusal) { _ = try body() } catch { return error }
      return nil
    }
    XCTAssertEqual(refusal { () throws(Refusal) in try [0, 1, 2, 3, 4].map(make) }, Refusal(number: 3))
    XCTAssertNil(first)
    XCTAssertEqual(refusal { () throws(Refusal) in try (0..<5).map(make) }, Refusal(number: 3))
    XCTAssertEqual(refusal { () throws(Refusal) in try (0...5).map(make) }, Refusal(number: 3))
    XCTAssertNil(first)
    XCTAssertThrowsError(try [1, 2].filter { throw Refusal(number: $0) })
    XCTAssertThrowsError(try [1, 2].reduce(0) { throw Refusal(number: $0 + $1) })
  }

  func testGrowingAndShrinking() {
    var generator = SeededNumbers(seed: 11)
    var array: [String] = []
    var model = ContiguousArray<String>()
    var copies: [([String], ContiguousArray<String>)] = []
    for step in 0..<3_000 {
      let text = "element number \(step)"
      let place = Int(generator.next() % UInt64(model.count + 1))
      switch generator.next() % 10 {
      case 0...3:
        array.append(text)
        model.append(text)
      case 4:
        array.insert(text, at: place)
        model.insert(text, at: place)
      case 5 where place < model.count: XCTAssertEqual(array.remove(at: place), model.remove(at: place))
      case 6: XCTAssertEqual(array.popLast(), model.popLast())
      case 7 where !model.isEmpty: XCTAssertEqual(array.removeLast(), model.removeLast())
      case 8:
        array += [text, "x"]
        array.append(contentsOf: array.prefix(1))
        model += [text, "x"]
        model.append(contentsOf: model.prefix(1))
      default:
        // Whoever holds a copy must not see later changes.
        if step % 5 == 0 { copies.append((array, model)) }
        let ending = "\(step % 10)"
        array.removeAll { $0.hasSuffix(ending) }
        model.removeAll { $0.hasSuffix(ending) }
      }
      XCTAssertEqual(array.count, model.count)
    }
    XCTAssertEqual(array, Array<String>(model.map { $0 }))
    for (copy, expected) in copies { XCTAssertEqual(copy, expected.map { $0 }) }
    var own = [1, 2]
    own.append(contentsOf: own)
    own += own
    XCTAssertEqual(own, [1, 2, 1, 2, 1, 2, 1, 2])
  }

  func testRandomNumbersStayInTheirRange() {
    for _ in 0..<200 {
      XCTAssertTrue((-2..<3).contains(Int.random(in: -2..<3)))
      XCTAssertTrue((7...7).contains(Int.random(in: 7...7)))
      XCTAssertTrue((0..<1).contains(Double.random(in: 0..<1)))
      XCTAssertTrue((1...2).contains(Double.random(in: 1...2)))
    }
    XCTAssertEqual(Set((0..<200).map { _ in Bool.random() }), [true, false])
  }
}
