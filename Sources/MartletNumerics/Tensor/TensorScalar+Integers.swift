// One conformance for each scalar. They look alike on purpose: what is generic inside is compiled for exactly this
// type.

extension Int: TensorNumber {
  /// Zero.
  public static var blank: Int { 0 }
  public static func _gather(
    _ source: UnsafePointer<Int>, _ stride: Int, _ target: UnsafeMutablePointer<Int>, _ count: Int
  ) { gatherRow(source, stride, target, count) }
  public static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<Int>, _ aStride: Int, _ b: UnsafePointer<Int>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Int>, _ count: Int
  ) -> Bool { combineIntegers(operation, a, aStride, b, bStride, target, count) }
  public static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Int>, _ aStride: Int, _ b: UnsafePointer<Int>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) { compareRow(comparison, a, aStride, b, bStride, target, count) }
  public static func _reduce(
    _ operation: _TensorOperation, _ a: UnsafePointer<Int>, _ stride: Int, _ count: Int
  ) -> (value: Int, fault: Bool) { reduceIntegers(operation, a, stride, count) }
  public static func _firstPlace(of value: Int, _ a: UnsafePointer<Int>, _ count: Int) -> Int {
    firstPlaceInRow(of: value, a, count)
  }
  public static func _sortedPlaces(_ a: UnsafePointer<Int>, _ stride: Int, _ count: Int) -> [Int] {
    TensorSort.places(count) { a[$0 * stride].sortKey }
  }
  public static func _sort(_ a: UnsafeMutablePointer<Int>, _ count: Int) {
    TensorSort.sort(a, count, key: { $0.sortKey }, element: { Int(sortKey: $0) })
  }
  public static func _texts(_ elements: [Int]) -> [String] { elements.map { String($0) } }
  public static func _multiply(_ product: _MatrixProduct<Int>) { product.multiplyWithoutBLAS() }
}

extension Int32: TensorNumber {
  /// Zero.
  public static var blank: Int32 { 0 }
  public static func _gather(
    _ source: UnsafePointer<Int32>, _ stride: Int, _ target: UnsafeMutablePointer<Int32>, _ count: Int
  ) { gatherRow(source, stride, target, count) }
  public static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<Int32>, _ aStride: Int, _ b: UnsafePointer<Int32>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Int32>, _ count: Int
  ) -> Bool { combineIntegers(operation, a, aStride, b, bStride, target, count) }
  public static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Int32>, _ aStride: Int, _ b: UnsafePointer<Int32>,
    _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) { compareRow(comparison, a, aStride, b, bStride, target, count) }
  public static func _reduce(
    _ operation: _TensorOperation, _ a: UnsafePointer<Int32>, _ stride: Int, _ count: Int
  ) -> (value: Int32, fault: Bool) { reduceIntegers(operation, a, stride, count) }
  public static func _firstPlace(of value: Int32, _ a: UnsafePointer<Int32>, _ count: Int) -> Int {
    firstPlaceInRow(of: value, a, count)
  }
  public static func _sortedPlaces(_ a: UnsafePointer<Int32>, _ stride: Int, _ count: Int) -> [Int] {
    TensorSort.places(count) { a[$0 * stride].sortKey }
  }
  public static func _sort(_ a: UnsafeMutablePointer<Int32>, _ count: Int) {
    TensorSort.sort(a, count, key: { $0.sortKey }, element: { Int32(sortKey: $0) })
  }
  public static func _texts(_ elements: [Int32]) -> [String] { elements.map { String($0) } }
  public static func _multiply(_ product: _MatrixProduct<Int32>) { product.multiplyWithoutBLAS() }
}

extension UInt8: TensorNumber {
  /// Zero.
  public static var blank: UInt8 { 0 }
  public static func _gather(
    _ source: UnsafePointer<UInt8>, _ stride: Int, _ target: UnsafeMutablePointer<UInt8>, _ count: Int
  ) { gatherRow(source, stride, target, count) }
  public static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<UInt8>, _ aStride: Int, _ b: UnsafePointer<UInt8>, _ bStride: Int,
    _ target: UnsafeMutablePointer<UInt8>, _ count: Int
  ) -> Bool { combineIntegers(operation, a, aStride, b, bStride, target, count) }
  public static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<UInt8>, _ aStride: Int, _ b: UnsafePointer<UInt8>,
    _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) { compareRow(comparison, a, aStride, b, bStride, target, count) }
  public static func _reduce(
    _ operation: _TensorOperation, _ a: UnsafePointer<UInt8>, _ stride: Int, _ count: Int
  ) -> (value: UInt8, fault: Bool) { reduceIntegers(operation, a, stride, count) }
  public static func _firstPlace(of value: UInt8, _ a: UnsafePointer<UInt8>, _ count: Int) -> Int {
    firstPlaceInRow(of: value, a, count)
  }
  public static func _sortedPlaces(_ a: UnsafePointer<UInt8>, _ stride: Int, _ count: Int) -> [Int] {
    TensorSort.places(count) { a[$0 * stride].sortKey }
  }
  public static func _sort(_ a: UnsafeMutablePointer<UInt8>, _ count: Int) {
    TensorSort.sort(a, count, key: { $0.sortKey }, element: { UInt8(sortKey: $0) })
  }
  public static func _texts(_ elements: [UInt8]) -> [String] { elements.map { String($0) } }
  public static func _multiply(_ product: _MatrixProduct<UInt8>) { product.multiplyWithoutBLAS() }
}
