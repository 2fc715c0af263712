// The keys and the values of a dictionary as arrays, copied by code that is compiled here.

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
