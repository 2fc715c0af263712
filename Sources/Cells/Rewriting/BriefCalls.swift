import SwiftSyntax

/// The functions of the standard library and of Foundation that take no time worth a poll: conversions between numbers,
/// mathematical functions, and what changes a collection at its end.
///
/// They are known by name. A function of that name that takes long costs patience at an interrupt, no more: stretches
/// that last get shorter.
private enum BriefCalls {
  static let numbers: Set<String> = [
    "Int", "Int8", "Int16", "Int32", "Int64", "Int128", "UInt", "UInt8", "UInt16", "UInt32", "UInt64", "UInt128",
    "Double", "Float", "Float16", "Float80", "CGFloat", "Bool",
  ]
  static let conversionLabels: Set<String?> = [nil, "truncatingIfNeeded", "bitPattern", "clamping", "exactly"]

  static let functions: Set<String> = [
    "abs", "min", "max", "swap", "precondition", "assert",
    "sqrt", "cbrt", "pow", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "hypot", "fma", "fmod",
    "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    "floor", "ceil", "round", "trunc", "rint", "fabs", "fmin", "fmax", "erf", "erfc", "tgamma", "lgamma",
  ]

  /// Methods by their names and the labels of their arguments.
  static let methods: Set<String> = [
    "squareRoot()", "rounded()", "rounded(_:)", "round()", "negate()", "toggle()", "isMultiple(of:)", "signum()",
    "truncatingRemainder(dividingBy:)", "remainder(dividingBy:)", "quotientAndRemainder(dividingBy:)",
    "addingProduct(_:_:)", "addProduct(_:_:)", "advanced(by:)", "distance(to:)",
    "addingReportingOverflow(_:)", "subtractingReportingOverflow(_:)", "multipliedReportingOverflow(by:)",
    "dividedReportingOverflow(by:)", "remainderReportingOverflow(dividingBy:)", "multipliedFullWidth(by:)",
    "dividingFullWidth(_:)", "append(_:)", "popLast()", "removeLast()", "swapAt(_:_:)", "updateValue(_:forKey:)",
    "random()", "random(in:)", "random(using:)", "random(in:using:)", "next()",
  ]
}

extension FunctionCallExprSyntax {
  /// Whether the call is one of those that take no time.
  var isBrief: Bool {
    guard trailingClosure == nil, additionalTrailingClosures.isEmpty, let name = calledName else { return false }
    if calledExpression.is(MemberAccessExprSyntax.self) {
      return BriefCalls.methods.contains("\(name)(\(arguments.map { "\($0.label?.text ?? "_"):" }.joined()))")
    }
    if BriefCalls.numbers.contains(name) {
      return arguments.count == 1 && BriefCalls.conversionLabels.contains(arguments.first?.label?.text)
    }
    return BriefCalls.functions.contains(name)
  }

  /// The name of what is called; `nil` where it has none.
  var calledName: String? {
    var called = calledExpression
    if let specialized = called.as(GenericSpecializationExprSyntax.self) { called = specialized.expression }
    return called.as(DeclReferenceExprSyntax.self)?.baseName.text
      ?? called.as(MemberAccessExprSyntax.self)?.declName.baseName.text
  }
}
