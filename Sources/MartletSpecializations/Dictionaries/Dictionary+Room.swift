// Giving a dictionary storage of its own with enough room, for values of any type.

/// Makes a dictionary's storage its own, with room for one entry more.
@inline(__always)
func makeRoom<Key: Hashable, Value>(
  in dictionary: inout [Key: Value], isUnique: Bool,
  moving: (__RawDictionaryStorage, __RawDictionaryStorage, Int) -> Void,
  copying: (__RawDictionaryStorage, __RawDictionaryStorage) -> Void
) {
  let needed = dictionary._variant.asNative.count &+ 1
  guard _isBitwiseTakable(Value.self) else {
    // A value that must know where it lies is moved by the standard library.
    var native = dictionary._variant.asNative
    _ = native.ensureUnique(isUnique: isUnique, capacity: needed)
    dictionary._variant = .init(native: native)
    return
  }
  if !isUnique {
    dictionary._variant = .init(native: copied(dictionary._variant.asNative, copying))
  }
  if needed > dictionary._variant.asNative.capacity {
    let old = dictionary._variant.asNative._storage
    let new = _DictionaryStorage<Key, Value>.resize(original: old, capacity: needed, move: true)
    moving(old, new, MemoryLayout<Value>.stride)
    dictionary._variant = .init(native: _NativeDictionary(new))
  }
}

private func copied<Key: Hashable, Value>(
  _ native: _NativeDictionary<Key, Value>, _ copying: (__RawDictionaryStorage, __RawDictionaryStorage) -> Void
) -> _NativeDictionary<Key, Value> {
  if native.count == 0 { return native }
  let new = _NativeDictionary<Key, Value>(_DictionaryStorage<Key, Value>.copy(original: native._storage))
  copying(native._storage, new._storage)
  if _isPOD(Value.self) {
    let bytes = native.hashTable.bucketCount * MemoryLayout<Value>.stride
    new._storage._rawValues.copyMemory(from: native._storage._rawValues, byteCount: bytes)
    return new
  }
  for bucket in native.hashTable {
    (new._values + bucket.offset).initialize(from: native._values + bucket.offset, count: 1)
  }
  return new
}

/// Drops a key whose value has been moved away, where values cannot be moved as bytes.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_semantics("optimize.sil.specialize.generic.never")
public func _martletDropKey<Key: Hashable, Value>(at place: Int, of dictionary: inout [Key: Value]) {
  let native = dictionary._variant.asNative
  (native._keys + place).deinitialize(count: 1)
  native._delete(at: _HashTable.Bucket(offset: place))
}
