// What a rewritten cell calls with the value of its last expression; the overloads decide which values are worth
// showing. Each body is compiled here once: specialising it in every cell would cost the cell tens of milliseconds.

/// Shows the value of a cell's last expression.
@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
public func _martletResult<T>(_ value: T) { showResult(value) }

/// Names the type of a value that cannot be copied, and therefore neither described nor kept.
@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
public func _martletResult<T: ~Copyable & ~Escapable>(_ value: borrowing T) { showUncopyable("\(T.self)") }

/// A call without a value shows nothing.
public func _martletResult(_ value: Void) {}

/// An optional call without a value, such as `delegate?.finish()`, shows nothing.
public func _martletResult(_ value: Void?) {}

/// A task shows nothing: it was started for what it does.
public func _martletResult<Success, Failure>(_ value: Task<Success, Failure>) {}

/// What was displayed is already there to see.
public func _martletResult(_ value: DisplayHandle) {}

/// An expression that never returns has no value.
public func _martletResult(_ value: Never) {}

@inline(never)
private func showResult(_ value: Any) { _DisplayMessage.result(DisplayBundle(describing: value)).send() }

@inline(never)
private func showUncopyable(_ typeName: String) { _DisplayMessage.result([.plainText: .text("<\(typeName)>")]).send() }
