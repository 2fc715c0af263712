/// Something that was shown and can be replaced.
///
///     let handle = display("epoch 1")
///     handle.update("epoch 2")
public struct DisplayHandle: Hashable, Sendable {
  /// The name the frontend knows the output by.
  public let id: String

  /// Replaces what the handle stands for.
  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  public func update<T>(_ value: T) {
    _DisplayMessage.update(DisplayBundle(describing: value), identifier: id).send()
  }

  @discardableResult
  static func show(_ value: Any, identifier: String?) -> DisplayHandle {
    // Names are random, since outputs saved by an earlier run of the notebook may still be on the page.
    let handle = DisplayHandle(id: identifier ?? "martlet-" + String(UInt64.random(in: 0...UInt64.max), radix: 36))
    _DisplayMessage.display(DisplayBundle(describing: value), identifier: handle.id).send()
    return handle
  }
}
