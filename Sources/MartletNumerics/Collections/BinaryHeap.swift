/// What a ``BinaryHeap`` can order.
package protocol Prioritized {
  func comes(before other: Self) -> Bool
}

/// The same elements in the opposite order.
@frozen package struct Backwards<Base: Prioritized>: Prioritized {
  package let base: Base

  @inlinable package init(_ base: Base) { self.base = base }

  @inlinable package func comes(before other: Self) -> Bool { other.base.comes(before: base) }
}

extension Backwards: Sendable where Base: Sendable {}

/// Elements of which the first in order is at hand: adding one and taking the first cost O(log n).
@frozen package struct BinaryHeap<Element: Prioritized> {
  /// Every element comes before its children: those of place i are at 2i + 1 and 2i + 2.
  package private(set) var elements: [Element] = []

  package init() {}

  package init(minimumCapacity: Int) { elements.reserveCapacity(minimumCapacity) }

  package var count: Int { elements.count }
  package var first: Element? { elements.first }

  package mutating func push(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0, elements[child].comes(before: elements[(child - 1) / 2]) {
      elements.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  package mutating func pop() -> Element? {
    guard let last = elements.popLast() else { return nil }
    return elements.isEmpty ? last : replaceFirst(with: last)
  }

  /// Takes the first and adds another in one step; there must be a first.
  @discardableResult package mutating func replaceFirst(with element: Element) -> Element {
    let first = elements[0]
    elements[0] = element
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < elements.count && elements[child].comes(before: elements[best]) {
        best = child
      }
      if best == parent { return first }
      elements.swapAt(parent, best)
      parent = best
    }
  }
}
