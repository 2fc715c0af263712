// Dictionaries of arrays, for the keys that are compiled here.

extension Dictionary where Key: _DictionaryKey {
  /// The elements of an array by the key that a closure gives for each, in order.
  ///
  ///     Dictionary(grouping: ["Ada", "Alan", "Grace"]) { $0.count }     // [3: ["Ada"], 4: ["Alan"], 5: ["Grace"]]
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public init<Element>(
    grouping values: [Element], by keyForValue: (Element) throws -> Key
  ) rethrows where Value == [Element] {
    self = Dictionary(_native: _NativeDictionary())
    let count = values.count
    var index = 0
    while index < count {
      let element = values[index]
      self[try keyForValue(element), default: []].append(element)
      index += 1
    }
  }

  /// The keys of one array with the values of another; no key may come twice.
  ///
  ///     Dictionary(uniqueKeysWithValues: zip(["a", "b"], [1, 2]))       // ["a": 1, "b": 2]
  ///
  /// - Complexity: O(n), where n is the number of keys.
  @inlinable
  public init(uniqueKeysWithValues pairs: Zip2Sequence<[Key], [Value]>) {
    self = _martletDictionary(pairs._sequence1, pairs._sequence2)
  }

  /// The dictionary of some pairs of a key and its value; no key may come twice.
  ///
  /// - Complexity: O(n), where n is the number of keys.
  @inlinable
  public init(uniqueKeysWithValues pairs: [(Key, Value)]) {
    let count = pairs.count
    self = Dictionary(_native: _NativeDictionary(capacity: count))
    var index = 0
    while index < count {
      let (key, value) = pairs[index]
      _martletAdd(key, value)
      index += 1
    }
  }

  @inlinable
  mutating func _martletAdd(_ key: Key, _ value: Value) {
    let place = _martletPlaceToChange(key)
    if place >= 0 { _martletStop("Duplicate values for key: '\(key)'") }
    _martletInsert(key, value, at: ~place)
  }
}

extension Set where Element: _DictionaryKey {
  /// The set of an array's elements.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public init(_ elements: [Element]) { self = Element._martletSet(of: elements) }
}

/// The dictionary of some keys with their values; no key may come twice.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Key == String, Value == Int)
@_specialize(where Key == String, Value == Double)
@_specialize(where Key == String, Value == String)
@_specialize(where Key == Int, Value == Int)
@_specialize(where Key == Int, Value == Double)
@_specialize(where Key == Int, Value == String)
public func _martletDictionary<Key: Hashable, Value>(_ keys: [Key], _ values: [Value]) -> [Key: Value] {
  let count = Swift.min(keys.count, values.count)
  let native = _NativeDictionary<Key, Value>(capacity: count)
  for index in 0..<count {
    let (bucket, isThere) = native.find(keys[index])
    if isThere { _martletStop("Duplicate values for key: '\(keys[index])'") }
    native._insert(at: bucket, key: keys[index], value: values[index])
  }
  return Dictionary(_native: native)
}
