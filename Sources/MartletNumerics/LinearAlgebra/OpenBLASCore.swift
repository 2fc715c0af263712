import COpenBLAS
import Glibc

/// The kernels that OpenBLAS computes with, which it has one set of for each generation of processors.
///
/// OpenBLAS knows processors by their model numbers, and takes one that is newer than itself for an old one: version
/// 0.3.21 takes recent AMD processors for a Haswell and recent Intel ones even for a Prescott, at a half and a quarter
/// of their speed. What the processor can do is asked instead, and the choice made again before the first product.
/// Whoever sets `OPENBLAS_CORETYPE` keeps their choice.
package enum OpenBLASCore {
  /// Asked for before anything is computed; makes the choice the first time.
  @inline(__always)
  package static func select() { _ = name }

  /// The set that is in use: `SkylakeX`, `Haswell`, …
  package static let name: String = {
    let found = String(cString: openblas_get_corename())
    guard getenv(variable) == nil, let better = better(than: found, level: openblas_processor_level()) else {
      return found
    }
    return switchKernels(to: better) ?? found
  }()

  private static let variable = "OPENBLAS_CORETYPE"

  /// The set to switch to, or `nil` when the one in use fits what the processor can do.
  package static func better(than found: String, level: Int32) -> String? {
    let withAVX512: Set<String> = ["SkylakeX", "Cooperlake", "SapphireRapids"]
    let withAVX2 = withAVX512.union(["Haswell", "Zen", "Excavator"])
    switch level {
    case 2: return withAVX512.contains(found) ? nil : "SKYLAKEX"
    case 1: return withAVX2.contains(found) ? nil : "HASWELL"
    default: return nil
    }
  }

  /// Has OpenBLAS choose again. The functions are not part of its documented interface: where one is missing, all
  /// stays as it was. The variable is set for the choice only, since programs that a cell starts would inherit it.
  private static func switchKernels(to core: String) -> String? {
    typealias Function = @convention(c) () -> Void
    guard let quit = dlsym(nil, "gotoblas_dynamic_quit"), let start = dlsym(nil, "gotoblas_dynamic_init") else {
      return nil
    }
    setenv(variable, core, 1)
    // Both take nothing and return nothing.
    unsafeBitCast(quit, to: Function.self)()
    unsafeBitCast(start, to: Function.self)()
    unsetenv(variable)
    return String(cString: openblas_get_corename())
  }
}
