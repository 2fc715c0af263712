// The algebra of the commonest sets, compiled once. Each method does what the standard library's method of its name does,
// by calling it: a generic function sees only that one.

private func union<Element>(_ a: Set<Element>, _ b: Set<Element>) -> Set<Element> { a.union(b) }
private func intersection<Element>(_ a: Set<Element>, _ b: Set<Element>) -> Set<Element> { a.intersection(b) }
private func difference<Element>(_ a: Set<Element>, _ b: Set<Element>) -> Set<Element> { a.subtracting(b) }
private func symmetricDifference<Element>(_ a: Set<Element>, _ b: Set<Element>) -> Set<Element> {
  a.symmetricDifference(b)
}
private func isSubset<Element>(_ a: Set<Element>, _ b: Set<Element>) -> Bool { a.isSubset(of: b) }
private func isDisjoint<Element>(_ a: Set<Element>, _ b: Set<Element>) -> Bool { a.isDisjoint(with: b) }

extension Set where Element == Int {
  /// The elements of either set.
  public func union(_ other: Set<Int>) -> Set<Int> { MartletSpecializations.union(self, other) }

  /// The elements of both sets.
  public func intersection(_ other: Set<Int>) -> Set<Int> { MartletSpecializations.intersection(self, other) }

  /// The elements that the other set does not have.
  public func subtracting(_ other: Set<Int>) -> Set<Int> { difference(self, other) }

  /// The elements of just one of the sets.
  public func symmetricDifference(_ other: Set<Int>) -> Set<Int> {
    MartletSpecializations.symmetricDifference(self, other)
  }

  /// Whether the other set has every element of this one.
  public func isSubset(of other: Set<Int>) -> Bool { MartletSpecializations.isSubset(self, other) }

  /// Whether the sets have no element in common.
  public func isDisjoint(with other: Set<Int>) -> Bool { MartletSpecializations.isDisjoint(self, other) }

  /// The elements in ascending order.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  public func sorted() -> [Int] {
    var elements = Array(self)
    elements.sort()
    return elements
  }
}

extension Set where Element == String {
  /// The elements of either set.
  public func union(_ other: Set<String>) -> Set<String> { MartletSpecializations.union(self, other) }

  /// The elements of both sets.
  public func intersection(_ other: Set<String>) -> Set<String> { MartletSpecializations.intersection(self, other) }

  /// The elements that the other set does not have.
  public func subtracting(_ other: Set<String>) -> Set<String> { difference(self, other) }

  /// The elements of just one of the sets.
  public func symmetricDifference(_ other: Set<String>) -> Set<String> {
    MartletSpecializations.symmetricDifference(self, other)
  }

  /// Whether the other set has every element of this one.
  public func isSubset(of other: Set<String>) -> Bool { MartletSpecializations.isSubset(self, other) }

  /// Whether the sets have no element in common.
  public func isDisjoint(with other: Set<String>) -> Bool { MartletSpecializations.isDisjoint(self, other) }

  /// The elements in ascending order.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  public func sorted() -> [String] {
    var elements = Array(self)
    elements.sort()
    return elements
  }
}
