// The ends of arrays. As with `map`, the question for the type is answered where these are called, and what is no array
// goes to the standard library; see `Collection+Closures.swift`.

extension Collection {
  /// The first elements: so many, or all there are.
  ///
  ///     [1, 2, 3].prefix(2)     // [1, 2]
  ///
  /// - Complexity: O(1) for arrays.
  @_transparent
  public __consuming func prefix(_ maxLength: Int) -> SubSequence {
    if let array = self as? [Element] { return unsafeBitCast(_martletPrefix(array, maxLength), to: SubSequence.self) }
    return self.Swift::prefix(maxLength)
  }

  /// The elements behind the first ones: behind so many of them.
  ///
  ///     [1, 2, 3].dropFirst()       // [2, 3]
  ///
  /// - Complexity: O(1) for arrays.
  @_transparent
  public __consuming func dropFirst(_ k: Int = 1) -> SubSequence {
    if let array = self as? [Element] { return unsafeBitCast(_martletDropFirst(array, k), to: SubSequence.self) }
    return self.Swift::dropFirst(k)
  }
}

// In all of these the part of an array is made of two numbers, so that there is nothing to gain from knowing the type.

@inline(never)
@_semantics("optimize.no.crossmodule")
@_semantics("optimize.sil.specialize.generic.never")
public func _martletPrefix<Element>(_ array: [Element], _ maxLength: Int) -> ArraySlice<Element> {
  if maxLength < 0 { _martletStop("Can't take a prefix of negative length from a collection") }
  return array[0..<Swift.min(maxLength, array.count)]
}

@inline(never)
@_semantics("optimize.no.crossmodule")
@_semantics("optimize.sil.specialize.generic.never")
public func _martletDropFirst<Element>(_ array: [Element], _ k: Int) -> ArraySlice<Element> {
  if k < 0 { _martletStop("Can't drop a negative number of elements from a collection") }
  return array[Swift.min(k, array.count)..<array.count]
}
