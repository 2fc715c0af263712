/// A column of categories, to compare by their order.
///
///     try df.filter(category("size") >= "M" && category("size") != "XL")
///     try df.adding("code", category("size").code)
///
/// For what is done with names, whatever their order, see ``text(_:)``.
public struct CategoryExpression: ColumnExpression {
  private let evaluate: @Sendable (ExpressionContext) throws(FrameError) -> Column<Category>
  public let _label: String

  init(_ label: String, _ evaluate: @escaping @Sendable (ExpressionContext) throws(FrameError) -> Column<Category>) {
    _label = label
    self.evaluate = evaluate
  }

  public func _evaluate(_ context: ExpressionContext) throws(FrameError) -> AnyColumn {
    AnyColumn(.categorical(try evaluate(context)))
  }

  /// Each category's place in the order, from 0.
  public var code: NumberExpression {
    NumberExpression("code \(_label)") { context throws(FrameError) in
      let column = try evaluate(context)
      return .column(.ints("", column.storage.texts.codes.map { Int($0) }, column.validity))
    }
  }

  private func compared(_ comparison: Comparison, _ name: String) -> Condition {
    Condition("\(_label) \(comparison.sign) \(name)") { context throws(FrameError) in
      let column = try evaluate(context)
      guard let code = column.storage.texts.pool.code(of: name) else {
        throw .unknownCategory(name, column.name, among: column.categories)
      }
      let codes = column.storage.texts.codes.map { Int($0) }
      let holds = comparison.compare(.values(codes), .constant(Int(code)), count: column.count)
      return Column(name: "", storage: PlainColumnStorage(holds), validity: column.validity)
    }
  }

  /// Where it is this category.
  public static func == (a: CategoryExpression, b: String) -> Condition { a.compared(.equal, b) }
  /// Where it is another category.
  public static func != (a: CategoryExpression, b: String) -> Condition { a.compared(.unequal, b) }
  /// Where it comes before a category.
  public static func < (a: CategoryExpression, b: String) -> Condition { a.compared(.less, b) }
  /// Where it is a category or comes before it.
  public static func <= (a: CategoryExpression, b: String) -> Condition { a.compared(.lessOrEqual, b) }
  /// Where it comes after a category.
  public static func > (a: CategoryExpression, b: String) -> Condition { a.compared(.greater, b) }
  /// Where it is a category or comes after it.
  public static func >= (a: CategoryExpression, b: String) -> Condition { a.compared(.greaterOrEqual, b) }
}

/// A column of categories, to compare by their order.
public func category(_ name: String) -> CategoryExpression {
  CategoryExpression(name) { context throws(FrameError) in try context.frame[name, Category.self] }
}
