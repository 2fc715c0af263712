extension Bool: TensorScalar {
  /// `false`.
  public static var blank: Bool { false }
  public static func _gather(
    _ source: UnsafePointer<Bool>, _ stride: Int, _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) { gatherRow(source, stride, target, count) }
  public static func _texts(_ elements: [Bool]) -> [String] { elements.map { String($0) } }
}
