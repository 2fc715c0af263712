/// A cell's top-level `lazy var`: the value is made when it is first asked for.
///
/// `@unchecked Sendable`: as with any global variable, its users see to it that they do not use it at the same time.
public final class _MartletLazy<Value>: @unchecked Sendable {
  private var make: (() -> Value)?
  private var made: Value?

  fileprivate init(_ make: @escaping () -> Value) { self.make = make }

  public var value: Value {
    get {
      if let made { return made }
      guard let make else { fatalError("The value of this lazy variable asks for itself.") }
      self.make = nil
      let value = make()
      made = value
      return value
    }
    set {
      made = newValue
      make = nil
    }
    _modify {
      if made == nil { made = value }
      // The line above, or an earlier use, has made it.
      yield &made!
    }
  }
}

/// Holds the right-hand side of a top-level `lazy var`.
public func _martletLazy<Value>(_ make: @escaping () -> Value) -> _MartletLazy<Value> { _MartletLazy(make) }

extension _MartletLazy: IndirectVariable {
  static var valueType: Any.Type { Value.self }
  var existingValue: Any? { made.map { $0 as Any } }
  var absence: String { "(not made yet)" }
}
