/// What a top-level `lazy var` or `async let` holds in the place of its value, which reading must not bring about.
protocol IndirectVariable {
  /// The type that was declared.
  static var valueType: Any.Type { get }
  /// The value, where it is there.
  var existingValue: Any? { get }
  /// What is shown while it is not.
  var absence: String { get }
}
