/// A type whose dictionaries are searched, enlarged and emptied by code that is compiled here, whatever their values.
///
/// What a hash table does with its values is to move them, which needs their size only. So a cell that uses a
/// dictionary compiles its own access to the value and calls these functions for the rest. Not for conformances of one's own.
public protocol _DictionaryKey: Hashable {
  /// Where the key is in a dictionary's storage, or `~place` for where it belongs.
  /// - Parameter storage: the address of the storage; to pass the storage itself would count a reference.
  static func _martletPlace(of key: Self, in storage: UnsafeRawPointer) -> Int

  /// Gives a dictionary storage of its own with room for one entry more, and finds the key's place in it.
  static func _martletMakeRoom<Value>(for key: Self, in dictionary: inout [Self: Value], isUnique: Bool) -> Int

  /// Drops the key at a place of a dictionary's storage and closes the gap; its value has been moved away.
  /// - Parameter valueSize: how many bytes a value takes; values are moved as bytes.
  static func _martletDropKey(at place: Int, in storage: UnsafeRawPointer, valueSize: Int)

  /// The set of an array's elements.
  static func _martletSet(of elements: [Self]) -> Set<Self>
}

extension String: _DictionaryKey {
  public static func _martletPlace(of key: String, in storage: UnsafeRawPointer) -> Int {
    place(of: key, in: storage)
  }
  public static func _martletMakeRoom<Value>(
    for key: String, in dictionary: inout [String: Value], isUnique: Bool
  ) -> Int {
    makeRoom(in: &dictionary, isUnique: isUnique, moving: rehash, copying: copyKeys)
    return dictionary._martletPlace(of: key)
  }
  public static func _martletDropKey(at place: Int, in storage: UnsafeRawPointer, valueSize: Int) {
    dropKey(at: place, in: storage, valueSize: valueSize)
  }
  public static func _martletSet(of elements: [String]) -> Set<String> { set(of: elements) }
}

extension Int: _DictionaryKey {
  public static func _martletPlace(of key: Int, in storage: UnsafeRawPointer) -> Int {
    place(of: key, in: storage)
  }
  public static func _martletMakeRoom<Value>(
    for key: Int, in dictionary: inout [Int: Value], isUnique: Bool
  ) -> Int {
    makeRoom(in: &dictionary, isUnique: isUnique, moving: rehash, copying: copyKeys)
    return dictionary._martletPlace(of: key)
  }
  public static func _martletDropKey(at place: Int, in storage: UnsafeRawPointer, valueSize: Int) {
    dropKey(at: place, in: storage, valueSize: valueSize)
  }
  public static func _martletSet(of elements: [Int]) -> Set<Int> { set(of: elements) }
}

extension Character: _DictionaryKey {
  public static func _martletPlace(of key: Character, in storage: UnsafeRawPointer) -> Int {
    place(of: key, in: storage)
  }
  public static func _martletMakeRoom<Value>(
    for key: Character, in dictionary: inout [Character: Value], isUnique: Bool
  ) -> Int {
    makeRoom(in: &dictionary, isUnique: isUnique, moving: rehash, copying: copyKeys)
    return dictionary._martletPlace(of: key)
  }
  public static func _martletDropKey(at place: Int, in storage: UnsafeRawPointer, valueSize: Int) {
    dropKey(at: place, in: storage, valueSize: valueSize)
  }
  public static func _martletSet(of elements: [Character]) -> Set<Character> { set(of: elements) }
}

@inline(__always)
private func set<Element: Hashable>(of elements: [Element]) -> Set<Element> {
  // Not the array itself: its initializer would be the one that calls this.
  elements.withUnsafeBufferPointer { Set($0) }
}
