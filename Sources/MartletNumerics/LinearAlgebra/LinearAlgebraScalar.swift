import COpenBLAS

/// A number that LAPACK computes with: `Float` or `Double`.
public typealias LinearAlgebraScalar = TensorFloat & _LAPACKRoutines

/// LAPACK's routines under their own names without the letter of the type; parameters are LAPACK's.
///
/// Apart from ``TensorFloat``, because the compiler pays for each protocol that refines that one, in each cell with an operator.
public protocol _LAPACKRoutines {
  /// Solves a square system by LU decomposition.
  static func _gesv(
    _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Self>,
    _ lda: UnsafePointer<Int32>, _ ipiv: UnsafeMutablePointer<Int32>,
    _ b: UnsafeMutablePointer<Self>, _ ldb: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>)
  /// LU decomposition with row exchanges.
  static func _getrf(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Self>,
    _ lda: UnsafePointer<Int32>, _ ipiv: UnsafeMutablePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>)
  /// Cholesky decomposition.
  static func _potrf(
    _ uplo: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Self>,
    _ lda: UnsafePointer<Int32>, _ info: UnsafeMutablePointer<Int32>)
  /// Solves a system by its Cholesky factor.
  static func _potrs(
    _ uplo: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>,
    _ a: UnsafePointer<Self>, _ lda: UnsafePointer<Int32>, _ b: UnsafeMutablePointer<Self>,
    _ ldb: UnsafePointer<Int32>, _ info: UnsafeMutablePointer<Int32>)
  /// Solves a triangular system.
  static func _trtrs(
    _ uplo: UnsafePointer<CChar>, _ trans: UnsafePointer<CChar>, _ diag: UnsafePointer<CChar>,
    _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>, _ a: UnsafePointer<Self>,
    _ lda: UnsafePointer<Int32>, _ b: UnsafeMutablePointer<Self>, _ ldb: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>)
  /// QR decomposition, as reflectors.
  static func _geqrf(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Self>,
    _ lda: UnsafePointer<Int32>, _ tau: UnsafeMutablePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>)
  /// The orthonormal factor from the reflectors.
  static func _orgqr(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ k: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Self>, _ lda: UnsafePointer<Int32>, _ tau: UnsafePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>)
  /// Least squares by singular values.
  static func _gelsd(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Self>, _ lda: UnsafePointer<Int32>, _ b: UnsafeMutablePointer<Self>,
    _ ldb: UnsafePointer<Int32>, _ s: UnsafeMutablePointer<Self>, _ rcond: UnsafePointer<Self>,
    _ rank: UnsafeMutablePointer<Int32>, _ work: UnsafeMutablePointer<Self>,
    _ lwork: UnsafePointer<Int32>, _ iwork: UnsafeMutablePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>)
  /// Eigenvalues and -vectors of a symmetric matrix.
  static func _syevd(
    _ jobz: UnsafePointer<CChar>, _ uplo: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Self>, _ lda: UnsafePointer<Int32>, _ w: UnsafeMutablePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: UnsafePointer<Int32>,
    _ iwork: UnsafeMutablePointer<Int32>, _ liwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>)
  /// Eigenvalues and -vectors of any square matrix.
  static func _geev(
    _ jobvl: UnsafePointer<CChar>, _ jobvr: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Self>, _ lda: UnsafePointer<Int32>, _ wr: UnsafeMutablePointer<Self>,
    _ wi: UnsafeMutablePointer<Self>, _ vl: UnsafeMutablePointer<Self>,
    _ ldvl: UnsafePointer<Int32>, _ vr: UnsafeMutablePointer<Self>, _ ldvr: UnsafePointer<Int32>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>)
  /// Singular value decomposition.
  static func _gesdd(
    _ jobz: UnsafePointer<CChar>, _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Self>, _ lda: UnsafePointer<Int32>, _ s: UnsafeMutablePointer<Self>,
    _ u: UnsafeMutablePointer<Self>, _ ldu: UnsafePointer<Int32>, _ vt: UnsafeMutablePointer<Self>,
    _ ldvt: UnsafePointer<Int32>, _ work: UnsafeMutablePointer<Self>, _ lwork: UnsafePointer<Int32>,
    _ iwork: UnsafeMutablePointer<Int32>, _ info: UnsafeMutablePointer<Int32>)
}

extension Double: _LAPACKRoutines {
  public static func _gesv(
    _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Double>,
    _ lda: UnsafePointer<Int32>, _ ipiv: UnsafeMutablePointer<Int32>,
    _ b: UnsafeMutablePointer<Double>, _ ldb: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { dgesv_(n, nrhs, a, lda, ipiv, b, ldb, info) }
  public static func _getrf(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Double>,
    _ lda: UnsafePointer<Int32>, _ ipiv: UnsafeMutablePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { dgetrf_(m, n, a, lda, ipiv, info) }
  public static func _potrf(
    _ uplo: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Double>,
    _ lda: UnsafePointer<Int32>, _ info: UnsafeMutablePointer<Int32>
  ) { dpotrf_(uplo, n, a, lda, info) }
  public static func _potrs(
    _ uplo: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>,
    _ a: UnsafePointer<Double>, _ lda: UnsafePointer<Int32>, _ b: UnsafeMutablePointer<Double>,
    _ ldb: UnsafePointer<Int32>, _ info: UnsafeMutablePointer<Int32>
  ) { dpotrs_(uplo, n, nrhs, a, lda, b, ldb, info) }
  public static func _trtrs(
    _ uplo: UnsafePointer<CChar>, _ trans: UnsafePointer<CChar>, _ diag: UnsafePointer<CChar>,
    _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>, _ a: UnsafePointer<Double>,
    _ lda: UnsafePointer<Int32>, _ b: UnsafeMutablePointer<Double>, _ ldb: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { dtrtrs_(uplo, trans, diag, n, nrhs, a, lda, b, ldb, info) }
  public static func _geqrf(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Double>,
    _ lda: UnsafePointer<Int32>, _ tau: UnsafeMutablePointer<Double>,
    _ work: UnsafeMutablePointer<Double>, _ lwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { dgeqrf_(m, n, a, lda, tau, work, lwork, info) }
  public static func _orgqr(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ k: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Double>, _ lda: UnsafePointer<Int32>, _ tau: UnsafePointer<Double>,
    _ work: UnsafeMutablePointer<Double>, _ lwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { dorgqr_(m, n, k, a, lda, tau, work, lwork, info) }
  public static func _gelsd(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Double>, _ lda: UnsafePointer<Int32>,
    _ b: UnsafeMutablePointer<Double>, _ ldb: UnsafePointer<Int32>,
    _ s: UnsafeMutablePointer<Double>, _ rcond: UnsafePointer<Double>,
    _ rank: UnsafeMutablePointer<Int32>, _ work: UnsafeMutablePointer<Double>,
    _ lwork: UnsafePointer<Int32>, _ iwork: UnsafeMutablePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { dgelsd_(m, n, nrhs, a, lda, b, ldb, s, rcond, rank, work, lwork, iwork, info) }
  public static func _syevd(
    _ jobz: UnsafePointer<CChar>, _ uplo: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Double>, _ lda: UnsafePointer<Int32>,
    _ w: UnsafeMutablePointer<Double>, _ work: UnsafeMutablePointer<Double>,
    _ lwork: UnsafePointer<Int32>, _ iwork: UnsafeMutablePointer<Int32>,
    _ liwork: UnsafePointer<Int32>, _ info: UnsafeMutablePointer<Int32>
  ) { dsyevd_(jobz, uplo, n, a, lda, w, work, lwork, iwork, liwork, info) }
  public static func _geev(
    _ jobvl: UnsafePointer<CChar>, _ jobvr: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Double>, _ lda: UnsafePointer<Int32>,
    _ wr: UnsafeMutablePointer<Double>, _ wi: UnsafeMutablePointer<Double>,
    _ vl: UnsafeMutablePointer<Double>, _ ldvl: UnsafePointer<Int32>,
    _ vr: UnsafeMutablePointer<Double>, _ ldvr: UnsafePointer<Int32>,
    _ work: UnsafeMutablePointer<Double>, _ lwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { dgeev_(jobvl, jobvr, n, a, lda, wr, wi, vl, ldvl, vr, ldvr, work, lwork, info) }
  public static func _gesdd(
    _ jobz: UnsafePointer<CChar>, _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Double>, _ lda: UnsafePointer<Int32>,
    _ s: UnsafeMutablePointer<Double>, _ u: UnsafeMutablePointer<Double>,
    _ ldu: UnsafePointer<Int32>, _ vt: UnsafeMutablePointer<Double>, _ ldvt: UnsafePointer<Int32>,
    _ work: UnsafeMutablePointer<Double>, _ lwork: UnsafePointer<Int32>,
    _ iwork: UnsafeMutablePointer<Int32>, _ info: UnsafeMutablePointer<Int32>
  ) { dgesdd_(jobz, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork, iwork, info) }
}

extension Float: _LAPACKRoutines {
  public static func _gesv(
    _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Float>,
    _ lda: UnsafePointer<Int32>, _ ipiv: UnsafeMutablePointer<Int32>,
    _ b: UnsafeMutablePointer<Float>, _ ldb: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { sgesv_(n, nrhs, a, lda, ipiv, b, ldb, info) }
  public static func _getrf(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Float>,
    _ lda: UnsafePointer<Int32>, _ ipiv: UnsafeMutablePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { sgetrf_(m, n, a, lda, ipiv, info) }
  public static func _potrf(
    _ uplo: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Float>,
    _ lda: UnsafePointer<Int32>, _ info: UnsafeMutablePointer<Int32>
  ) { spotrf_(uplo, n, a, lda, info) }
  public static func _potrs(
    _ uplo: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>,
    _ a: UnsafePointer<Float>, _ lda: UnsafePointer<Int32>, _ b: UnsafeMutablePointer<Float>,
    _ ldb: UnsafePointer<Int32>, _ info: UnsafeMutablePointer<Int32>
  ) { spotrs_(uplo, n, nrhs, a, lda, b, ldb, info) }
  public static func _trtrs(
    _ uplo: UnsafePointer<CChar>, _ trans: UnsafePointer<CChar>, _ diag: UnsafePointer<CChar>,
    _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>, _ a: UnsafePointer<Float>,
    _ lda: UnsafePointer<Int32>, _ b: UnsafeMutablePointer<Float>, _ ldb: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { strtrs_(uplo, trans, diag, n, nrhs, a, lda, b, ldb, info) }
  public static func _geqrf(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ a: UnsafeMutablePointer<Float>,
    _ lda: UnsafePointer<Int32>, _ tau: UnsafeMutablePointer<Float>,
    _ work: UnsafeMutablePointer<Float>, _ lwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { sgeqrf_(m, n, a, lda, tau, work, lwork, info) }
  public static func _orgqr(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ k: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Float>, _ lda: UnsafePointer<Int32>, _ tau: UnsafePointer<Float>,
    _ work: UnsafeMutablePointer<Float>, _ lwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { sorgqr_(m, n, k, a, lda, tau, work, lwork, info) }
  public static func _gelsd(
    _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>, _ nrhs: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Float>, _ lda: UnsafePointer<Int32>, _ b: UnsafeMutablePointer<Float>,
    _ ldb: UnsafePointer<Int32>, _ s: UnsafeMutablePointer<Float>, _ rcond: UnsafePointer<Float>,
    _ rank: UnsafeMutablePointer<Int32>, _ work: UnsafeMutablePointer<Float>,
    _ lwork: UnsafePointer<Int32>, _ iwork: UnsafeMutablePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { sgelsd_(m, n, nrhs, a, lda, b, ldb, s, rcond, rank, work, lwork, iwork, info) }
  public static func _syevd(
    _ jobz: UnsafePointer<CChar>, _ uplo: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Float>, _ lda: UnsafePointer<Int32>, _ w: UnsafeMutablePointer<Float>,
    _ work: UnsafeMutablePointer<Float>, _ lwork: UnsafePointer<Int32>,
    _ iwork: UnsafeMutablePointer<Int32>, _ liwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { ssyevd_(jobz, uplo, n, a, lda, w, work, lwork, iwork, liwork, info) }
  public static func _geev(
    _ jobvl: UnsafePointer<CChar>, _ jobvr: UnsafePointer<CChar>, _ n: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Float>, _ lda: UnsafePointer<Int32>,
    _ wr: UnsafeMutablePointer<Float>, _ wi: UnsafeMutablePointer<Float>,
    _ vl: UnsafeMutablePointer<Float>, _ ldvl: UnsafePointer<Int32>,
    _ vr: UnsafeMutablePointer<Float>, _ ldvr: UnsafePointer<Int32>,
    _ work: UnsafeMutablePointer<Float>, _ lwork: UnsafePointer<Int32>,
    _ info: UnsafeMutablePointer<Int32>
  ) { sgeev_(jobvl, jobvr, n, a, lda, wr, wi, vl, ldvl, vr, ldvr, work, lwork, info) }
  public static func _gesdd(
    _ jobz: UnsafePointer<CChar>, _ m: UnsafePointer<Int32>, _ n: UnsafePointer<Int32>,
    _ a: UnsafeMutablePointer<Float>, _ lda: UnsafePointer<Int32>, _ s: UnsafeMutablePointer<Float>,
    _ u: UnsafeMutablePointer<Float>, _ ldu: UnsafePointer<Int32>,
    _ vt: UnsafeMutablePointer<Float>, _ ldvt: UnsafePointer<Int32>,
    _ work: UnsafeMutablePointer<Float>, _ lwork: UnsafePointer<Int32>,
    _ iwork: UnsafeMutablePointer<Int32>, _ info: UnsafeMutablePointer<Int32>
  ) { sgesdd_(jobz, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork, iwork, info) }
}
