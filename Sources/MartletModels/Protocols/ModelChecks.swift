/// What a model asks of a file before it believes it.
package enum ModelChecks {
  /// Refuses a file whose parts do not fit together, with the place where it was found.
  package static func fits<Key>(
    _ holds: Bool, _ container: KeyedDecodingContainer<Key>, _ key: Key, _ expected: @autoclosure () -> String
  ) throws {
    if !holds {
      throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: "Expected \(expected()).")
    }
  }

  /// The classes of a model: at least `count`, none twice.
  package static func classes<Key, Label: Hashable & Decodable>(
    _ container: KeyedDecodingContainer<Key>, _ key: Key, atLeast count: Int = 2
  ) throws -> [Label] {
    let classes = try container.decode([Label].self, forKey: key)
    try fits(
      classes.count >= count && Set(classes).count == classes.count, container, key,
      "\(count) or more different classes")
    return classes
  }

  /// As many finite numbers as another part has features.
  package static func numbers<Key>(
    _ container: KeyedDecodingContainer<Key>, _ key: Key, count: Int? = nil
  ) throws -> [Double] {
    let numbers = try container.decode([Double].self, forKey: key)
    try fits(numbers.allSatisfy(\.isFinite), container, key, "finite numbers")
    if let count {
      try fits(numbers.count == count, container, key, "\(count) numbers, found \(numbers.count)")
    } else {
      try fits(!numbers.isEmpty, container, key, "at least one number")
    }
    return numbers
  }
}
