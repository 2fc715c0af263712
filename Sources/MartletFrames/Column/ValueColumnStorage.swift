import MartletNumerics

/// Values of any size, each on its own: lists and tensors.
public struct ValueColumnStorage<Element: ValueColumnElement>: ColumnStorage {
  /// The values.
  package let values: [Element]
  public init(_ values: [Element]) { self.values = values }
  public init(filling values: [Element?]) { self.values = values.map { $0 ?? Element._blankValue } }
  public var count: Int { values.count }
  public subscript(row: Int) -> Element { values[row] }
  public var array: [Element] { values }
}

/// A value that a row holds many scalars of: an array or a tensor.
public protocol ValueColumnElement: Sendable {
  /// What fills the place of a missing value.
  static var _blankValue: Self { get }
}

extension Array: ValueColumnElement where Element: ListElement {
  public static var _blankValue: [Element] { [] }
}

extension Tensor: ValueColumnElement where Scalar == Float {
  public static var _blankValue: Tensor<Float> { Tensor([], shape: [0]) }
}

/// What the lists of a column may hold: `Double`, `Int` or `String`.
public protocol ListElement: Hashable, Sendable {
  /// The type of a column of such lists.
  static var _listType: ColumnType { get }
  /// Puts a typed column where any column may be.
  static func _eraseLists(_ column: Column<[Self]>) -> AnyColumn
  /// Gives a column of this type back; `nil` when it is of another.
  static func _restoreLists(_ column: AnyColumn) -> Column<[Self]>?
}

extension Double: ListElement {
  public static var _listType: ColumnType { .list(of: .double) }
  public static func _eraseLists(_ column: Column<[Double]>) -> AnyColumn { AnyColumn(.doubleLists(column)) }
  public static func _restoreLists(_ column: AnyColumn) -> Column<[Double]>? {
    if case .doubleLists(let column) = column.content { return column }
    return nil
  }
}

extension Int: ListElement {
  public static var _listType: ColumnType { .list(of: .int) }
  public static func _eraseLists(_ column: Column<[Int]>) -> AnyColumn { AnyColumn(.intLists(column)) }
  public static func _restoreLists(_ column: AnyColumn) -> Column<[Int]>? {
    if case .intLists(let column) = column.content { return column }
    return nil
  }
}

extension String: ListElement {
  public static var _listType: ColumnType { .list(of: .string) }
  public static func _eraseLists(_ column: Column<[String]>) -> AnyColumn { AnyColumn(.textLists(column)) }
  public static func _restoreLists(_ column: AnyColumn) -> Column<[String]>? {
    if case .textLists(let column) = column.content { return column }
    return nil
  }
}

extension Array: ColumnElement where Element: ListElement {
  public typealias Storage = ValueColumnStorage<[Element]>
  public static var columnType: ColumnType { Element._listType }
  public static func _erase(_ column: Column<[Element]>) -> AnyColumn { Element._eraseLists(column) }
  public static func _restore(_ column: AnyColumn) -> Column<[Element]>? { Element._restoreLists(column) }
}

extension Tensor: ColumnElement where Scalar == Float {
  public typealias Storage = ValueColumnStorage<Tensor<Float>>
  public static var columnType: ColumnType { .tensor }
  public static func _erase(_ column: Column<Tensor<Float>>) -> AnyColumn { AnyColumn(.tensor(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Tensor<Float>>? {
    if case .tensor(let column) = column.content { return column }
    return nil
  }
}

extension Column where Element == Tensor<Float> {
  /// A row for each tensor along the first axis of a batch; they share its memory.
  ///
  ///     Column("picture", rowsOf: pictures)      // shape [60, 28, 28] gives 60 rows of shape [28, 28]
  ///
  /// Stops the cell when the batch has no axis.
  public init(_ name: String, rowsOf batch: Tensor<Float>) {
    guard batch.rank > 0 else { fatalError("A column needs a tensor with an axis for its rows; this one has none.") }
    self.init(name, (0..<batch.shape[0]).map { batch[$0] as Tensor<Float> })
  }

  /// All rows as one tensor with an axis for the rows in front: what a network takes.
  /// - Throws: ``FrameError`` of kind `missingValues`, or `type` where two rows differ in shape.
  public func stacked() throws(FrameError) -> Tensor<Float> {
    let values = try values()
    guard let shape = values.first?.shape else { return Tensor([], shape: [0]) }
    if let row = values.firstIndex(where: { $0.shape != shape }) {
      throw FrameError(
        kind: .type,
        description: """
          Row \(row) of '\(name)' has shape \(values[row].shape), row 0 \(shape); a stack needs one shape. \
          Bring them to one size first.
          """)
    }
    return Tensor(values.flatMap(\.scalars), shape: [values.count] + shape)
  }
}
