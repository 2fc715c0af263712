/// How much there is of a value: its shape, and the memory it takes.
struct Extent {
  var shape: [Int]?
  var byteCount: Int?

  /// - Complexity: O(1) for the standard library's collections.
  init(of value: Any) {
    if let shaped = value as? any Shaped {
      (shape, byteCount) = (shaped.axisLengths, shaped.byteCount)
    } else if let container = value as? any Container {
      (shape, byteCount) = ([container.elementCount], container.storageByteCount)
    } else if let wrapped = value as? any Wrapper {
      if let value = wrapped.wrappedValue { self = Extent(of: value) }
    } else if let collection = value as? any RandomAccessCollection {
      shape = [collection.count]
    } else if let text = value as? String {
      byteCount = text.utf8.count
    }
  }
}

/// A collection of the standard library. (It must not become public: cells would see its members at every array.)
private protocol Container {
  var elementCount: Int { get }
  var storageByteCount: Int { get }
}

extension Array: Container {
  var elementCount: Int { count }
  var storageByteCount: Int { capacity * MemoryLayout<Element>.stride }
}

extension ContiguousArray: Container {
  var elementCount: Int { count }
  var storageByteCount: Int { capacity * MemoryLayout<Element>.stride }
}

extension Set: Container {
  var elementCount: Int { count }
  var storageByteCount: Int { capacity * MemoryLayout<Element>.stride }
}

extension Dictionary: Container {
  var elementCount: Int { count }
  var storageByteCount: Int { capacity * (MemoryLayout<Key>.stride + MemoryLayout<Value>.stride) }
}

private protocol Wrapper { var wrappedValue: Any? { get } }

extension Optional: Wrapper { var wrappedValue: Any? { map { $0 as Any } } }
