import CMartletRuntime
import Dispatch
import Foundation

/// Shares long work between the processor's cores.
///
/// Work is cut into pieces whose number and borders depend on the work alone, so that results do not depend on how many
/// threads there are. An interrupt is noticed between batches of pieces, on the thread that asked.
package enum Parallel {
  /// How many threads may work at once; tests set it to see that results stay the same.
  @TaskLocal package static var threadLimit = ProcessInfo.processInfo.activeProcessorCount

  /// How many elements are worth a piece of their own: half a megabyte of doubles.
  package static let pieceLength = 1 << 16

  /// How many elements are worth a piece that fills part of a fresh block of `count` elements, `stride` bytes each.
  ///
  /// The system clears a page of 2 MiB when it is first written to, for each thread that comes to it: pieces as large as
  /// such a page keep two threads from having the same one cleared twice.
  package static func pieceLength(filling count: Int, stride: Int) -> Int {
    max(pieceLength, min((2 << 20) / stride, count / 8))
  }

  /// Calls `body` with each of the numbers below `count`, several at a time.
  ///
  /// - Parameters:
  ///   - batch: after how many pieces for each thread an interrupt is looked for; all threads wait for one another there.
  ///   - body: must not stop the cell, since it runs on threads that are no cell's: what goes wrong is kept and
  ///     reported afterwards.
  package static func forEach(_ count: Int, batch: Int = 8, _ body: (Int) -> Void) {
    let threads = min(threadLimit, count)
    guard threads > 1 else {
      for piece in 0..<count {
        martlet_poll()
        body(piece)
      }
      return
    }
    let batch = threads * batch
    withoutActuallyEscaping(body) { body in
      // The pieces touch different memory, and all have ended when this returns.
      nonisolated(unsafe) let body = body
      for first in stride(from: 0, to: count, by: batch) {
        martlet_poll()
        DispatchQueue.concurrentPerform(iterations: min(batch, count - first)) { body(first + $0) }
      }
    }
  }

  /// Calls `body` with consecutive ranges that together cover `0..<count`, and the number of each.
  package static func forEachRange(
    _ count: Int, length: Int = pieceLength, batch: Int = 8, _ body: (_ piece: Int, _ range: Range<Int>) -> Void
  ) {
    forEach(pieces(count, length: length), batch: batch) { piece in
      body(piece, piece * length..<min((piece + 1) * length, count))
    }
  }

  /// How many ranges ``forEachRange(_:length:batch:_:)`` makes.
  package static func pieces(_ count: Int, length: Int = pieceLength) -> Int { (count + length - 1) / length }

  /// One value for each range, in order.
  package static func mapRanges<Value>(
    _ count: Int, length: Int = pieceLength, batch: Int = 8, _ body: (Range<Int>) -> Value
  ) -> [Value] {
    let pieces = pieces(count, length: length)
    return [Value](unsafeUninitializedCapacity: pieces) { target, filled in
      // Each piece fills its own place.
      nonisolated(unsafe) let start = target.baseAddress
      forEachRange(count, length: length, batch: batch) { piece, range in (start! + piece).initialize(to: body(range)) }
      filled = pieces
    }
  }
}
