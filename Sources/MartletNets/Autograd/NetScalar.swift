import COpenBLAS
import MartletNumerics

/// A number that networks compute with: `Float`, which is the usual one, or `Double`, with which gradients are checked.
public protocol NetScalar: LinearAlgebraScalar {
  /// `c = a · b + (adding ? c : 0)`, for row-major `a` (`[m, k]`), `b` (`[k, n]`) and `c` (`[m, n]`).
  static func _accumulateProduct(_ a: _ProductFactor<Self>, _ b: _ProductFactor<Self>, _ c: _ProductTarget<Self>)
}

/// A factor of a matrix product, as BLAS takes it.
public struct _ProductFactor<Scalar> {
  var start: UnsafePointer<Scalar>
  /// How far apart stored rows are, in elements.
  let rowLength: Int
  /// Whether the stored rows are the factor's columns.
  var isTransposed = false

  var order: CBLAS_TRANSPOSE { isTransposed ? CblasTrans : CblasNoTrans }
}

/// Where a matrix product goes, and the lengths of what is multiplied.
public struct _ProductTarget<Scalar> {
  var start: UnsafeMutablePointer<Scalar>
  var rowLength: Int
  var (m, n, k): (Int, Int, Int)
  /// Whether the product is added to what is there.
  var adding = false
}

extension Float: NetScalar {
  public static func _accumulateProduct(
    _ a: _ProductFactor<Float>, _ b: _ProductFactor<Float>, _ c: _ProductTarget<Float>
  ) {
    OpenBLASCore.select()
    cblas_sgemm(
      CblasRowMajor, a.order, b.order, Int32(c.m), Int32(c.n), Int32(c.k), 1, a.start, Int32(a.rowLength), b.start,
      Int32(b.rowLength), c.adding ? 1 : 0, c.start, Int32(c.rowLength))
  }
}

extension Double: NetScalar {
  public static func _accumulateProduct(
    _ a: _ProductFactor<Double>, _ b: _ProductFactor<Double>, _ c: _ProductTarget<Double>
  ) {
    OpenBLASCore.select()
    cblas_dgemm(
      CblasRowMajor, a.order, b.order, Int32(c.m), Int32(c.n), Int32(c.k), 1, a.start, Int32(a.rowLength), b.start,
      Int32(b.rowLength), c.adding ? 1 : 0, c.start, Int32(c.rowLength))
  }
}
