import Glibc

/// A block of scalars that `fill` writes completely. Nothing is written before, so a large block is touched once.
package func filledTensorBlock<Scalar: TensorScalar>(
  _ count: Int, _ fill: (UnsafeMutablePointer<Scalar>) -> Void
) -> [Scalar] {
  guard count > 0 else { return [] }
  return [Scalar](unsafeUninitializedCapacity: count) { target, filled in
    let start = target.baseAddress!  // not empty: count > 0
    preferLargePages(start, count * MemoryLayout<Scalar>.stride)
    fill(start)
    filled = count
  }
}

/// Asks for pages of 2 MiB under a large block. Getting a fresh block page by page takes longer than computing its
/// contents; NumPy asks for the same. The system may refuse, which changes nothing but the speed.
private func preferLargePages(_ start: UnsafeMutableRawPointer, _ bytes: Int) {
  let large = 4 << 20
  guard bytes >= large else { return }
  let page = 4096
  let first = (Int(bitPattern: start) + page - 1) / page * page
  let end = (Int(bitPattern: start) + bytes) / page * page
  let adviceHugePage: Int32 = 14  // MADV_HUGEPAGE
  _ = madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, adviceHugePage)
}

/// Notes that something went wrong in work that several threads share.
///
/// All threads write the same value, and it is read after they have ended.
final class TensorFault: @unchecked Sendable {
  private(set) var happened = false
  @inline(__always)
  func note(_ happened: Bool) { if happened { self.happened = true } }
}
