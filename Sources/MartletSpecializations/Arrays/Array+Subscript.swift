// The standard library's subscript again, but for what copies an array that others hold too: that is compiled here, since its
// generic body costs each cell with an `xs[i] = x` 20 ms. Its parts keep the names by which the optimiser knows them.

extension Array {
  /// The element at a place.
  ///
  /// - Parameter index: from 0 to below the number of elements.
  /// - Complexity: O(1), and O(n) for a change while another variable has the same elements.
  @inlinable
  public subscript(index: Int) -> Element {
    get {
      let isNative = _hoistableIsNativeTypeChecked()
      let token = _checkSubscript(index, wasNativeTypeChecked: isNative)
      return _getElement(index, wasNativeTypeChecked: isNative, matchingSubscriptCheck: token)
    }
    _modify {
      _martletMakeUnique()
      _checkSubscript_mutating(index)
      let address = _buffer.mutableFirstElementAddress + index
      defer { _endMutation() }
      yield &address.pointee
    }
  }

  @inlinable
  @_semantics("array.make_mutable")
  @_effects(notEscapingself.**)
  mutating func _martletMakeUnique() {
    if _slowPath(!_buffer.beginCOWMutation()) { _buffer = _martletCopied(_buffer) }
  }
}

/// An array's elements in other memory, with room for no more.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Element == Int)
@_specialize(where Element == Double)
@_specialize(where Element == String)
public func _martletCopied<Element>(_ buffer: __owned _ContiguousArrayBuffer<Element>) -> _ContiguousArrayBuffer<
  Element
> {
  let count = buffer.count
  let result = _ContiguousArrayBuffer<Element>(_uninitializedCount: count, minimumCapacity: count)
  result.firstElementAddress.initialize(from: buffer.firstElementAddress, count: count)
  return result
}
