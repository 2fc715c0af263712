/// Values one after the other.
public struct PlainColumnStorage<Element: PlainColumnElement>: ColumnStorage {
  /// The values.
  package let values: [Element]
  public init(_ values: [Element]) { self.values = values }
  public init(filling values: [Element?]) { self.values = values.map { $0 ?? Element._blank } }
  public var count: Int { values.count }
  public subscript(row: Int) -> Element { values[row] }
  public var array: [Element] { values }
}

/// A value that is kept as it is: `Double`, `Float`, `Int`, `Int32` or `Bool`.
public protocol PlainColumnElement: Sendable, BitwiseCopyable {
  /// What fills the place of a missing value.
  static var _blank: Self { get }
}

extension Double: PlainColumnElement {
  public static var _blank: Double { 0 }
}

extension Float: PlainColumnElement {
  public static var _blank: Float { 0 }
}

extension Int: PlainColumnElement {
  public static var _blank: Int { 0 }
}

extension Int32: PlainColumnElement {
  public static var _blank: Int32 { 0 }
}

extension Bool: PlainColumnElement {
  public static var _blank: Bool { false }
}
