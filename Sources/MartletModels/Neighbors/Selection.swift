/// Puts the smaller elements of a range before a place and the larger ones behind it.
enum Selection {
  /// Reference: Hoare (1961), Algorithm 65: find.
  static func partition(
    _ elements: UnsafeMutableBufferPointer<Int32>, _ range: Range<Int>, at place: Int, by key: (Int32) -> Double
  ) {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      let pivot = key(elements[(low + high) / 2])
      var (i, j) = (low, high)
      while i <= j {
        while key(elements[i]) < pivot { i += 1 }
        while key(elements[j]) > pivot { j -= 1 }
        if i <= j {
          elements.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if place <= j { high = j } else if place >= i { low = i } else { return }
    }
  }
}
