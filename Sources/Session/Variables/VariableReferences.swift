/// A part of a variable, or the whole of it when the path is empty.
struct VariablePlace: Hashable, Sendable {
  var cell: UInt32
  var name: String
  /// The number of a child, at each step.
  var path: [Int] = []
  /// How code would call it.
  var expression: String

  func child(_ number: Int, label: String) -> VariablePlace {
    let suffix = label.first == "[" ? label : "." + label
    return VariablePlace(cell: cell, name: name, path: path + [number], expression: expression + suffix)
  }
}

/// Numbers for what a frontend may unfold. The same place always has the same number, so that what is unfolded stays so
/// when a list is asked for again.
struct VariableReferences: Sendable {
  /// Smaller numbers are free for other purposes.
  private static let first = 1_000
  /// Nobody unfolds as much; numbers of before are then forgotten.
  private static let most = 200_000

  private var numbers: [VariablePlace: Int] = [:]
  private var places: [Int: VariablePlace] = [:]
  private var newest = first

  mutating func number(of place: VariablePlace) -> Int {
    if let number = numbers[place] { return number }
    if places.count >= Self.most { (numbers, places) = ([:], [:]) }
    newest += 1
    numbers[place] = newest
    places[newest] = place
    return newest
  }

  func place(of number: Int) -> VariablePlace? { places[number] }

  /// The place that an expression calls.
  ///
  /// - Complexity: O(places).
  func place(named expression: String) -> VariablePlace? { numbers.keys.first { $0.expression == expression } }
}
