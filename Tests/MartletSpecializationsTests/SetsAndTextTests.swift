import MartletSpecializations
import XCTest

/// What is compiled once says the same as the standard library's generic code, which a generic function still calls.
final class SetsAndTextTests: XCTestCase {
  private func union<Element>(_ a: Set<Element>, _ b: Set<Element>) -> Set<Element> { a.union(b) }

  func testSetAlgebraByMembership() {
    var generator = SeededNumbers(seed: 5)
    for count in [0, 1, 10, 100] {
      let a = Set((0..<count).map { _ in Int(generator.next() % 80) })
      let b = Set((0..<count).map { _ in Int(generator.next() % 80) })
      let all = Set(0..<80)
      XCTAssertEqual(a.union(b), all.filter { a.contains($0) || b.contains($0) })
      XCTAssertEqual(a.intersection(b), all.filter { a.contains($0) && b.contains($0) })
      XCTAssertEqual(a.subtracting(b), all.filter { a.contains($0) && !b.contains($0) })
      XCTAssertEqual(a.symmetricDifference(b), all.filter { a.contains($0) != b.contains($0) })
      XCTAssertEqual(a.isSubset(of: b), a.allSatisfy(b.contains))
      XCTAssertEqual(a.isDisjoint(with: b), !a.contains(where: b.contains))
      XCTAssertEqual(a.sorted(), (0..<80).filter(a.contains))
      let texts = Set(a.map(String.init))
      let others = Set(b.map(String.init))
      XCTAssertEqual(texts.union(others), Set(a.union(b).map(String.init)))
      XCTAssertEqual(texts.intersection(others), Set(a.intersection(b).map(String.init)))
      XCTAssertEqual(texts.subtracting(others), Set(a.subtracting(b).map(String.init)))
      XCTAssertEqual(texts.symmetricDifference(others), Set(a.symmetricDifference(b).map(String.init)))
      XCTAssertEqual(texts.isSubset(of: others), a.isSubset(of: b))
      XCTAssertEqual(texts.isDisjoint(with: others), a.isDisjoint(with: b))
    }
  }

  func testNumbersFromText() {
    XCTAssertEqual(Int("42"), 42)
    XCTAssertEqual(Int("+7"), 7)
    XCTAssertEqual(Int("-9223372036854775808"), Int.min)
    for text in ["", " 1", "1 ", "9223372036854775808", "0x1F", "१", "+", "1.0"] {
      XCTAssertNil(Int(text), text)
      XCTAssertNil(Int(Substring(text)), text)
    }
    XCTAssertEqual("1,22,,3".split(separator: ",").map { Int($0) }, [1, 22, 3])
    XCTAssertEqual(["1", "x", "3"].compactMap { Int($0) }, [1, 3])
    XCTAssertEqual(["1", "x"].map(Int.init), [1, nil])
  }

  func testSplitting() {
    XCTAssertEqual("a,b,,c,".split(separator: ","), ["a", "b", "c"])
    XCTAssertEqual("a,b,,c,".split(separator: ",", omittingEmptySubsequences: false), ["a", "b", "", "c", ""])
    XCTAssertEqual("a,b,c".split(separator: ",", maxSplits: 1), ["a", "b,c"])
    XCTAssertEqual("".split(separator: ","), [])
    XCTAssertEqual("x👨‍👩‍👧y👨‍👩‍👧z".split(separator: "👨‍👩‍👧"), ["x", "y", "z"])
    XCTAssertEqual("xe\u{301}y".split(separator: "é"), ["x", "y"], "characters are equal canonically")
    XCTAssertEqual("k: v: w".split(separator: " ")[0].split(separator: ":"), ["k"])
    XCTAssertEqual("a--b".split(separator: "--"), ["a", "b"])
  }

  func testTextFromCodeUnits() {
    XCTAssertEqual(String(decoding: [79, 115, 108, 111] as [UInt8], as: UTF8.self), "Oslo")
    XCTAssertEqual(String(decoding: "grün 👩‍🔬".utf8, as: UTF8.self), "grün 👩‍🔬")
    XCTAssertEqual(String(decoding: "grün 👩‍🔬".utf16, as: UTF16.self), "grün 👩‍🔬")
    XCTAssertEqual(String(decoding: [65, 0xff, 66] as [UInt8], as: UTF8.self), "A\u{FFFD}B")
    XCTAssertEqual(String(decoding: Array("abc".utf8).dropFirst(), as: UTF8.self), "bc")
    XCTAssertEqual(String(decoding: [UInt8](), as: UTF8.self), "")
  }
}
