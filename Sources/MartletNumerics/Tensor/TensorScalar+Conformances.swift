import COpenBLAS

// One conformance for each scalar. They look alike on purpose: what is generic inside is compiled for exactly this
// type.

extension Double: TensorFloat {
  /// Zero.
  public static var blank: Double { 0 }
  public static func _gather(
    _ source: UnsafePointer<Double>, _ stride: Int, _ target: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    gatherRow(source, stride, target, count)
  }
  public static func _texts(_ elements: [Double]) -> [String] {
    alignedTensorTexts(elements.map { Double($0) }, digits: 8)
  }
  public static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<Double>, _ aStride: Int, _ b: UnsafePointer<Double>,
    _ bStride: Int,
    _ target: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    switch operation {
    case .add: combineRow(a, aStride, b, bStride, target, count) { $0 + $1 }
    case .subtract: combineRow(a, aStride, b, bStride, target, count) { $0 - $1 }
    case .multiply: combineRow(a, aStride, b, bStride, target, count) { $0 * $1 }
    case .divide: combineRow(a, aStride, b, bStride, target, count) { $0 / $1 }
    case .minimum: combineRow(a, aStride, b, bStride, target, count) { lesserScalar($0, $1) }
    case .maximum: combineRow(a, aStride, b, bStride, target, count) { greaterScalar($0, $1) }
    }
  }
  public static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Double>, _ aStride: Int, _ b: UnsafePointer<Double>,
    _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) {
    compareRow(comparison, a, aStride, b, bStride, target, count)
  }
  public static func _sum(_ a: UnsafePointer<Double>, _ stride: Int, _ count: Int) -> Double {
    pairwiseTensorSum(a, stride, count) { sumBlock($0, $1, $2) }
  }
  public static func _multiply(_ product: _MatrixProduct<Double>) {
    cblas_dgemm(
      CblasRowMajor, product.a.order, product.b.order, Int32(product.m), Int32(product.n), Int32(product.k), 1,
      product.a.start, Int32(product.a.rowLength), product.b.start, Int32(product.b.rowLength), 0, product.target,
      Int32(product.n))
  }
}

extension Float: TensorFloat {
  /// Zero.
  public static var blank: Float { 0 }
  public static func _gather(
    _ source: UnsafePointer<Float>, _ stride: Int, _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    gatherRow(source, stride, target, count)
  }
  public static func _texts(_ elements: [Float]) -> [String] {
    alignedTensorTexts(elements.map { Double($0) }, digits: 6)
  }
  public static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    switch operation {
    case .add: combineRow(a, aStride, b, bStride, target, count) { $0 + $1 }
    case .subtract: combineRow(a, aStride, b, bStride, target, count) { $0 - $1 }
    case .multiply: combineRow(a, aStride, b, bStride, target, count) { $0 * $1 }
    case .divide: combineRow(a, aStride, b, bStride, target, count) { $0 / $1 }
    case .minimum: combineRow(a, aStride, b, bStride, target, count) { lesserScalar($0, $1) }
    case .maximum: combineRow(a, aStride, b, bStride, target, count) { greaterScalar($0, $1) }
    }
  }
  public static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>,
    _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) {
    compareRow(comparison, a, aStride, b, bStride, target, count)
  }
  public static func _sum(_ a: UnsafePointer<Float>, _ stride: Int, _ count: Int) -> Float {
    pairwiseTensorSum(a, stride, count) { sumBlock($0, $1, $2) }
  }
  public static func _multiply(_ product: _MatrixProduct<Float>) {
    cblas_sgemm(
      CblasRowMajor, product.a.order, product.b.order, Int32(product.m), Int32(product.n), Int32(product.k), 1,
      product.a.start, Int32(product.a.rowLength), product.b.start, Int32(product.b.rowLength), 0, product.target,
      Int32(product.n))
  }
}

extension Int: TensorNumber {
  /// Zero.
  public static var blank: Int { 0 }
  public static func _gather(
    _ source: UnsafePointer<Int>, _ stride: Int, _ target: UnsafeMutablePointer<Int>, _ count: Int
  ) {
    gatherRow(source, stride, target, count)
  }
  public static func _texts(_ elements: [Int]) -> [String] { elements.map { String($0) } }
  public static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<Int>, _ aStride: Int, _ b: UnsafePointer<Int>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Int>, _ count: Int
  ) {
    switch operation {
    case .add: combineRow(a, aStride, b, bStride, target, count) { $0 + $1 }
    case .subtract: combineRow(a, aStride, b, bStride, target, count) { $0 - $1 }
    case .multiply: combineRow(a, aStride, b, bStride, target, count) { $0 * $1 }
    case .divide: combineRow(a, aStride, b, bStride, target, count) { $0 / $1 }
    case .minimum: combineRow(a, aStride, b, bStride, target, count) { lesserScalar($0, $1) }
    case .maximum: combineRow(a, aStride, b, bStride, target, count) { greaterScalar($0, $1) }
    }
  }
  public static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Int>, _ aStride: Int, _ b: UnsafePointer<Int>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) {
    compareRow(comparison, a, aStride, b, bStride, target, count)
  }
  public static func _sum(_ a: UnsafePointer<Int>, _ stride: Int, _ count: Int) -> Int {
    pairwiseTensorSum(a, stride, count) { sumBlock($0, $1, $2) }
  }
  public static func _multiply(_ product: _MatrixProduct<Int>) {
    product.multiplyWithoutBLAS()
  }
}

extension Int32: TensorNumber {
  /// Zero.
  public static var blank: Int32 { 0 }
  public static func _gather(
    _ source: UnsafePointer<Int32>, _ stride: Int, _ target: UnsafeMutablePointer<Int32>, _ count: Int
  ) {
    gatherRow(source, stride, target, count)
  }
  public static func _texts(_ elements: [Int32]) -> [String] { elements.map { String($0) } }
  public static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<Int32>, _ aStride: Int, _ b: UnsafePointer<Int32>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Int32>, _ count: Int
  ) {
    switch operation {
    case .add: combineRow(a, aStride, b, bStride, target, count) { $0 + $1 }
    case .subtract: combineRow(a, aStride, b, bStride, target, count) { $0 - $1 }
    case .multiply: combineRow(a, aStride, b, bStride, target, count) { $0 * $1 }
    case .divide: combineRow(a, aStride, b, bStride, target, count) { $0 / $1 }
    case .minimum: combineRow(a, aStride, b, bStride, target, count) { lesserScalar($0, $1) }
    case .maximum: combineRow(a, aStride, b, bStride, target, count) { greaterScalar($0, $1) }
    }
  }
  public static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Int32>, _ aStride: Int, _ b: UnsafePointer<Int32>,
    _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) {
    compareRow(comparison, a, aStride, b, bStride, target, count)
  }
  public static func _sum(_ a: UnsafePointer<Int32>, _ stride: Int, _ count: Int) -> Int32 {
    pairwiseTensorSum(a, stride, count) { sumBlock($0, $1, $2) }
  }
  public static func _multiply(_ product: _MatrixProduct<Int32>) {
    product.multiplyWithoutBLAS()
  }
}

extension UInt8: TensorNumber {
  /// Zero.
  public static var blank: UInt8 { 0 }
  public static func _gather(
    _ source: UnsafePointer<UInt8>, _ stride: Int, _ target: UnsafeMutablePointer<UInt8>, _ count: Int
  ) {
    gatherRow(source, stride, target, count)
  }
  public static func _texts(_ elements: [UInt8]) -> [String] { elements.map { String($0) } }
  public static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<UInt8>, _ aStride: Int, _ b: UnsafePointer<UInt8>, _ bStride: Int,
    _ target: UnsafeMutablePointer<UInt8>, _ count: Int
  ) {
    switch operation {
    case .add: combineRow(a, aStride, b, bStride, target, count) { $0 + $1 }
    case .subtract: combineRow(a, aStride, b, bStride, target, count) { $0 - $1 }
    case .multiply: combineRow(a, aStride, b, bStride, target, count) { $0 * $1 }
    case .divide: combineRow(a, aStride, b, bStride, target, count) { $0 / $1 }
    case .minimum: combineRow(a, aStride, b, bStride, target, count) { lesserScalar($0, $1) }
    case .maximum: combineRow(a, aStride, b, bStride, target, count) { greaterScalar($0, $1) }
    }
  }
  public static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<UInt8>, _ aStride: Int, _ b: UnsafePointer<UInt8>,
    _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) {
    compareRow(comparison, a, aStride, b, bStride, target, count)
  }
  public static func _sum(_ a: UnsafePointer<UInt8>, _ stride: Int, _ count: Int) -> UInt8 {
    pairwiseTensorSum(a, stride, count) { sumBlock($0, $1, $2) }
  }
  public static func _multiply(_ product: _MatrixProduct<UInt8>) {
    product.multiplyWithoutBLAS()
  }
}

extension Bool: TensorScalar {
  /// `false`.
  public static var blank: Bool { false }
  public static func _gather(
    _ source: UnsafePointer<Bool>, _ stride: Int, _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) {
    gatherRow(source, stride, target, count)
  }
  public static func _texts(_ elements: [Bool]) -> [String] { elements.map { String($0) } }
}

/// The smaller of two; NaN when either is, so that a missing result never hides.
@inline(__always)
func lesserScalar<Number: TensorNumber>(_ a: Number, _ b: Number) -> Number { a < b || a != a ? a : b }

/// The larger of two; NaN when either is.
@inline(__always)
func greaterScalar<Number: TensorNumber>(_ a: Number, _ b: Number) -> Number { a > b || a != a ? a : b }
