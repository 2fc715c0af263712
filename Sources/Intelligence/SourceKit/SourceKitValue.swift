import CSourceKit

/// A value in one of SourceKit's answers. Must not outlive the answer.
struct SourceKitValue {
  let sourceKit: SourceKit
  let value: martlet_source_kit_value

  private var kind: Int { Int(sourceKit.functions.variant_get_type(value)) }

  /// The member `key.<key>`; `nil` when this is no dictionary or has none.
  subscript(key: String) -> SourceKitValue? { member(sourceKit.identifier("key.\(key)")) }

  /// The same for a key that was looked up before.
  subscript(key: SourceKit.Key) -> SourceKitValue? { member(key.identifier) }

  private func member(_ key: UnsafeMutableRawPointer) -> SourceKitValue? {
    guard kind == MARTLET_SOURCE_KIT_DICTIONARY else { return nil }
    let member = sourceKit.functions.variant_dictionary_get_value(value, key)
    let result = SourceKitValue(sourceKit: sourceKit, value: member)
    return result.kind == MARTLET_SOURCE_KIT_NULL ? nil : result
  }

  /// The elements; none when this is no array.
  var elements: some Sequence<SourceKitValue> {
    let count = kind == MARTLET_SOURCE_KIT_ARRAY ? sourceKit.functions.variant_array_get_count(value) : 0
    return (0..<count).lazy.map { [self] in
      SourceKitValue(sourceKit: sourceKit, value: sourceKit.functions.variant_array_get_value(value, $0))
    }
  }

  var string: String? {
    if kind == MARTLET_SOURCE_KIT_STRING { return bytes.map { String(decoding: $0, as: UTF8.self) } }
    return identifier.flatMap { sourceKit.functions.uid_get_string_ptr($0) }.map { String(cString: $0) }
  }

  /// A string's UTF-8.
  var bytes: UnsafeRawBufferPointer? {
    guard kind == MARTLET_SOURCE_KIT_STRING, let start = sourceKit.functions.variant_string_get_ptr(value) else {
      return nil
    }
    return UnsafeRawBufferPointer(start: start, count: sourceKit.functions.variant_string_get_length(value))
  }

  /// sourcekitd's object for a name, the same for the same name.
  var identifier: UnsafeMutableRawPointer? {
    guard kind == MARTLET_SOURCE_KIT_IDENTIFIER else { return nil }
    return sourceKit.functions.variant_uid_get_value(value)
  }

  var integer: Int? {
    guard kind == MARTLET_SOURCE_KIT_INTEGER else { return nil }
    return Int(sourceKit.functions.variant_int64_get_value(value))
  }

  /// Whether this is true, as a Boolean or a number.
  var isTrue: Bool {
    switch kind {
    case Int(MARTLET_SOURCE_KIT_BOOLEAN): sourceKit.functions.variant_bool_get_value(value)
    case Int(MARTLET_SOURCE_KIT_INTEGER): sourceKit.functions.variant_int64_get_value(value) != 0
    default: false
    }
  }
}
