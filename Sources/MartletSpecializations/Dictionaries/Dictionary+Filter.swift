// A part of a dictionary: the cell asks its closure, and what is kept is copied by code that is compiled here.

extension Dictionary {
  /// The entries for which a closure says so.
  ///
  ///     ["tea": 3, "milk": 1].filter { $0.value > 2 }       // ["tea": 3]
  ///
  /// - Complexity: O(n), where n is the number of keys.
  @inlinable
  public __consuming func filter(_ isIncluded: (Element) throws -> Bool) rethrows -> [Key: Value] {
    let native = _variant.asNative
    let all = _martletPlaces(in: unsafeBitCast(native._storage, to: UnsafeRawPointer.self))
    var places: [Int] = []
    var index = 0
    while index < all.count {
      let place = all[index]
      if try isIncluded((native._keys[place], native._values[place])) { places.append(place) }
      index += 1
    }
    _fixLifetime(self)
    return places.count == count ? self : _martletPicked(places, from: self)
  }
}

/// The places that have an entry, in order.
@inline(never)
@_semantics("optimize.no.crossmodule")
public func _martletPlaces(in storage: UnsafeRawPointer) -> [Int] {
  Unmanaged<__RawDictionaryStorage>.fromOpaque(storage)._withUnsafeGuaranteedRef { storage in
    var places: [Int] = []
    places.reserveCapacity(storage._count)
    for bucket in storage._hashTable { places.append(bucket.offset) }
    return places
  }
}

/// The dictionary of the entries at some places of another one.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Key == String, Value == Int)
@_specialize(where Key == String, Value == Double)
@_specialize(where Key == String, Value == String)
@_specialize(where Key == Int, Value == Int)
@_specialize(where Key == Int, Value == Double)
@_specialize(where Key == Int, Value == String)
@_specialize(where Key == Character, Value == Int)
public func _martletPicked<Key: Hashable, Value>(_ places: [Int], from dictionary: [Key: Value]) -> [Key: Value] {
  let native = dictionary._variant.asNative
  let result = _NativeDictionary<Key, Value>(capacity: places.count)
  for place in places { result._unsafeInsertNew(key: native._keys[place], value: native._values[place]) }
  _fixLifetime(dictionary)
  return Dictionary(_native: result)
}
