import MartletDisplay
import Testing

/// The stretches of a range are the range, cut.
@Suite struct StretchesTests {
  @Test(arguments: [
    0..<0, 0..<1, -5..<3, 0..<7, 0..<8, 0..<9, 0..<100_000, Int.max - 20..<Int.max, Int.min..<Int.min + 20,
  ])
  func `the stretches of a range follow each other from its start to its end`(_ range: Range<Int>) {
    var next = range.lowerBound
    for stretch in _martletStretches(range, 7) {
      #expect(stretch.lowerBound == next)
      #expect(!stretch.isEmpty)
      next = stretch.upperBound
    }
    #expect(next == range.upperBound)
  }

  @Test(arguments: [0...0, -5...3, 0...6, 0...7, 0...8, 0...100_000, Int.max - 20...Int.max, Int.min...Int.min + 20])
  func `the stretches of a closed range end with its last number`(_ range: ClosedRange<Int>) {
    var stretches: [ClosedRange<Int>] = []
    for stretch in _martletStretches(range, 7) { stretches.append(stretch) }
    #expect(stretches.first?.lowerBound == range.lowerBound)
    #expect(stretches.last?.upperBound == range.upperBound)
    for (one, other) in zip(stretches, stretches.dropFirst()) { #expect(one.upperBound + 1 == other.lowerBound) }
  }

  @Test func `a range that is longer than any number is cut too`() {
    var whole = _martletStretches(Int.min..<Int.max, 512)
    #expect(whole.next() == Int.min..<Int.min + 512)
    var closed = _martletStretches(Int.min...Int.max, 512)
    #expect(closed.next() == Int.min...Int.min + 511)
    #expect(closed.next()?.lowerBound == Int.min + 512)
  }

  @Test func `ranges of other numbers are cut as well, and any other sequence is one stretch`() {
    var bytes: [UInt8] = []
    for stretch in _martletStretches(UInt8(3)...255, 8) { bytes.append(contentsOf: stretch) }
    #expect(bytes == Array(3...255))
    var lists: [[String]] = []
    for stretch in _martletStretches(["a", "b"], 1) { lists.append(stretch) }
    #expect(lists == [["a", "b"]])
  }
}
