/// What a loop in a cell runs through: an iterator of which the compiler reads no more than `next`.
///
/// A `for` over an array goes through the array's conformance to `Collection`, and the optimiser reads every function that the
/// conformance mentions: 25 ms for each cell. What a sequence must have besides `next` is compiled here, out of its sight.
public protocol _LoopElements: Sequence, IteratorProtocol where Iterator == Self {}

extension _LoopElements {
  @inlinable
  @inline(__always)
  public __consuming func makeIterator() -> Self { self }

  public var underestimatedCount: Int { 0 }

  public func _customContainsEquatableElement(_ element: Element) -> Bool? { nil }

  public __consuming func _copyToContiguousArray() -> ContiguousArray<Element> {
    var (elements, result) = (self, ContiguousArray<Element>())
    while let element = elements.next() { result.append(element) }
    return result
  }

  public __consuming func _copyContents(
    initializing buffer: UnsafeMutableBufferPointer<Element>
  ) -> (Self, UnsafeMutableBufferPointer<Element>.Index) {
    var (elements, count) = (self, 0)
    while count < buffer.count, let element = elements.next() {
      buffer.initializeElement(at: count, to: element)
      count += 1
    }
    return (elements, count)
  }

  public func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result? { nil }
}
