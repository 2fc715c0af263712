// Sorting without knowing the type of what is sorted.
//
// The standard library's sort is generic, and a cell that sorts has all of it compiled for its type: 0.3 s. What a sort
// does with elements is to move them and to ask which of two comes first. Moving needs a size only, and who comes first
// is a question that the caller's closure answers. So the sort is compiled here for a few sizes, and cells call it
// with a small closure.

/// Asks whether the element at the first address comes before the one at the second.
public typealias _ErasedOrder = (UnsafeRawPointer, UnsafeRawPointer) throws -> Bool

/// Sorts an array in place.
///
/// When `isBefore` throws, the array holds its elements in some order.
///
/// - Complexity: O(n log n) questions, as `sort(by:)` of the standard library.
@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
@_semantics("optimize.no.crossmodule")
public func _martletSort<Element>(_ array: inout [Element], by isBefore: _ErasedOrder) rethrows {
  try array.withUnsafeMutableBufferPointer { buffer in try sortElements(of: buffer, by: isBefore) }
}

/// A sorted copy of an array; see ``_martletSort(_:by:)``.
@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
@_semantics("optimize.no.crossmodule")
public func _martletSorted<Element>(_ array: [Element], by isBefore: _ErasedOrder) rethrows -> [Element] {
  var copy = array
  try copy.withUnsafeMutableBufferPointer { buffer in try sortElements(of: buffer, by: isBefore) }
  return copy
}

private func sortElements<Element>(
  of buffer: UnsafeMutableBufferPointer<Element>, by isBefore: _ErasedOrder
) rethrows {
  guard let start = buffer.baseAddress, buffer.count > 1 else { return }
  let layout = MemoryLayout<Element>.self
  // A value that must know where it lies, as one with a weak reference, cannot be moved as mere bytes.
  guard _isBitwiseTakable(Element.self), layout.alignment <= 8 else {
    return try sortAddresses(of: buffer, by: isBefore)
  }
  let memory = UnsafeMutableRawPointer(start)
  let count = buffer.count
  switch layout.stride {
  case 1: try sortBlocks(of: UInt8.self, at: memory, count: count, by: isBefore)
  case 2: try sortBlocks(of: UInt16.self, at: memory, count: count, by: isBefore)
  case 4: try sortBlocks(of: UInt32.self, at: memory, count: count, by: isBefore)
  case 8: try sortBlocks(of: UInt64.self, at: memory, count: count, by: isBefore)
  case 16: try sortBlocks(of: Block16.self, at: memory, count: count, by: isBefore)
  case 24: try sortBlocks(of: Block24.self, at: memory, count: count, by: isBefore)
  case 32: try sortBlocks(of: Block32.self, at: memory, count: count, by: isBefore)
  case 40: try sortBlocks(of: Block40.self, at: memory, count: count, by: isBefore)
  case 48: try sortBlocks(of: Block48.self, at: memory, count: count, by: isBefore)
  default: try sortAddresses(of: buffer, by: isBefore)
  }
}

private struct Block16 { var words: (UInt64, UInt64) }
private struct Block24 { var words: (UInt64, UInt64, UInt64) }
private struct Block32 { var words: (UInt64, UInt64, UInt64, UInt64) }
private struct Block40 { var words: (UInt64, UInt64, UInt64, UInt64, UInt64) }
private struct Block48 { var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) }

/// Sorts elements as blocks of bytes. Compiled once for each block.
///
/// The memory is viewed as blocks for the time of the sort, which moves every element bit by bit and never copies one.
@inline(never)
private func sortBlocks<Block: BitwiseCopyable>(
  of type: Block.Type, at memory: UnsafeMutableRawPointer, count: Int, by isBefore: _ErasedOrder
) rethrows {
  try RunMerging<Block>.sort(memory.assumingMemoryBound(to: Block.self), count: count) { first, second in
    try isBefore(UnsafeRawPointer(first), UnsafeRawPointer(second))
  }
}

/// Sorts the addresses of the elements and then puts every element into its place: for large elements, and those that
/// have to be moved as what they are.
private func sortAddresses<Element>(
  of buffer: UnsafeMutableBufferPointer<Element>, by isBefore: _ErasedOrder
) rethrows {
  guard let start = buffer.baseAddress else { return }
  var addresses = (0..<buffer.count).map { UnsafeRawPointer(start + $0) }
  // Also when the order throws: whatever the sort has done so far is done to the elements.
  defer { arrange(start, from: addresses) }
  try addresses.withUnsafeMutableBufferPointer { addresses in
    guard let start = addresses.baseAddress else { return }
    try RunMerging<UnsafeRawPointer>.sort(start, count: addresses.count) { first, second in
      try isBefore(first.pointee, second.pointee)
    }
  }
}

private func arrange<Element>(_ start: UnsafeMutablePointer<Element>, from addresses: [UnsafeRawPointer]) {
  let sorted = UnsafeMutablePointer<Element>.allocate(capacity: addresses.count)
  for (place, address) in addresses.enumerated() {
    let element = UnsafeMutableRawPointer(mutating: address).assumingMemoryBound(to: Element.self)
    (sorted + place).moveInitialize(from: element, count: 1)
  }
  start.moveInitialize(from: sorted, count: addresses.count)
  sorted.deallocate()
}
