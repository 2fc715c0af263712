import Foundation
import Martlet

/// How fast memory itself is on all cores: what element-wise operations and reductions are held against.
///
/// The loops are as plain as they can be, on blocks that no cache holds; bytes are counted as STREAM counts them, without
/// what a processor reads of a line before it writes to it.
let memory = Family(name: "memory") { _ in
  let count = 20_000_000
  let a = block(count, 1)
  let b = block(count, 2)
  let c = block(count, 3)
  defer { for block in [a, b, c] { block.deallocate() } }
  let cores = ProcessInfo.processInfo.activeProcessorCount
  let bytes = count * 8

  report("memory_read_f64_2e7", best(of: 9) { sum(a, count, cores) }.seconds, bytes: bytes)
  report(
    "memory_copy_f64_2e7",
    best(of: 9) { share(count, cores) { memcpy(b + $0.lowerBound, a + $0.lowerBound, $0.count * 8) } }.seconds,
    bytes: 2 * bytes)
  report(
    "memory_triad_f64_2e7",
    best(of: 9) { share(count, cores) { range in for i in range { c[i] = a[i] + 3 * b[i] } } }.seconds, bytes: 3 * bytes
  )
}

private func block(_ count: Int, _ value: Double) -> UnsafeMutablePointer<Double> {
  let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 8, alignment: 2 << 20)
  _ = madvise(memory, count * 8, CInt(MADV_HUGEPAGE))
  let block = memory.bindMemory(to: Double.self, capacity: count)
  block.initialize(repeating: value, count: count)
  return block
}

/// Calls `body` with ranges of 65,536 elements, on all cores.
private func share(_ count: Int, _ cores: Int, _ body: (Range<Int>) -> Void) {
  withoutActuallyEscaping(body) { body in
    nonisolated(unsafe) let body = body  // each range is of memory of its own
    let length = 1 << 16
    DispatchQueue.concurrentPerform(iterations: (count + length - 1) / length) { piece in
      body(piece * length..<min(count, (piece + 1) * length))
    }
  }
}

private func sum(_ block: UnsafePointer<Double>, _ count: Int, _ cores: Int) -> Double {
  let raw = UnsafeRawPointer(block)
  let length = 1 << 16
  let pieces = (count + length - 1) / length
  return [Double](unsafeUninitializedCapacity: pieces) { sums, filled in
    nonisolated(unsafe) let sums = sums.baseAddress!  // there are pieces
    share(count, cores) { range in
      var (x, y, z, w) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
      for i in stride(from: range.lowerBound, to: range.upperBound - 31, by: 32) {
        x += raw.loadUnaligned(fromByteOffset: i &* 8, as: SIMD8<Double>.self)
        y += raw.loadUnaligned(fromByteOffset: (i &+ 8) &* 8, as: SIMD8<Double>.self)
        z += raw.loadUnaligned(fromByteOffset: (i &+ 16) &* 8, as: SIMD8<Double>.self)
        w += raw.loadUnaligned(fromByteOffset: (i &+ 24) &* 8, as: SIMD8<Double>.self)
      }
      (sums + range.lowerBound / length).initialize(to: (x + y + z + w).sum())
    }
    filled = pieces
  }.reduce(0, +)
}
