// The standard library's subscripts again, for the keys that are compiled here: see `DictionaryKey.swift`.

extension Dictionary where Key: _DictionaryKey {
  /// The value of a key; assigning `nil` takes the key out.
  ///
  /// - Complexity: O(1) on average.
  @inlinable
  public subscript(key: Key) -> Value? {
    get {
      if count == 0 { return nil }
      let place = _martletPlace(of: key)
      return place < 0 ? nil : _variant.asNative._values[place]
    }
    set {
      guard let value = newValue else {
        removeValue(forKey: key)
        return
      }
      let place = _martletPlaceToChange(key)
      if place < 0 { return _martletInsert(key, value, at: ~place) }
      _variant.asNative._values[place] = value
    }
    _modify {
      let place = _martletPlaceToChange(key)
      var value: Value? = place < 0 ? nil : (_variant.asNative._values + place).move()
      defer {
        if let value {
          if place < 0 {
            _martletInsert(key, value, at: ~place)
          } else {
            (_variant.asNative._values + place).initialize(to: value)
          }
        } else if place >= 0 {
          _martletDropKey(at: place)
        }
      }
      yield &value
    }
  }

  /// The value of a key, or another one where the dictionary does not have the key.
  ///
  ///     counts["the", default: 0] += 1
  ///
  /// - Complexity: O(1) on average.
  @inlinable
  public subscript(key: Key, default defaultValue: @autoclosure () -> Value) -> Value {
    get { self[key] ?? defaultValue() }
    _modify {
      var place = _martletPlaceToChange(key)
      if place < 0 {
        place = ~place
        _martletInsert(key, defaultValue(), at: place)
      }
      let address = _variant.asNative._values + place
      defer { _fixLifetime(self) }
      yield &address.pointee
    }
  }

  /// Takes a key with its value out.
  ///
  /// - Complexity: O(1) on average.
  @inlinable
  @discardableResult
  public mutating func removeValue(forKey key: Key) -> Value? {
    var place = _martletPlace(of: key)
    if place < 0 { return nil }
    if !_variant.isUniquelyReferenced() { place = Key._martletMakeRoom(for: key, in: &self, isUnique: false) }
    let value = (_variant.asNative._values + place).move()
    _martletDropKey(at: place)
    return value
  }

  /// Drops the key at a place whose value has been moved away, in storage that may be changed.
  @inlinable
  @inline(__always)
  mutating func _martletDropKey(at place: Int) {
    guard _isBitwiseTakable(Value.self) else { return MartletSpecializations._martletDropKey(at: place, of: &self) }
    let storage = unsafeBitCast(_variant.asNative._storage, to: UnsafeRawPointer.self)
    Key._martletDropKey(at: place, in: storage, valueSize: MemoryLayout<Value>.stride)
    _fixLifetime(self)
  }

  /// Where a key is in the storage, or `~place` for where it belongs.
  @inlinable
  @inline(__always)
  func _martletPlace(of key: Key) -> Int {
    defer { _fixLifetime(self) }
    return Key._martletPlace(of: key, in: unsafeBitCast(_variant.asNative._storage, to: UnsafeRawPointer.self))
  }

  /// Where a key is in storage that may be changed, or `~place` for where it is to be put.
  @inlinable
  @inline(__always)
  mutating func _martletPlaceToChange(_ key: Key) -> Int {
    let isUnique = _variant.isUniquelyReferenced()
    let place = _martletPlace(of: key)
    if _fastPath(isUnique && (place >= 0 || _variant.asNative.count < _variant.asNative.capacity)) { return place }
    return Key._martletMakeRoom(for: key, in: &self, isUnique: isUnique)
  }

  /// Puts an entry into a free place that it belongs to.
  @inlinable
  @inline(__always)
  mutating func _martletInsert(_ key: Key, _ value: Value, at place: Int) {
    _variant.asNative._insert(at: _HashTable.Bucket(offset: place), key: key, value: value)
  }
}
