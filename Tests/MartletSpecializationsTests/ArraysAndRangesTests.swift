import MartletSpecializations
import XCTest

/// Arrays that grow and shrink by code that is compiled once do as the standard library's contiguous arrays do.
final class ArraysAndRangesTests: XCTestCase {
  func testCopies() {
    for list in [[], ["a"], (0..<100).map { "number \($0 * 7 % 31)" }] {
      var turned: [String] = []
      for element in list { turned.insert(element, at: 0) }
      XCTAssertEqual(Array(list.reversed()), turned)
      XCTAssertEqual(Array(list.prefix(3)) + Array(list.dropFirst(3)), list)
      XCTAssertEqual(list.shuffled().sorted(), list.sorted())
    }
  }

  func testParts() {
    let list = ["a", "b", "c"]
    XCTAssertEqual(list.prefix(2), ["a", "b"])
    XCTAssertEqual(list.prefix(0), [])
    XCTAssertEqual(list.prefix(9), ["a", "b", "c"])
    XCTAssertEqual(list.dropFirst(), ["b", "c"])
    XCTAssertEqual(list.dropFirst().startIndex, 1, "a part keeps its places")
    XCTAssertEqual(list.dropFirst(9), [])
    XCTAssertEqual(list.dropFirst(2).prefix(5), ["c"])
    XCTAssertEqual([Int]().prefix(1), [])
    XCTAssertEqual("héllo".prefix(2), "hé")
    XCTAssertEqual("héllo".dropFirst(), "éllo")
    XCTAssertEqual(Array((1...5).prefix(2)), [1, 2])
    XCTAssertEqual(Array([1, 2, 3].lazy.map { $0 * 2 }.dropFirst()), [4, 6])
    XCTAssertEqual(Array(stride(from: 1, to: 9, by: 3).prefix(2)), [1, 4])
  }

  func testRanges() {
    for range in [0..<0, 5..<6, -3..<40, Int.max - 3..<Int.max, Int.min..<Int.min + 3] {
      var numbers: [Int] = []
      for number in range { numbers.append(number) }
      XCTAssertEqual(Array(range), numbers)
    }
    for range in [0...0, -3...40, Int.max - 3...Int.max, Int.min...Int.min + 3] {
      var numbers: [Int] = []
      for number in range { numbers.append(number) }
      XCTAssertEqual(Array(range), numbers)
    }
  }

  func testSums() {
    let texts = (0..<40).map { "number \($0)" }
    XCTAssertEqual(texts + [], texts)
    XCTAssertEqual([] + texts, texts)
    XCTAssertEqual([Int]() + [], [])
    XCTAssertEqual([1, 2] + [3], [1, 2, 3])
    XCTAssertEqual([1.5] + [2] + [3], [1.5, 2, 3])
    XCTAssertEqual(Array((texts + ["last"]).suffix(2)), ["number 39", "last"])
    XCTAssertEqual([UInt8(1)] + [2], [1, 2])
    var array = texts
    array += array
    XCTAssertEqual(array.count, 80)
    XCTAssertEqual(Array(array[40...]), texts)
  }

  func testChangesOfElements() {
    final class Holder {
      var value: Int
      init(_ value: Int) { self.value = value }
    }
    var texts = (0..<30).map { "number \($0)" }
    let before = texts
    texts[3] += "!"
    XCTAssertEqual(texts[3], "number 3!")
    XCTAssertEqual(before[3], "number 3", "whoever holds a copy does not see the change")
    XCTAssertEqual(Array(texts[4...]), Array(before[4...]))
    var numbers = [1, 2, 3]
    let same = numbers
    numbers[2] *= 5
    XCTAssertEqual(numbers, [1, 2, 15])
    XCTAssertEqual(same, [1, 2, 3])
    var rows = [[1.0, 2], [3, 4]]
    let old = rows
    rows[1][0] += 10
    XCTAssertEqual(rows, [[1, 2], [13, 4]])
    XCTAssertEqual(old, [[1, 2], [3, 4]])
    weak var held: Holder?
    do {
      var holders = [Holder(1), Holder(2)]
      held = holders[0]
      let others = holders
      holders[1] = Holder(3)
      swap(&numbers[2], &holders[0].value)
      XCTAssertEqual(others.map(\.value), [15, 2])
      XCTAssertEqual(holders.map(\.value), [15, 3])
      XCTAssertEqual(numbers, [1, 2, 1])
    }
    XCTAssertNil(held, "nothing is kept once the arrays are gone")
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
    XCTAssertEqual(array, [String](model.map { $0 }))
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
