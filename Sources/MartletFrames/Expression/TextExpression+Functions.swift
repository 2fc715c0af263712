import Foundation

extension TextExpression {
  /// The text in small letters.
  public func lowercased() -> TextExpression { mapping { $0.lowercased() } }
  /// The text in capitals.
  public func uppercased() -> TextExpression { mapping { $0.uppercased() } }
  /// The text without the white space around it.
  public func trimmed() -> TextExpression { mapping { $0.trimmingCharacters(in: .whitespacesAndNewlines) } }
  /// The first characters.
  public func prefix(_ count: Int) -> TextExpression { mapping { String($0.prefix(Swift.max(count, 0))) } }
  /// The last characters.
  public func suffix(_ count: Int) -> TextExpression { mapping { String($0.suffix(Swift.max(count, 0))) } }
  /// The text with every occurrence of a part replaced.
  public func replacing(_ part: String, with replacement: String) -> TextExpression {
    mapping { $0.replacingOccurrences(of: part, with: replacement) }
  }
  /// Other texts in the place of some; all others stay as they are.
  ///
  ///     text("sex").replacing(["m": "male", "f": "female"])
  public func replacing(_ replacements: [String: String]) -> TextExpression { mapping { replacements[$0] ?? $0 } }

  /// One part of a text that is cut at a separator, counted from 0; missing where there are fewer.
  ///
  ///     text("name").part(1, separatedBy: ", ")      // "Braund, Mr. Owen" gives "Mr. Owen"
  public func part(_ place: Int, separatedBy separator: String) -> TextExpression {
    mapping {
      let parts = $0.components(separatedBy: separator)
      return parts.indices.contains(place) ? parts[place] : nil
    }
  }

  /// The part that a regular expression finds (its first group, if it has one); missing where it finds nothing.
  ///
  ///     text("name").extracting("([A-Za-z]+)\\.")      // "Braund, Mr. Owen" gives "Mr"
  public func extracting(_ pattern: String) -> TextExpression {
    mappingPool { pool throws(FrameError) in
      let expression = try Pattern(pattern)
      return pool.texts.map { expression.firstGroup(in: $0) }
    }
  }

  /// Where a regular expression finds something in the text.
  public func matches(_ pattern: String) -> Condition {
    condition("matches") { pool throws(FrameError) in
      let expression = try Pattern(pattern)
      return pool.texts.map { expression.isFound(in: $0) }
    }
  }

  /// One text after the other.
  public static func + (a: TextExpression, b: TextExpression) -> TextExpression {
    TextExpression("\(a._label) + \(b._label)") { context throws(FrameError) in
      let (a, b) = (try a.column(context), try b.column(context))
      let (first, second) = (a.storage.array, b.storage.array)
      return Column(
        name: "", storage: DictionaryColumnStorage(zip(first, second).map { $0 + $1 }),
        validity: a.validity.intersection(b.validity))
    }
  }
  /// The text with another one after it.
  public static func + (a: TextExpression, b: String) -> TextExpression { a.mapping { $0 + b } }
  /// The text with another one before it.
  public static func + (a: String, b: TextExpression) -> TextExpression { b.mapping { a + $0 } }

  /// A text in the place of missing ones.
  public func filled(with replacement: String) -> TextExpression {
    TextExpression(_label) { context throws(FrameError) in
      let column = try column(context)
      return Column(column.name, column.map { $0 ?? replacement })
    }
  }

  /// How many characters the text has.
  public var count: NumberExpression {
    number("count") { (text: String) throws(FrameError) in text.count }
  }

  /// The number that the text is.
  /// - Throws: (when a frame is asked) ``FrameError`` of kind `type` with the first text that is no number, unless
  ///   `orMissing` is true: then its result is missing.
  public func asNumber(orMissing: Bool = false) -> NumberExpression {
    NumberExpression(_label) { context throws(FrameError) in
      let column = try column(context)
      let parsed = column.storage.pool.texts.map { NumberText.double($0) }
      let codes = column.storage.codes
      let wrong = column.indices.first { column.validity[$0] && parsed[Int(codes[$0])] == nil }
      if let wrong, !orMissing { throw .notA("number", column.storage[wrong], _label, row: wrong) }
      return .column(
        AnyColumn(Column(_label, column.indices.map { column.validity[$0] ? parsed[Int(codes[$0])] : nil })))
    }
  }

  /// The date that the text is by ISO 8601, such as `2026-03-01` or `2026-03-01T12:30:00Z`; also `2026/03/01`,
  /// `1 March 2026`, `1-Mar-2026` and `March 1, 2026`.
  /// - Throws: (when a frame is asked) ``FrameError`` of kind `type` with the first text that is no date, unless
  ///   `orMissing` is true: then its result is missing.
  public func asDate(orMissing: Bool = false) -> DateExpression {
    asDate(orMissing) { () throws(FrameError) in { DateParser.ticks($0) } }
  }

  /// The date that the text is by a pattern.
  ///
  ///     text("paid").asDate(format: "dd/MM/yyyy")
  /// - Parameter format: as ``ColumnType/date(format:)`` takes it.
  /// - Throws: (when a frame is asked) ``FrameError`` of kind `type` with the first text that is no such date, unless
  ///   `orMissing` is true: then its result is missing; of kind `parameter` for a pattern that is none.
  public func asDate(format: String, orMissing: Bool = false) -> DateExpression {
    asDate(orMissing) { () throws(FrameError) in
      let pattern = try DatePattern(format)
      return { pattern.ticks($0) }
    }
  }

  private func asDate(
    _ orMissing: Bool, _ parser: @escaping @Sendable () throws(FrameError) -> (String) -> Int?
  ) -> DateExpression {
    DateExpression(_label) { context throws(FrameError) in
      let column = try column(context)
      let parse = try parser()
      let parsed = column.storage.pool.texts.map { parse($0) }
      let codes = column.storage.codes
      let wrong = column.indices.first { column.validity[$0] && parsed[Int(codes[$0])] == nil }
      if let wrong, !orMissing { throw .notA("date", column.storage[wrong], _label, row: wrong) }
      let ticks = codes.map { parsed.isEmpty ? nil : parsed[Int($0)] }
      return Column(
        name: _label, storage: DateColumnStorage(ticks: ticks.map { $0 ?? 0 }),
        validity: ValidityBitmap(count: column.count) { column.validity[$0] && ticks[$0] != nil })
    }
  }

  /// The parts of a text that is cut at a separator, as a list; see ``list(_:)``.
  ///
  ///     try films.adding("genres", text("genre").split(separatedBy: ", "))
  public func split(separatedBy separator: String) -> ListExpression {
    ListExpression(_label) { context throws(FrameError) in
      let column = try column(context)
      let parts = column.storage.pool.texts.map { $0.components(separatedBy: separator) }
      let lists = column.indices.map { column.validity[$0] ? parts[Int(column.storage.codes[$0])] : [] }
      return AnyColumn(Column<[String]>(name: _label, storage: ValueColumnStorage(lists), validity: column.validity))
    }
  }

  private func number(
    _ label: String, _ measure: @escaping @Sendable (String) throws(FrameError) -> Int
  ) -> NumberExpression {
    NumberExpression("\(label) \(_label)") { context throws(FrameError) in
      let column = try column(context)
      var measured: [Int] = []
      for text in column.storage.pool.texts { measured.append(try measure(text)) }
      return .column(.ints("", RowIndex(column.storage.codes).gather(measured, blank: 0), column.validity))
    }
  }

  private func mapping(_ change: @escaping @Sendable (String) -> String?) -> TextExpression {
    mappingPool { pool throws(FrameError) in pool.texts.map(change) }
  }

  /// Another text for each different text; `nil` makes it missing.
  private func mappingPool(
    _ change: @escaping @Sendable (TextPool) throws(FrameError) -> [String?]
  ) -> TextExpression {
    TextExpression(_label) { context throws(FrameError) in
      let column = try column(context)
      let changed = try change(column.storage.pool)
      let (pool, translation) = TextPool.merging(changed.map { $0 ?? "" })
      let codes = RowIndex(column.storage.codes).gather(translation, blank: 0)
      let validity =
        changed.contains { $0 == nil }
        ? ValidityBitmap(count: column.count) { column.validity[$0] && changed[Int(column.storage.codes[$0])] != nil }
        : column.validity
      return Column(name: column.name, storage: DictionaryColumnStorage(codes: codes, pool: pool), validity: validity)
    }
  }
}
