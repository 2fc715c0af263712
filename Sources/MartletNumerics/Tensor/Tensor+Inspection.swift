import MartletDisplay

extension Tensor: Shaped {
  /// The tensor's ``shape``.
  public var axisLengths: [Int] { shape }

  /// What the elements take; a view counts those that it shows.
  public var byteCount: Int? { count * MemoryLayout<Scalar>.stride }
}

extension Tensor: CustomReflectable {
  /// The elements along the first axis: tensors of one axis less, or numbers.
  public var customMirror: Mirror {
    guard let length = shape.first else { return Mirror(self, children: ["scalar": storage[offset]]) }
    let stride = strides[0]
    guard rank > 1 else {
      let scalars = (0..<length).lazy.map { storage[offset + $0 * stride] }
      return Mirror(self, unlabeledChildren: scalars, displayStyle: .collection)
    }
    let rows = (0..<length).lazy.map { row in
      Tensor(
        storage: storage, shape: Array(shape.dropFirst()), strides: Array(strides.dropFirst()),
        offset: offset + row * stride)
    }
    return Mirror(self, unlabeledChildren: rows, displayStyle: .collection)
  }
}
