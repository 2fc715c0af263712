// Adding to an array and taking from it. The path that is always taken stays in the cell; what makes room is compiled
// here, for any type: it moves elements, which the runtime does by their size.

extension Array {
  /// Adds an element at the end.
  ///
  /// - Complexity: O(1) on average over many calls.
  @inlinable
  public mutating func append(_ newElement: __owned Element) {
    _martletMakeMutable()
    let count = _buffer.mutableCount
    _martletReserveOne(count)
    _appendElementAssumeUniqueAndCapacity(count, newElement: newElement)
    _endMutation()
  }

  // The optimiser knows the parts of an array's changes by these names, and moves what need not be repeated out of loops.
  @inlinable
  @_semantics("array.make_mutable")
  @_effects(notEscapingself.**)
  mutating func _martletMakeMutable() {
    if _slowPath(!_buffer.beginCOWMutation()) {
      _buffer = _martletRoomier(_buffer, isUnique: false, capacity: count &+ 1)
    }
  }

  @inlinable
  @_semantics("array.mutate_unknown")
  @_effects(notEscapingself.**)
  mutating func _martletReserveOne(_ count: Int) {
    let capacity = _buffer.mutableCapacity
    if _slowPath(count &+ 1 > capacity) {
      _buffer = _martletRoomier(_buffer, isUnique: capacity > 0, capacity: count &+ 1)
    }
  }

  /// Adds the elements of an array at the end.
  ///
  /// - Complexity: O(m) on average over many calls, where m is the number of elements added.
  @inlinable
  public mutating func append(contentsOf newElements: [Element]) { _martletAppend(newElements, to: &self) }

  /// Takes the last element off, if there is one.
  ///
  /// - Complexity: O(1).
  @inlinable
  public mutating func popLast() -> Element? { isEmpty ? nil : removeLast() }

  /// Takes the last element off; the array must have one.
  ///
  /// - Complexity: O(1).
  @inlinable
  @discardableResult
  public mutating func removeLast() -> Element {
    let count = self.count
    if count == 0 { _martletStop("Can't remove last element from an empty collection") }
    _martletMakeMutable()
    let element = (_buffer.mutableFirstElementAddress + (count &- 1)).move()
    _buffer.mutableCount = count &- 1
    _endMutation()
    return element
  }

  /// Takes the element off that is at a place.
  ///
  /// - Complexity: O(n), where n is the number of elements behind the place.
  @inlinable
  @discardableResult
  public mutating func remove(at place: Int) -> Element {
    let count = self.count
    if place < 0 || place >= count { _martletStop("Index out of range") }
    _martletMakeMutable()
    let address = _buffer.mutableFirstElementAddress + place
    let element = address.move()
    address.moveInitialize(from: address + 1, count: count &- place &- 1)
    _buffer.mutableCount = count &- 1
    _endMutation()
    return element
  }

  /// Puts an element before the one at a place, or at the end.
  ///
  /// - Parameter place: from 0 to the number of elements.
  /// - Complexity: O(n), where n is the number of elements behind the place.
  @inlinable
  public mutating func insert(_ newElement: __owned Element, at place: Int) {
    let count = self.count
    if place < 0 || place > count { _martletStop("Array index is out of range") }
    _martletMakeMutable()
    _martletReserveOne(count)
    let address = _buffer.mutableFirstElementAddress + place
    (address + 1).moveInitialize(from: address, count: count - place)
    address.initialize(to: newElement)
    _buffer.mutableCount = count &+ 1
    _endMutation()
  }

  /// Takes every element off for which a closure says yes.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public mutating func removeAll(where shouldBeRemoved: (Element) throws -> Bool) rethrows {
    // When the closure throws, the elements stay where swapping has brought them, as in the standard library.
    let count = self.count
    var kept = 0
    while kept < count, try !shouldBeRemoved(self[kept]) { kept += 1 }
    var index = kept + 1
    while index < count {
      if try !shouldBeRemoved(self[index]) {
        swapAt(kept, index)
        kept += 1
      }
      index += 1
    }
    if kept < count { _martletRemoveLast(count - kept, from: &self) }
  }
}

/// An array's memory in other memory of its own, with room for some elements in all and for more than twice as many as
/// there was room for.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Element == Int)
@_specialize(where Element == Double)
@_specialize(where Element == String)
public func _martletRoomier<Element>(
  _ buffer: __owned _ContiguousArrayBuffer<Element>, isUnique: Bool, capacity: Int
) -> _ContiguousArrayBuffer<Element> {
  let count = buffer.count
  let capacity = _growArrayCapacity(
    oldCapacity: buffer.capacity, minimumCapacity: capacity, growForAppend: true)
  let result = _ContiguousArrayBuffer<Element>(_uninitializedCount: count, minimumCapacity: capacity)
  let elements = buffer.firstElementAddress
  if isUnique {
    result.firstElementAddress.moveInitialize(from: elements, count: count)
    buffer.mutableCount = 0
  } else {
    result.firstElementAddress.initialize(from: elements, count: count)
  }
  return result
}

/// Adds elements at the end.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Element == Int)
@_specialize(where Element == Double)
@_specialize(where Element == String)
public func _martletAppend<Element>(_ elements: [Element], to array: inout [Element]) {
  let count = array.count
  let added = elements.count
  array._reserveCapacityImpl(minimumCapacity: count + added, growForAppend: true)
  if added == 0 { return }
  (array._buffer.mutableFirstElementAddress + count).initialize(
    from: elements._buffer.firstElementAddress, count: added)
  array._buffer.mutableCount = count + added
  array._endMutation()
}

/// Takes off some elements at the end.
@inline(never)
@_semantics("optimize.no.crossmodule")
public func _martletRemoveLast<Element>(_ count: Int, from array: inout [Element]) {
  array.removeLast(count)
}
