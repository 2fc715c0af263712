extension Array where Element: Equatable {
  /// Whether two arrays have equal elements at equal places.
  ///
  /// - Complexity: O(n) comparisons, where n is the number of elements.
  @inlinable
  public static func == (first: [Element], second: [Element]) -> Bool {
    let count = first._buffer.immutableCount
    if count != second._buffer.immutableCount { return false }
    if count == 0 || first._buffer.identity == second._buffer.identity { return true }
    var place = 0
    while place < count {
      if first._buffer.getElement(place) != second._buffer.getElement(place) { return false }
      place &+= 1
    }
    return true
  }
}
