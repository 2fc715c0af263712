// What a dictionary's hash table does that concerns its keys: compiled for each type of key. Values are so many bytes.

extension _DictionaryKey {
  /// Where a key is in a dictionary's storage, or `~place` for where it belongs.
  @inline(__always)
  static func place(of key: Self, in storage: UnsafeRawPointer) -> Int {
    let storage = Unmanaged<__RawDictionaryStorage>.fromOpaque(storage)
    let (table, keys, seed) = storage._withUnsafeGuaranteedRef {
      ($0._hashTable, $0._rawKeys.assumingMemoryBound(to: Self.self), $0._seed)
    }
    var bucket = table.idealBucket(forHashValue: key._rawHashValue(seed: seed))
    while table._isOccupied(bucket) {
      if keys[bucket.offset] == key { return bucket.offset }
      bucket = table.bucket(wrappedAfter: bucket)
    }
    return ~bucket.offset
  }

  /// Moves all entries into other storage.
  static func rehash(from old: __RawDictionaryStorage, into new: __RawDictionaryStorage, valueSize: Int) {
    let oldKeys = old._rawKeys.assumingMemoryBound(to: Self.self)
    let newKeys = new._rawKeys.assumingMemoryBound(to: Self.self)
    for bucket in old._hashTable {
      let hash = oldKeys[bucket.offset]._rawHashValue(seed: new._seed)
      let place = new._hashTable.insertNew(hashValue: hash).offset
      (newKeys + place).moveInitialize(from: oldKeys + bucket.offset, count: 1)
      copyBytes(old._rawValues + bucket.offset * valueSize, to: new._rawValues + place * valueSize, valueSize)
    }
    new._count = old._count
    old._hashTable.clear()
    old._count = 0
  }

  /// Copies the keys into storage of the same size.
  static func copyKeys(from old: __RawDictionaryStorage, into new: __RawDictionaryStorage) {
    let oldKeys = old._rawKeys.assumingMemoryBound(to: Self.self)
    let newKeys = new._rawKeys.assumingMemoryBound(to: Self.self)
    new._hashTable.copyContents(of: old._hashTable)
    new._count = old._count
    for bucket in old._hashTable { (newKeys + bucket.offset).initialize(to: oldKeys[bucket.offset]) }
  }

  /// Drops a key, whose value is no longer there, and closes the gap.
  @inline(__always)
  static func dropKey(at place: Int, in storage: UnsafeRawPointer, valueSize: Int) {
    Unmanaged<__RawDictionaryStorage>.fromOpaque(storage)._withUnsafeGuaranteedRef { storage in
      let entries = Entries(
        keys: storage._rawKeys.assumingMemoryBound(to: Self.self), values: storage._rawValues, valueSize: valueSize,
        seed: storage._seed)
      (entries.keys + place).deinitialize(count: 1)
      storage._hashTable.delete(at: _HashTable.Bucket(offset: place), with: entries)
      storage._count &-= 1
      storage._age &+= 1
    }
  }
}

/// What the hash table asks for when it closes a gap.
private struct Entries<Key: Hashable>: _HashTableDelegate {
  let keys: UnsafeMutablePointer<Key>
  let values: UnsafeMutableRawPointer
  let valueSize: Int
  let seed: Int

  func hashValue(at bucket: _HashTable.Bucket) -> Int { keys[bucket.offset]._rawHashValue(seed: seed) }

  func moveEntry(from source: _HashTable.Bucket, to target: _HashTable.Bucket) {
    (keys + target.offset).moveInitialize(from: keys + source.offset, count: 1)
    copyBytes(values + source.offset * valueSize, to: values + target.offset * valueSize, valueSize)
  }
}

@inline(__always)
private func copyBytes(_ source: UnsafeMutableRawPointer, to target: UnsafeMutableRawPointer, _ count: Int) {
  // The commonest sizes without a call.
  switch count {
  case 0: break
  case 8: target.assumingMemoryBound(to: UInt64.self).pointee = source.assumingMemoryBound(to: UInt64.self).pointee
  case 16: target.assumingMemoryBound(to: Words.self).pointee = source.assumingMemoryBound(to: Words.self).pointee
  default: target.copyMemory(from: source, byteCount: count)
  }
}

private struct Words: BitwiseCopyable { var words: (UInt64, UInt64) }
