/// A column of text, to compare with and to change. Each different text is looked at once, however often it occurs.
///
///     try df.filter(text("species") != "setosa")
///     try df.adding("surname", text("name").part(0, separatedBy: ",").uppercased())
public struct TextExpression: ColumnExpression {
  private let evaluate: @Sendable (ExpressionContext) throws(FrameError) -> Column<String>
  public let _label: String

  init(_ label: String, _ evaluate: @escaping @Sendable (ExpressionContext) throws(FrameError) -> Column<String>) {
    _label = label
    self.evaluate = evaluate
  }

  public func _evaluate(_ context: ExpressionContext) throws(FrameError) -> AnyColumn {
    AnyColumn(.string(try evaluate(context)))
  }

  func column(_ context: ExpressionContext) throws(FrameError) -> Column<String> { try evaluate(context) }

  /// Where the text is this one.
  public static func == (a: TextExpression, b: String) -> Condition { a.condition("==") { $0.matching(b) } }
  /// Where the text is another one.
  public static func != (a: TextExpression, b: String) -> Condition { !(a == b) }
  /// Where two texts are the same.
  public static func == (a: TextExpression, b: TextExpression) -> Condition {
    Condition("\(a._label) == \(b._label)") { context throws(FrameError) in
      let (a, b) = (try a.column(context), try b.column(context))
      // In one pool equal texts have equal numbers.
      let both = AnyColumn.concatenating([AnyColumn(a), AnyColumn(b)])
      guard case .string(let joined) = both.content else { throw .wrongType("", expected: .string, found: both.type) }
      let codes = joined.storage.codes
      let holds = (0..<a.count).map { codes[$0] == codes[a.count + $0] }
      return Column(
        name: "", storage: PlainColumnStorage(holds), validity: a.validity.intersection(b.validity))
    }
  }
  /// Where two texts differ.
  public static func != (a: TextExpression, b: TextExpression) -> Condition { !(a == b) }
  /// Where the text holds another one.
  public func contains(_ part: String) -> Condition { condition("contains") { $0.flags { $0.contains(part) } } }
  /// Where the text starts with another one.
  public func hasPrefix(_ start: String) -> Condition { condition("starts") { $0.flags { $0.hasPrefix(start) } } }
  /// Where the text ends with another one.
  public func hasSuffix(_ end: String) -> Condition { condition("ends") { $0.flags { $0.hasSuffix(end) } } }
  /// Where the text is one of several.
  public func isIn(_ texts: [String]) -> Condition {
    let texts = Set(texts)
    return condition("is in") { $0.flags { texts.contains($0) } }
  }

  /// A condition that is decided for each different text.
  func condition(
    _ label: String, _ decide: @escaping @Sendable (TextPool) throws(FrameError) -> [Bool]
  ) -> Condition {
    Condition("\(_label) \(label)") { context throws(FrameError) in
      let column = try column(context)
      let decided = try decide(column.storage.pool)
      let holds = RowIndex(column.storage.codes).gather(decided, blank: false)
      return Column(name: "", storage: PlainColumnStorage(holds), validity: column.validity)
    }
  }
}

/// A column of text, or of categories by their names, to compare with and to change.
public func text(_ name: String) -> TextExpression {
  TextExpression(name) { context throws(FrameError) in
    let column = try context.frame.column(name)
    if case .categorical(let categories) = column.content { return categories.names }
    return try column.typed(as: String.self)
  }
}

extension TextPool {
  func flags(_ holds: (String) -> Bool) -> [Bool] { texts.map(holds) }

  /// Which texts are the given one, byte by byte.
  func matching(_ text: String) -> [Bool] {
    var flags = [Bool](repeating: false, count: count)
    if let code = code(of: text) { flags[Int(code)] = true }
    return flags
  }
}
