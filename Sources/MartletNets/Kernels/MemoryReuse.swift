import Glibc

/// Keeps the memory of one step of training for the next.
///
/// Every step needs the same large blocks. By default the C library hands such blocks back to the system at once, and gets
/// them again page by page, each cleared first: a third of the time of a small convolutional net. From the first tape on, up
/// to a quarter of a gigabyte of free memory stays with the process.
enum MemoryReuse {
  static func begin() { _ = once }

  private static let once: Void = {
    // Swift's module of the C library lacks malloc.h, whose M_TRIM_THRESHOLD and M_MMAP_THRESHOLD these numbers are.
    typealias Function = @convention(c) (Int32, Int32) -> Int32
    guard let symbol = dlsym(nil, "mallopt") else { return }
    let mallopt = unsafeBitCast(symbol, to: Function.self)
    _ = mallopt(-1, 256 << 20)
    _ = mallopt(-3, 32 << 20)
  }()
}
