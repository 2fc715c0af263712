// Arrays of the commonest elements are sorted by code that is compiled here for their own comparison.

extension Array where Element == Int {
  /// Returns the numbers in ascending order.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  public func sorted() -> [Int] {
    var copy = self
    copy.sort()
    return copy
  }

  /// Sorts the numbers in ascending order.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  public mutating func sort() {
    withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      RunMerging<Int>.sort(start, count: buffer.count) { $0.pointee < $1.pointee }
    }
  }
}

extension Array where Element == Double {
  /// Returns the numbers in ascending order, which is some order where NaN is among them.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  public func sorted() -> [Double] {
    var copy = self
    copy.sort()
    return copy
  }

  /// Sorts the numbers in ascending order, which is some order where NaN is among them.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  public mutating func sort() {
    withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      // NaN is neither before nor after anything, so the result depends on what is compared with what: as the standard
      // library does it.
      if buffer.contains(where: \.isNaN) { return buffer.sort(by: <) }
      RunMerging<Double>.sort(start, count: buffer.count) { $0.pointee < $1.pointee }
    }
  }
}

extension Array where Element == Float {
  /// Returns the numbers in ascending order, which is some order where NaN is among them.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  public func sorted() -> [Float] {
    var copy = self
    copy.sort()
    return copy
  }

  /// Sorts the numbers in ascending order, which is some order where NaN is among them.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  public mutating func sort() {
    withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      // As for `Double`.
      if buffer.contains(where: \.isNaN) { return buffer.sort(by: <) }
      RunMerging<Float>.sort(start, count: buffer.count) { $0.pointee < $1.pointee }
    }
  }
}

extension Array where Element == String {
  /// Returns the strings in ascending order of their characters' Unicode values.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  public func sorted() -> [String] {
    var copy = self
    copy.sort()
    return copy
  }

  /// Sorts the strings in ascending order of their characters' Unicode values.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  public mutating func sort() {
    // Comparing takes long and waits for memory; the standard library's branches let the processor look ahead.
    withUnsafeMutableBufferPointer { $0.sort(by: <) }
  }
}
