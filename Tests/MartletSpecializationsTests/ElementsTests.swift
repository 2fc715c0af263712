import MartletSpecializations
import XCTest

/// Questions for elements are answered as the standard library answers them, whose own code a `ContiguousArray` still has.
final class ElementsTests: XCTestCase {
  private let lists = [[], [3], [5, 1, 4, 1, 5, 9, 2, 6], [2, 2]]

  func testPlaces() {
    for list in lists {
      let model = ContiguousArray(list)
      XCTAssertEqual(list.first, model.first)
      XCTAssertEqual(list.last, model.last)
      XCTAssertEqual(list.isEmpty, model.isEmpty)
      XCTAssertEqual(list.indices, model.indices)
      for value in 0..<10 {
        XCTAssertEqual(list.contains(value), model.contains(value))
        XCTAssertEqual(list.firstIndex(of: value), model.firstIndex(of: value))
      }
    }
  }

  func testSmallestAndLargest() {
    for list in lists {
      let model = ContiguousArray(list)
      XCTAssertEqual(list.min(), model.min())
      XCTAssertEqual(list.max(), model.max())
      // Of several, the first.
      let pairs = list.enumerated().map { (place: $0, value: $1 / 2) }
      let few = ContiguousArray(pairs)
      XCTAssertEqual(pairs.min { $0.value < $1.value }?.place, few.min { $0.value < $1.value }?.place)
      XCTAssertEqual(pairs.max { $0.value < $1.value }?.place, few.max { $0.value < $1.value }?.place)
    }
    for list in [[Double.nan, 1, 2], [1, .nan, 2], [1, 2, .nan], [0.0, -0.0]] {
      let model = ContiguousArray(list)
      XCTAssertEqual(list.min()?.bitPattern, model.min()?.bitPattern)
      XCTAssertEqual(list.max()?.bitPattern, model.max()?.bitPattern)
    }
  }

  func testAnErrorOfTheOrderEndsTheSearch() {
    struct Failure: Error {}
    XCTAssertThrowsError(try [1, 2].min { _, _ in throw Failure() })
    XCTAssertThrowsError(try [1, 2].max { _, _ in throw Failure() })
    XCTAssertEqual(try [1].max { _, _ in throw Failure() }, 1)
  }

  func testOtherCollections() {
    XCTAssertEqual("héllo".first, "h")
    XCTAssertEqual("héllo".last, "o")
    XCTAssertEqual("héllo".firstIndex(of: "l"), "héllo".index("héllo".startIndex, offsetBy: 2))
    XCTAssertTrue("héllo".contains("é" as Character))
    XCTAssertEqual([5, 6, 7][1...].first, 6)
    XCTAssertEqual([5, 6, 7][1...].firstIndex(of: 7), 2)
    XCTAssertEqual((3...9).max(), 9)
    XCTAssertEqual(["a": 3].first?.value, 3)
    XCTAssertEqual(Set([4, 2]).min(), 2)
    XCTAssertEqual(stride(from: 1, to: 9, by: 3).max(), 7)
  }

  func testEqualArrays() {
    XCTAssertTrue([1, 2] == [1, 2])
    XCTAssertFalse([1, 2] == [1, 3])
    XCTAssertFalse([1] == [1, 2])
    XCTAssertTrue([[String]]() == [])
    XCTAssertTrue([["a"], []] == [["a"], []])
    XCTAssertTrue([1] != [2])
    let nan = [Double.nan]
    XCTAssertTrue(nan == nan, "the same memory is not looked at")
    XCTAssertFalse(nan == [Double.nan])
    XCTAssertTrue([1: ["a"]] == [1: ["a"]])
  }

  func testNumbers() {
    for number in [0.0, -0.0, 2, 2.5, -2.5, 3.49, 1e300, .infinity, -.infinity, .nan, -1, 0.5] {
      let small = Float(number)
      XCTAssertEqual(number.squareRoot().bitPattern, root(number).bitPattern)
      XCTAssertEqual(small.squareRoot().bitPattern, root(small).bitPattern)
      XCTAssertEqual(number.rounded().bitPattern, rounded(number).bitPattern)
      XCTAssertEqual(small.rounded().bitPattern, rounded(small).bitPattern)
      for rule in [FloatingPointRoundingRule.up, .down, .towardZero, .awayFromZero, .toNearestOrEven] {
        XCTAssertEqual(number.rounded(rule).bitPattern, rounded(number, rule).bitPattern)
        XCTAssertEqual(small.rounded(rule).bitPattern, rounded(small, rule).bitPattern)
      }
      for other in [2.0, -0.7, 0, .infinity, .nan] {
        let (rest, smallRest) = (number.truncatingRemainder(dividingBy: other), remainder(number, other))
        XCTAssertEqual(rest.bitPattern, smallRest.bitPattern, "\(number) by \(other)")
      }
    }
    for number in [0, 1, -1, 6, -6, .min, .max] {
      for other in [0, 1, -1, 2, -3, .min, .max] {
        XCTAssertEqual(number.isMultiple(of: other), isMultiple(number, of: other), "\(number) of \(other)")
      }
    }
  }

  // What any type of the kind has, from the standard library.

  private func root<Number: FloatingPoint>(_ number: Number) -> Number { number.squareRoot() }
  private func rounded<Number: FloatingPoint>(_ number: Number) -> Number { number.rounded() }
  private func rounded<Number: FloatingPoint>(_ number: Number, _ rule: FloatingPointRoundingRule) -> Number {
    number.rounded(rule)
  }
  private func remainder<Number: FloatingPoint>(_ number: Number, _ other: Number) -> Number {
    number.truncatingRemainder(dividingBy: other)
  }
  private func isMultiple<Number: BinaryInteger>(_ number: Number, of other: Number) -> Bool {
    number.isMultiple(of: other)
  }
}
