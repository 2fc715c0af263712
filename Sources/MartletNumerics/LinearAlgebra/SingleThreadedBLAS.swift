import COpenBLAS
import Dispatch

/// Work in which OpenBLAS computes on the thread that calls it.
///
/// OpenBLAS's own threads go on looking for work for some ten milliseconds after each product and take the cores from ours
/// meanwhile, and small matrices are not worth handing out. The number of threads is the process's, so all who change it do
/// so here: the last one to leave restores it.
package enum SingleThreadedBLAS {
  /// - Parameter body: must neither poll nor trap, so that the number of threads is restored.
  package static func with<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    OpenBLASCore.select()
    gate.sync {
      if users == 0 {
        threads = openblas_get_num_threads()
        openblas_set_num_threads(1)
      }
      users += 1
    }
    defer {
      gate.sync {
        users -= 1
        if users == 0 { openblas_set_num_threads(threads) }
      }
    }
    return try body()
  }

  /// A value for each number below `count`, on all cores; the body as above.
  package static func map<Value>(_ count: Int, _ body: (Int) -> Value) -> [Value] {
    with {
      guard Parallel.threadLimit > 1, count > 1 else { return (0..<count).map(body) }
      return [Value](unsafeUninitializedCapacity: count) { target, filled in
        withoutActuallyEscaping(body) { body in
          // Each piece fills its own place, and all have ended when this returns. Not empty: there are two at least.
          nonisolated(unsafe) let (start, body) = (target.baseAddress!, body)
          DispatchQueue.concurrentPerform(iterations: count) { (start + $0).initialize(to: body($0)) }
        }
        filled = count
      }
    }
  }

  private static let gate = DispatchQueue(label: "martlet.blas")
  // Read and written on the queue above.
  nonisolated(unsafe) private static var users = 0
  nonisolated(unsafe) private static var threads: Int32 = 1
}
