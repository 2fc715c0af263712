import COpenBLAS
import CVectorMath

// One conformance for each scalar. They look alike on purpose: what is generic inside is compiled for exactly this
// type.

extension Double: TensorFloat {
  /// Zero.
  public static var blank: Double { 0 }
  public static func _gather(
    _ source: UnsafePointer<Double>, _ stride: Int, _ target: UnsafeMutablePointer<Double>, _ count: Int
  ) { gatherRow(source, stride, target, count) }
  public static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<Double>, _ aStride: Int, _ b: UnsafePointer<Double>,
    _ bStride: Int,
    _ target: UnsafeMutablePointer<Double>, _ count: Int
  ) -> Bool { combineFloats(operation, a, aStride, b, bStride, target, count) }
  public static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Double>, _ aStride: Int, _ b: UnsafePointer<Double>,
    _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) { compareRow(comparison, a, aStride, b, bStride, target, count) }
  public static func _reduce(
    _ operation: _TensorOperation, _ a: UnsafePointer<Double>, _ stride: Int, _ count: Int
  ) -> (value: Double, fault: Bool) {
    if stride == 1 && count >= 64 && (operation == .minimum || operation == .maximum) {
      return (operation == .minimum ? martlet_min_double(a, count) : martlet_max_double(a, count), false)
    }
    if stride == 1 && operation == .add { return (martlet_sum_double(a, count), false) }
    return reduceFloats(operation, a, stride, count)
  }
  public static func _accumulate(
    _ operation: _TensorOperation, _ rows: UnsafePointer<Double>, _ rowCount: Int, _ width: Int,
    _ target: UnsafeMutablePointer<Double>
  ) -> Bool {
    if operation != .add { return accumulateRows(operation, rows, rowCount, width, target) }
    martlet_add_rows_double(target, rows, rowCount, width)
    return false
  }
  public static func _reduceRows(
    _ operation: _TensorOperation, _ rows: UnsafePointer<Double>, _ rowCount: Int, _ width: Int,
    _ target: UnsafeMutablePointer<Double>
  ) -> Bool {
    if operation == .add {
      martlet_sum_rows_double(rows, rowCount, width, target)
    } else {
      for row in 0..<rowCount { target[row] = _reduce(operation, rows + row * width, 1, width).value }
    }
    return false
  }
  public static func _firstPlace(of value: Double, _ a: UnsafePointer<Double>, _ count: Int) -> Int {
    firstPlaceInRow(of: value, a, count)
  }
  public static func _sortedPlaces(_ a: UnsafePointer<Double>, _ stride: Int, _ count: Int) -> [Int] {
    TensorSort.places(count) { a[$0 * stride].sortKey }
  }
  public static func _sort(_ a: UnsafeMutablePointer<Double>, _ count: Int) {
    TensorSort.sort(a, count, key: { $0.exactSortKey }, element: { Double(sortKey: $0) })
  }
  public static func _texts(_ elements: [Double]) -> [String] {
    alignedTensorTexts(elements.map { Double($0) }, digits: 8)
  }
  public static func _apply(
    _ function: _TensorFunction, _ source: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    if applySimply(function, source, target, count) { return }
    if let vector = VectorFunctions.ofDoubles[function.rawValue] {
      return martlet_vector_map_double(vector, source, target, count)
    }
    let scalar = ScalarFunctions.ofDoubles(function)
    for i in 0..<count { target[i] = scalar(source[i]) }
  }
  public static func _apply(
    _ function: _TensorFunctionOfTwo, _ a: UnsafePointer<Double>, _ aStride: Int, _ b: UnsafePointer<Double>,
    _ bStride: Int, _ target: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    if let vector = VectorFunctions.ofTwoDoubles[function.rawValue] {
      return martlet_vector_map_two_doubles(vector, a, aStride, b, bStride, target, count)
    }
    let scalar = ScalarFunctions.ofTwoDoubles(function)
    for i in 0..<count { target[i] = scalar(a[i * aStride], b[i * bStride]) }
  }
  public static func _squaredDistances(
    from centre: Double, _ a: UnsafePointer<Double>, _ stride: Int, _ count: Int
  ) -> Double { squaredDistancesOfRow(from: centre, a, stride, count) }
  public static func _multiply(_ product: _MatrixProduct<Double>) {
    OpenBLASCore.select()
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
  ) { gatherRow(source, stride, target, count) }
  public static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) -> Bool { combineFloats(operation, a, aStride, b, bStride, target, count) }
  public static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>,
    _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) { compareRow(comparison, a, aStride, b, bStride, target, count) }
  public static func _reduce(
    _ operation: _TensorOperation, _ a: UnsafePointer<Float>, _ stride: Int, _ count: Int
  ) -> (value: Float, fault: Bool) {
    if stride == 1 && count >= 64 && (operation == .minimum || operation == .maximum) {
      return (operation == .minimum ? martlet_min_float(a, count) : martlet_max_float(a, count), false)
    }
    if stride == 1 && operation == .add { return (martlet_sum_float(a, count), false) }
    return reduceFloats(operation, a, stride, count)
  }
  public static func _accumulate(
    _ operation: _TensorOperation, _ rows: UnsafePointer<Float>, _ rowCount: Int, _ width: Int,
    _ target: UnsafeMutablePointer<Float>
  ) -> Bool {
    if operation != .add { return accumulateRows(operation, rows, rowCount, width, target) }
    martlet_add_rows_float(target, rows, rowCount, width)
    return false
  }
  public static func _reduceRows(
    _ operation: _TensorOperation, _ rows: UnsafePointer<Float>, _ rowCount: Int, _ width: Int,
    _ target: UnsafeMutablePointer<Float>
  ) -> Bool {
    if operation == .add {
      martlet_sum_rows_float(rows, rowCount, width, target)
    } else {
      for row in 0..<rowCount { target[row] = _reduce(operation, rows + row * width, 1, width).value }
    }
    return false
  }
  public static func _firstPlace(of value: Float, _ a: UnsafePointer<Float>, _ count: Int) -> Int {
    firstPlaceInRow(of: value, a, count)
  }
  public static func _sortedPlaces(_ a: UnsafePointer<Float>, _ stride: Int, _ count: Int) -> [Int] {
    TensorSort.places(count) { a[$0 * stride].sortKey }
  }
  public static func _sort(_ a: UnsafeMutablePointer<Float>, _ count: Int) {
    TensorSort.sort(a, count, key: { $0.exactSortKey }, element: { Float(sortKey: $0) })
  }
  public static func _texts(_ elements: [Float]) -> [String] {
    alignedTensorTexts(elements.map { Double($0) }, digits: 6)
  }
  public static func _apply(
    _ function: _TensorFunction, _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    if applySimply(function, source, target, count) { return }
    if let vector = VectorFunctions.ofFloats[function.rawValue] {
      return martlet_vector_map_float(vector, source, target, count)
    }
    let scalar = ScalarFunctions.ofFloats(function)
    for i in 0..<count { target[i] = scalar(source[i]) }
  }
  public static func _apply(
    _ function: _TensorFunctionOfTwo, _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>,
    _ bStride: Int, _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    if let vector = VectorFunctions.ofTwoFloats[function.rawValue] {
      return martlet_vector_map_two_floats(vector, a, aStride, b, bStride, target, count)
    }
    let scalar = ScalarFunctions.ofTwoFloats(function)
    for i in 0..<count { target[i] = scalar(a[i * aStride], b[i * bStride]) }
  }
  public static func _squaredDistances(
    from centre: Float, _ a: UnsafePointer<Float>, _ stride: Int, _ count: Int
  ) -> Float { squaredDistancesOfRow(from: centre, a, stride, count) }
  public static func _multiply(_ product: _MatrixProduct<Float>) {
    OpenBLASCore.select()
    cblas_sgemm(
      CblasRowMajor, product.a.order, product.b.order, Int32(product.m), Int32(product.n), Int32(product.k), 1,
      product.a.start, Int32(product.a.rowLength), product.b.start, Int32(product.b.rowLength), 0, product.target,
      Int32(product.n))
  }
}
