/// How many passes a loop makes before it is asked again whether it is to stop: a sequence without an end.
///
/// The rewriter counts the passes of a `while` by it. What a pass takes is not known, and so the lengths are measured:
/// they double while a stretch takes less than 0.1 ms, and shrink when one takes more than 1 ms.
@inlinable
public func _martletPaces(_ first: Int) -> _Paces { _Paces(first: first) }

@frozen
public struct _Paces: Sequence, IteratorProtocol {
  @usableFromInline var passes: Int
  /// When the last stretch began, in nanoseconds; 1 until there has been a second one and 0 before the first.
  @usableFromInline var since: UInt64 = 0

  @inlinable
  init(first: Int) { passes = first }

  @inlinable
  public mutating func next() -> Int? { advance() }

  /// The first stretch, which is the only one of most loops, is not measured.
  @inlinable
  mutating func advance() -> Int {
    if since == 0 {
      since = 1
    } else {
      (passes, since) = _Paces.after(passes, since: since)
    }
    return passes
  }

  @inline(never)
  @usableFromInline
  static func after(_ passes: Int, since: UInt64) -> (passes: Int, since: UInt64) {
    let now = martlet_nanoseconds()
    if since == 1 { return (passes, now) }
    switch now - since {
    case ..<100_000: return (Swift.min(2 * passes, 65_536), now)
    case 1_000_000...: return (Swift.max(passes / 8, 1), now)
    default: return (passes, now)
    }
  }
}
