import MartletSpecializations
import XCTest

/// What loops go through gives the elements that the sequences have.
final class LoopsTests: XCTestCase {
  /// Goes through a sequence as a `for` does.
  private func elements<Source: Sequence>(of source: Source) -> [Source.Element] {
    var result: [Source.Element] = []
    for element in source { result.append(element) }
    return result
  }

  func testArrays() {
    for list in [[], ["a"], (0..<50).map { "number \($0)" }] {
      XCTAssertEqual(elements(of: _martletEach(list)), list)
      let numbered = elements(of: _martletEach(list.enumerated()))
      XCTAssertEqual(numbered.map(\.offset), Array(0..<list.count))
      XCTAssertEqual(numbered.map(\.element), list)
      for other in [[], [1, 2, 3], Array(0..<60)] {
        let pairs = elements(of: _martletEach(zip(list, other)))
        XCTAssertEqual(pairs.count, Swift.min(list.count, other.count))
        XCTAssertEqual(pairs.map(\.0), Array(list[..<pairs.count]))
        XCTAssertEqual(pairs.map(\.1), Array(other[..<pairs.count]))
      }
    }
  }

  func testAnArrayThatChangesInItsLoop() {
    var list = [1, 2, 3]
    var seen: [Int] = []
    for element in _martletEach(list) {
      seen.append(element)
      list = []
    }
    XCTAssertEqual(seen, [1, 2, 3])
  }

  func testRanges() {
    XCTAssertEqual(elements(of: _martletEach(3..<3)), [])
    XCTAssertEqual(elements(of: _martletEach(-1..<2)), [-1, 0, 1])
    XCTAssertEqual(elements(of: _martletEach(4...4)), [4])
    XCTAssertEqual(elements(of: _martletEach(Int.max - 1...Int.max)), [.max - 1, .max])
    XCTAssertEqual(elements(of: _martletEach(Int.max - 2..<Int.max)), [.max - 2, .max - 1])
    XCTAssertEqual(elements(of: _martletEach(UInt8(250)...255)), [250, 251, 252, 253, 254, 255])
    XCTAssertEqual(elements(of: _martletEach(UInt8.min..<UInt8.max)).count, 255)
  }

  func testAnyOtherSequenceIsWhatItIs() {
    let some: any Sequence<Int> = [3, 4]
    var seen: [Int] = []
    for element in _martletEach(some) { seen.append(element) }
    XCTAssertEqual(seen, [3, 4])
    XCTAssertEqual(elements(of: _martletEach(["b": 1])).map(\.key), ["b"])
    XCTAssertEqual(elements(of: _martletEach("hé")), ["h", "é"])
    XCTAssertEqual(elements(of: _martletEach(stride(from: 1, to: 6, by: 2))), [1, 3, 5])
  }

  func testWhatAnIteratorMustHaveBesides() {
    let list = _martletEach(["a", "b", "c"])
    XCTAssertEqual(Array(list), ["a", "b", "c"])
    XCTAssertTrue(list.contains("b"))
    XCTAssertNil(list.withContiguousStorageIfAvailable { $0.count })
    withUnsafeTemporaryAllocation(of: String.self, capacity: 2) { buffer in
      var (rest, count) = list._copyContents(initializing: buffer)
      XCTAssertEqual(count, 2)
      XCTAssertEqual(Array(buffer[..<count]), ["a", "b"])
      XCTAssertEqual(rest.next(), "c")
      buffer.deinitialize()
    }
  }

  func testPairsAreTheStandardLibrarysOwn() {
    // The same types as before, holding the same.
    let zipped: Zip2Sequence<[UInt8], ClosedRange<Int>> = zip([7, 8, 9], 1...2)
    XCTAssertEqual(zipped.map { Int($0) * $1 }, [7, 16])
    XCTAssertEqual(Array(zipped).map(\.1), [1, 2])
    let numbered: EnumeratedSequence<Set<String>> = Set(["x"]).enumerated()
    XCTAssertEqual(numbered.map { "\($0)\($1)" }, ["0x"])
    let strings = zip(["a", "b"], [1.5, 2.5, 3.5])
    XCTAssertEqual(strings.map { "\($0)\($1)" }, ["a1.5", "b2.5"])
    XCTAssertEqual(strings.underestimatedCount, 2)
    XCTAssertEqual(["p", "q"].enumerated().map { "\($0.offset)\($0.element)" }, ["0p", "1q"])
    XCTAssertEqual(zip([true, false], ["a", "b"]).filter { $0.0 }.map(\.1), ["a"])
  }

  func testAnErrorEndsTheMapping() {
    struct Failure: Error {}
    XCTAssertThrowsError(try zip([1, 2], ["a", "b"]).map { number, _ in if number == 2 { throw Failure() } })
    XCTAssertThrowsError(try ["a", "b"].enumerated().map { place, _ in if place == 1 { throw Failure() } })
  }
}
