/// Shows a value below the cell, at once and in the richest format that the frontend can show.
///
/// A type says how it looks by adopting ``RichDisplayable``; every other value shows its description.
///
///     display(HTML("<b>bold</b>"))
///     let status = display("starting")
///     status.update("done")                  // replaces the text above
///
/// Outside a notebook the plain text is printed.
///
/// - Parameters:
///   - value: anything.
///   - id: a name by which ``updateDisplay(_:id:)`` finds this output; by default one that nothing else has.
/// - Returns: a handle that replaces what was shown.
@discardableResult
@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
public func display<T>(_ value: T, id: String? = nil) -> DisplayHandle {
  DisplayHandle.show(value, identifier: id)
}

/// Shows several values, one below the other.
///
///     display("weights", model.coefficients, chart)
@inline(never)
public func display(_ first: Any, _ second: Any, _ others: Any...) {
  for value in [first, second] + others { DisplayHandle.show(value, identifier: nil) }
}

/// Replaces what was shown under a name, wherever in the notebook that is.
///
///     display("epoch 1", id: "progress")
///     updateDisplay("epoch 2", id: "progress")
@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
public func updateDisplay<T>(_ value: T, id: String) {
  _DisplayMessage.update(DisplayBundle(describing: value), identifier: id).send()
}

/// Removes what the cell has shown so far.
///
/// - Parameter wait: keeps the old output until the next one arrives, which avoids flicker in animations. Default
/// `false`.
@inline(never)
public func clearOutput(wait: Bool = false) { _DisplayMessage.clearOutput(wait: wait).send() }
