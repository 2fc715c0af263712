extension DataFrame {
  /// Every row as a value of a type of your own, its properties taken from the columns of the same names.
  ///
  ///     struct Passenger: Decodable { var name: String; var age: Double?; var survived: Bool }
  ///     let passengers = try titanic.rows(as: Passenger.self)
  ///     passengers.filter { $0.survived }.count
  ///
  /// A property without `?` needs a value in every row; one with it is `nil` where the value is missing, or where there is
  /// no such column. `CodingKeys` give other names. Whole numbers become fractions where the property asks for them;
  /// nothing else changes its type. An enum of texts or numbers is read from a column of its raw values.
  ///
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type`, `missingValues`, or `parameter` where the type does not
  ///   read names and values.
  /// - Complexity: O(rows · properties).
  public func rows<Record: Decodable>(as type: Record.Type) throws(FrameError) -> [Record] {
    do {
      return try (0..<rowCount).map { try Record(from: RowDecoder(frame: self, row: $0, record: "\(type)")) }
    } catch {
      throw FrameError(recording: error)
    }
  }

  /// A frame with a row for each value and a column for each of its properties.
  ///
  ///     struct Bird: Encodable { var name: String; var wingspan: Double? }
  ///     try DataFrame(encoding: [Bird(name: "wren", wingspan: 15), Bird(name: "kiwi", wingspan: nil)])
  ///
  /// Properties are numbers, truth values, texts, dates, lists of these, or enums of texts or numbers; `nil` is a missing
  /// value. Of no values at all comes a frame without columns.
  ///
  /// - Throws: ``FrameError`` of kind `type` where a property is something else, or not of one type in all rows.
  public init<Record: Encodable>(encoding records: some Sequence<Record>) throws(FrameError) {
    let table = RecordTable(record: "\(Record.self)")
    do {
      for record in records {
        try record.encode(to: RecordEncoder(table: table))
        table.endRow()
      }
    } catch {
      throw FrameError(recording: error)
    }
    try self.init(table.columns())
  }
}

extension FrameError {
  /// What went wrong between a row and a value of another type.
  fileprivate init(recording error: any Error) {
    switch error {
    case let error as FrameError: self = error
    case DecodingError.dataCorrupted(let context): self = .parameter(context.debugDescription)
    case EncodingError.invalidValue(_, let context): self = .parameter(context.debugDescription)
    default: self = .parameter("\(error)")
    }
  }

  static func noRecord(_ record: String) -> FrameError {
    .parameter("\(record) is no record with named properties, which rows of a table are. Use a struct.")
  }

  static func nested(_ name: String, of record: String) -> FrameError {
    FrameError(
      kind: .type,
      description: """
        \(record).\(name) has properties of its own; a column holds one value for each row. Give each of them a property \
        of \(record).
        """)
  }

  static func missing(_ name: String, row: Int, of record: String) -> FrameError {
    FrameError(
      kind: .missingValues,
      description: """
        Row \(row) of column '\(name)' has no value, and \(record).\(name) needs one. Give it an optional type, or keep \
        the rows that have one: df.droppingMissing("\(name)").
        """)
  }
}
