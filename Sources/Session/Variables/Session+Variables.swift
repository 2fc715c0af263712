extension Session {
  /// Every variable that the next cell would see, in the order of the names.
  ///
  /// Answers while a cell runs: with the values of the last quiet moment, and for what is new with the type alone.
  /// Takes milliseconds, and at worst some seconds, when descriptions written by the user do not come to an end.
  package func variables() -> [VariableDescription] { inspector.list() }

  /// Some of the parts of a variable or of a part: properties, elements, entries.
  ///
  /// - Parameters:
  ///   - reference: a `reference` of an earlier answer.
  ///   - range: which of the parts.
  /// - Returns: `nil` when nothing has that reference.
  package func children(ofVariable reference: Int, range: Range<Int>) -> [VariableDescription]? {
    inspector.children(of: reference, range: range)
  }

  /// A variable's value in every format it has, as a cell shows it whose last line is its name.
  ///
  /// - Parameter name: the variable's name, or the `expression` of a part that has parts.
  /// - Returns: `nil` when there is no such variable.
  package func richDescription(of name: String) -> DisplayOutput? { inspector.richDescription(of: name) }
}
