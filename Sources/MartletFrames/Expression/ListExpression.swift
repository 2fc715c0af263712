/// A column of lists, to measure and to take apart.
///
///     try films.adding("genres", text("genre").split(separatedBy: ", "))
///       .filter(list("genres").contains("Drama") && list("genres").count > 1)
public struct ListExpression: ColumnExpression {
  private let evaluate: @Sendable (ExpressionContext) throws(FrameError) -> AnyColumn
  public let _label: String

  init(_ label: String, _ evaluate: @escaping @Sendable (ExpressionContext) throws(FrameError) -> AnyColumn) {
    _label = label
    self.evaluate = evaluate
  }

  public func _evaluate(_ context: ExpressionContext) throws(FrameError) -> AnyColumn { try evaluate(context) }

  /// How many values each list has.
  public var count: NumberExpression {
    NumberExpression("count \(_label)") { context throws(FrameError) in
      let column = try evaluate(context)
      let counts =
        switch column.content {
        case .doubleLists(let lists): lists.storage.values.map(\.count)
        case .intLists(let lists): lists.storage.values.map(\.count)
        case .textLists(let lists): lists.storage.values.map(\.count)
        default: throw .wrongType(column.name, expected: .list(of: .string), found: column.type)
        }
      return .column(.ints("", counts, column.validity))
    }
  }

  /// The text at a place of each list, counted from 0; missing where a list is shorter.
  public func text(at place: Int) -> TextExpression {
    TextExpression("\(_label) \(place)") { context throws(FrameError) in
      let lists = try evaluate(context).typed(as: [String].self)
      return Column("", lists.map { list in list.flatMap { $0.indices.contains(place) ? $0[place] : nil } })
    }
  }

  /// The number at a place of each list, counted from 0; missing where a list is shorter.
  public func number(at place: Int) -> NumberExpression {
    NumberExpression("\(_label) \(place)") { context throws(FrameError) in
      let column = try evaluate(context)
      if case .intLists(let lists) = column.content {
        return .column(
          AnyColumn(Column("", lists.map { list in list.flatMap { $0.indices.contains(place) ? $0[place] : nil } })))
      }
      let lists = try column.typed(as: [Double].self)
      return .column(
        AnyColumn(Column("", lists.map { list in list.flatMap { $0.indices.contains(place) ? $0[place] : nil } })))
    }
  }

  /// Where a list of texts holds this one.
  public func contains(_ text: String) -> Condition {
    Condition("\(_label) contains \(text)") { context throws(FrameError) in
      let lists = try evaluate(context).typed(as: [String].self)
      return Column("", lists.map { list in list.map { $0.contains(text) } })
    }
  }

  /// Where a list of numbers holds this one.
  public func contains(_ number: Double) -> Condition {
    Condition("\(_label) contains \(number)") { context throws(FrameError) in
      let column = try evaluate(context)
      if case .intLists(let lists) = column.content {
        return Column("", lists.map { list in list.map { $0.contains { Double($0) == number } } })
      }
      let lists = try column.typed(as: [Double].self)
      return Column("", lists.map { list in list.map { $0.contains(number) } })
    }
  }
}

/// A column of lists, to measure and to take apart.
public func list(_ name: String) -> ListExpression {
  ListExpression(name) { context throws(FrameError) in try context.frame.column(name) }
}
