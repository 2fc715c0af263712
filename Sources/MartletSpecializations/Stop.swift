/// Ends what runs, and says why: optimised, a precondition would lose its text.
@inline(never)
@_semantics("optimize.no.crossmodule")
public func _martletStop(_ reason: String) -> Never { fatalError(reason) }
