import MartletNumerics
import Testing

@Suite struct BinaryHeapTests {
  struct Number: Prioritized {
    let value: Int
    func comes(before other: Number) -> Bool { value < other.value }
  }

  @Test(arguments: [0, 1, 2, 3, 100, 1001]) func givesTheFirstAgainAndAgain(count: Int) {
    var generator = PCG64(seed: 7)
    let values = (0..<count).map { _ in Int(generator.next() % 50) }
    var heap = BinaryHeap<Number>()
    for value in values { heap.push(Number(value: value)) }
    #expect(heap.count == count)
    #expect(heap.first?.value == values.min())
    var taken: [Int] = []
    while let next = heap.pop() { taken.append(next.value) }
    #expect(taken == values.sorted())
  }

  @Test func keepsTheSmallestFewWhenTheLargestIsReplaced() {
    var heap = BinaryHeap<Backwards<Number>>(minimumCapacity: 10)
    for value in (0..<1000).map({ $0 * 617 % 1000 }) {
      if heap.count < 10 {
        heap.push(Backwards(Number(value: value)))
      } else if let largest = heap.first, value < largest.base.value {
        #expect(heap.replaceFirst(with: Backwards(Number(value: value))).base.value == largest.base.value)
      }
    }
    #expect(heap.elements.map(\.base.value).sorted() == Array(0..<10))
  }
}
