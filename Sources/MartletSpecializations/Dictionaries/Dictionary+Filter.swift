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
    var places: [Int] = []
    var place = _martletNextPlace(from: 0, in: unsafeBitCast(native._storage, to: UnsafeRawPointer.self))
    while place >= 0 {
      if try isIncluded((native._keys[place], native._values[place])) { places.append(place) }
      place = _martletNextPlace(from: place &+ 1, in: unsafeBitCast(native._storage, to: UnsafeRawPointer.self))
    }
    _fixLifetime(self)
    return places.count == count ? self : _martletPicked(places, from: self)
  }
}

/// The first place from one on that has an entry; below 0 when there is none.
@inline(never)
@_semantics("optimize.no.crossmodule")
public func _martletNextPlace(from place: Int, in storage: UnsafeRawPointer) -> Int {
  Unmanaged<__RawDictionaryStorage>.fromOpaque(storage)._withUnsafeGuaranteedRef { storage in
    var bucket = _HashTable.Bucket(offset: place)
    let table = storage._hashTable
    while bucket.offset < table.bucketCount {
      if table._isOccupied(bucket) { return bucket.offset }
      bucket.offset &+= 1
    }
    return -1
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
