extension Inspection {
  /// Declaration, type, origin and documentation as Markdown.
  ///
  /// - Parameter origin: where it comes from, such as `In[3]`; by default the module, if it has one.
  package func markdown(origin: String? = nil) -> String {
    // A text among the default arguments could hold a fence itself.
    let fence = declaration.contains("```") ? "``````" : "```"
    var parts = ["\(fence)swift\n\(declaration.isEmpty ? name : declaration)\n\(fence)"]
    if isTypeWorthSaying { parts.append("Type: `\(type)`") }
    if let origin = origin ?? module { parts.append("From: \(origin)") }
    if !documentation.isEmpty { parts.append(documentation) }
    return parts.joined(separator: "\n\n")
  }

  /// The same as plain text, for frontends that show nothing else.
  package func plainText(origin: String? = nil) -> String {
    var parts = [declaration.isEmpty ? name : declaration]
    if isTypeWorthSaying { parts.append("Type: \(type)") }
    if let origin = origin ?? module { parts.append("From: \(origin)") }
    if !documentation.isEmpty {
      parts.append("\n" + documentation.replacing("&lt;", with: "<").replacing("**", with: ""))
    }
    return parts.joined(separator: "\n")
  }

  /// The declaration of a type, a module or a variable tells its type already.
  private var isTypeWorthSaying: Bool {
    switch kind {
    case .struct, .class, .enum, .protocol, .type, .module, .keyword, .macro: false
    default: !type.isEmpty && !declaration.hasSuffix(": \(type)")
    }
  }
}
