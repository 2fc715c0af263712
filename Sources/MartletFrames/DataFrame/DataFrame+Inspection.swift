import MartletDisplay

extension DataFrame: Shaped {
  /// The number of rows, and of columns.
  public var axisLengths: [Int] { [rowCount, columns.count] }
}

extension AnyColumn: Shaped {
  /// The number of rows.
  public var axisLengths: [Int] { [count] }
}

extension DataFrame: CustomReflectable {
  /// The columns by their names.
  public var customMirror: Mirror {
    let children = columns.map { column -> Mirror.Child in
      (label: column.name, value: column.erased)
    }
    return Mirror(self, children: children, displayStyle: .struct)
  }
}

extension Column: CustomReflectable {
  /// The values in their order.
  public var customMirror: Mirror { Mirror(self, unlabeledChildren: self, displayStyle: .collection) }
}
