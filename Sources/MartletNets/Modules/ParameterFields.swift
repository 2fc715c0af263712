@_spi(Reflection) import Swift

/// What a stored property may be so that a module's parameters are found in it.
public protocol _ParameterField {
  mutating func _visitField<Visited>(_ name: String, _ visitor: ParameterVisitor<Visited>)
}

extension Parameter: _ParameterField {
  public mutating func _visitField<Visited>(_ name: String, _ visitor: ParameterVisitor<Visited>) {
    sameScalar(visitor, Scalar.self, name).visit(name, &self)
  }
}

extension Module {
  public mutating func _visitField<Visited>(_ name: String, _ visitor: ParameterVisitor<Visited>) {
    sameScalar(visitor, Scalar.self, name).visit(name, &self)
  }

  /// Visits the stored properties in the order of declaration.
  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    withUnsafeMutablePointer(to: &self) { start in
      let raw = UnsafeMutableRawPointer(start)
      // `.ignoreUnknown`, which is a variable that Swift 6 does not let us read.
      let ignoringUnknown = _EachFieldOptions(rawValue: 1 << 1)
      _ = _forEachField(of: Self.self, options: ignoringUnknown) { name, offset, type, _ in
        // The runtime says that a value of this type lies at this offset.
        let place = raw + offset
        let name = String(cString: name)
        if let type = type as? any _ParameterField.Type {
          visitField(type, place, name, visitor)
        } else if type == [any Layer<Scalar>].self {
          visitor.visit(name, &place.assumingMemoryBound(to: [any Layer<Scalar>].self).pointee)
        } else if type == (any Layer<Scalar>).self {
          visitor.visit(name, existential: &place.assumingMemoryBound(to: (any Layer<Scalar>).self).pointee)
        } else if type == (any Layer<Scalar>)?.self {
          visitor.visit(name, &place.assumingMemoryBound(to: (any Layer<Scalar>)?.self).pointee)
        }
        return true
      }
    }
  }
}

private func visitField<Field: _ParameterField, Scalar>(
  _ type: Field.Type, _ place: UnsafeMutableRawPointer, _ name: String, _ visitor: ParameterVisitor<Scalar>
) {
  place.assumingMemoryBound(to: Field.self).pointee._visitField(name, visitor)
}

private func sameScalar<Visited, Scalar>(
  _ visitor: ParameterVisitor<Visited>, _: Scalar.Type, _ name: String
) -> ParameterVisitor<Scalar> {
  guard let visitor = visitor as? ParameterVisitor<Scalar> else {
    fatalError("'\(name)' computes with \(Scalar.self) in a model that computes with \(Visited.self); use one of them.")
  }
  return visitor
}

extension Optional: _ParameterField where Wrapped: _ParameterField {
  public mutating func _visitField<Visited>(_ name: String, _ visitor: ParameterVisitor<Visited>) {
    self?._visitField(name, visitor)
  }
}

extension Array: _ParameterField where Element: _ParameterField {
  public mutating func _visitField<Visited>(_ name: String, _ visitor: ParameterVisitor<Visited>) {
    visitor.within(name) { for place in indices { self[place]._visitField("\(place)", visitor) } }
  }
}
