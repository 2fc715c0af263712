import Glibc

// What the worker calls. It runs these on a thread that survives traps and has a time limit, since describing a value
// runs the user's code.

/// The name of the variable that a symbol stands for, to be freed; null when it stands for something else.
@_cdecl("martlet_variable_name")
public func _martletVariableName(_ symbol: UnsafePointer<CChar>) -> UnsafeMutablePointer<CChar>? {
  VariableSymbol(String(cString: symbol))?.name.flatMap { strdup($0) }
}

/// Answers one ``_InspectionQuestion`` about the variable that a symbol stands for, by one call of `reply`; by none when the
/// question is malformed.
@_cdecl("martlet_inspect_variable")
public func _martletInspectVariable(
  _ symbol: UnsafePointer<CChar>, _ address: UnsafeRawPointer, _ question: UnsafePointer<UInt8>, _ count: Int,
  _ context: UnsafeMutableRawPointer,
  _ reply: @convention(c) (UnsafeMutableRawPointer, UnsafePointer<UInt8>, Int) -> Void
) {
  let bytes = UnsafeBufferPointer(start: question, count: count)
  guard let symbol = VariableSymbol(String(cString: symbol)), let question = _InspectionQuestion(decoding: bytes) else {
    return
  }
  let answer = VariableReader(symbol: symbol, address: address).answer(to: question)
  answer.withUnsafeBufferPointer { bytes in
    guard let start = bytes.baseAddress else { return }  // no answer is empty
    reply(context, start, bytes.count)
  }
}
