extension String {
  /// The text that some code units stand for; what stands for nothing becomes "\u{FFFD}".
  ///
  ///     String(decoding: [79, 115, 108, 111], as: UTF8.self)      // "Oslo"
  ///
  /// - Complexity: O(n), where n is the number of code units.
  @_transparent
  public init<C: Collection, Encoding: _UnicodeEncoding>(
    decoding codeUnits: C, as sourceEncoding: Encoding.Type
  ) where C.Iterator.Element == Encoding.CodeUnit {
    self = _martletText(codeUnits, sourceEncoding)
  }
}

@inline(never)
@_semantics("optimize.no.crossmodule")
@_semantics("optimize.sil.specialize.generic.never")
public func _martletText<C: Collection, Encoding: _UnicodeEncoding>(
  _ codeUnits: C, _ encoding: Encoding.Type
) -> String where C.Iterator.Element == Encoding.CodeUnit {
  String.Swift::init(decoding: codeUnits, as: encoding)
}
