// Walks through the entries of a dictionary, as plain loops over the places of its storage that are taken.

extension Dictionary {
  /// Returns what a closure makes of each key with its value.
  ///
  ///     ["a": 1].map { "\($0)\($1)" }       // ["a1"]
  ///
  /// - Complexity: O(n), where n is the number of keys.
  @inlinable
  public func map<T, Failure: Error>(
    _ transform: ((key: Key, value: Value)) throws(Failure) -> T
  ) throws(Failure) -> [T] {
    try _martletElements(of: self).map(transform)
  }
}

extension Dictionary where Key: _DictionaryKey {
  /// The keys with their values for which a closure says yes.
  ///
  ///     ["a": 1, "b": 2].filter { $0.value > 1 }        // ["b": 2]
  ///
  /// - Complexity: O(n), where n is the number of keys.
  @inlinable
  public func filter(_ isIncluded: ((key: Key, value: Value)) throws -> Bool) rethrows -> [Key: Value] {
    var result = Dictionary(_native: _NativeDictionary())
    let native = _variant.asNative
    for bucket in native.hashTable {
      let entry = (key: native._keys[bucket.offset], value: native._values[bucket.offset])
      if try isIncluded(entry) { result._martletAdd(entry.key, entry.value) }
    }
    _fixLifetime(native)
    return result
  }
}

extension Dictionary.Keys where Element: Comparable {
  /// The keys in ascending order.
  ///
  ///     ["b": 2, "a": 1].keys.sorted()      // ["a", "b"]
  ///
  /// - Complexity: O(n log n) comparisons, where n is the number of keys.
  @inlinable
  public func sorted() -> [Key] {
    var keys = Array(self)
    keys.sort()
    return keys
  }
}

extension Dictionary.Values {
  /// Combines the values one after the other, from an initial result on.
  ///
  ///     ["a": 1, "b": 2].values.reduce(0, +)        // 3
  ///
  /// - Complexity: O(n), where n is the number of keys.
  @inlinable
  public func reduce<Result>(
    _ initialResult: Result, _ nextPartialResult: (Result, Value) throws -> Result
  ) rethrows -> Result {
    try Array(self).reduce(initialResult, nextPartialResult)
  }
}

extension Array {
  /// The keys of a dictionary.
  ///
  /// - Complexity: O(n), where n is the number of keys.
  @inlinable
  public init<Value>(_ keys: Dictionary<Element, Value>.Keys) { self = _martletKeys(of: keys._variant.asNative) }

  /// The values of a dictionary.
  ///
  /// - Complexity: O(n), where n is the number of keys.
  @inlinable
  public init<Key>(_ values: Dictionary<Key, Element>.Values) { self = _martletValues(of: values._variant.asNative) }
}

/// The keys, copied by code that is compiled here.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Key == String, Value == Int)
@_specialize(where Key == String, Value == Double)
@_specialize(where Key == Int, Value == Int)
public func _martletKeys<Key, Value>(of native: _NativeDictionary<Key, Value>) -> [Key] {
  copies(of: native._keys, in: native)
}

/// The values, copied by code that is compiled here.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Key == String, Value == Int)
@_specialize(where Key == String, Value == Double)
@_specialize(where Key == Int, Value == Int)
public func _martletValues<Key, Value>(of native: _NativeDictionary<Key, Value>) -> [Value] {
  copies(of: native._values, in: native)
}

@inline(__always)
private func copies<Element, Key, Value>(
  of elements: UnsafeMutablePointer<Element>, in native: _NativeDictionary<Key, Value>
) -> [Element] {
  var (result, start) = [Element]._allocateUninitialized(native.count)
  for bucket in native.hashTable {
    start.initialize(from: elements + bucket.offset, count: 1)
    start += 1
  }
  _fixLifetime(native)
  result._endMutation()
  return result
}
