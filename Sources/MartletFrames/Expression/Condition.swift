/// Something that holds for some rows of a frame, does not for others, and cannot be told where a value is missing.
///
///     let adults = col("age") >= 18
///     try df.filter(adults && text("country") == "Chile")
public struct Condition: Sendable {
  private let holds: @Sendable (DataFrame) throws(FrameError) -> [Bool?]

  init(_ holds: @escaping @Sendable (DataFrame) throws(FrameError) -> [Bool?]) { self.holds = holds }

  func evaluate(_ frame: DataFrame) throws(FrameError) -> [Bool?] { try holds(frame) }

  /// Where both hold. False and unknown is false.
  public static func && (a: Condition, b: Condition) -> Condition {
    Condition { frame throws(FrameError) in
      zip(try a.evaluate(frame), try b.evaluate(frame)).map { a, b in
        if a == false || b == false { return false }
        return a == nil || b == nil ? nil : true
      }
    }
  }

  /// Where at least one holds. True or unknown is true.
  public static func || (a: Condition, b: Condition) -> Condition { !(!a && !b) }

  /// Where it does not hold. Unknown stays unknown.
  public static prefix func ! (a: Condition) -> Condition {
    Condition { frame throws(FrameError) in try a.evaluate(frame).map { $0.map { !$0 } } }
  }
}

/// A column of text, to compare with.
///
///     try df.filter(text("species") != "setosa")
public struct TextExpression: Sendable {
  let name: String

  /// Where the text is this one.
  public static func == (a: TextExpression, b: String) -> Condition { a.condition { $0 == b } }
  /// Where the text is another one.
  public static func != (a: TextExpression, b: String) -> Condition { a.condition { $0 != b } }
  /// Where the text holds another one.
  public func contains(_ part: String) -> Condition { condition { $0.contains(part) } }
  /// Where the text is one of several.
  public func isIn(_ texts: [String]) -> Condition {
    let texts = Set(texts)
    return condition { texts.contains($0) }
  }

  private func condition(_ holds: @escaping @Sendable (String) -> Bool) -> Condition {
    Condition { frame throws(FrameError) in try frame[name, String.self].map { $0.map(holds) } }
  }
}

/// A column of text, to compare with.
public func text(_ name: String) -> TextExpression { TextExpression(name: name) }

/// Where a column of `Bool` is true.
///
///     try df.filter(isTrue("survived"))
public func isTrue(_ name: String) -> Condition {
  Condition { frame throws(FrameError) in Array(try frame[name, Bool.self]) }
}

/// Where a column, of any type, has no value.
public func isMissing(_ name: String) -> Condition {
  Condition { frame throws(FrameError) in
    let column = try frame.column(name)
    return (0..<frame.rowCount).map { row in column.withColumn { $0.isMissing(row) } }
  }
}
