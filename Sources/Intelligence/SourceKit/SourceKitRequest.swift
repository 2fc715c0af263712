import CSourceKit

/// A request under construction; released with this object.
final class SourceKitRequest {
  private let sourceKit: SourceKit
  let dictionary: UnsafeMutableRawPointer

  /// - Parameter name: the request after `source.request.`, such as `codecomplete`.
  init(_ name: String, sourceKit: SourceKit) {
    self.sourceKit = sourceKit
    // Documented to give an object.
    dictionary = sourceKit.functions.request_dictionary_create(nil, nil, 0)!
    let identifier = sourceKit.identifier("source.request.\(name)")
    sourceKit.functions.request_dictionary_set_uid(dictionary, sourceKit.identifier("key.request"), identifier)
  }

  deinit { sourceKit.functions.request_release(dictionary) }

  /// Sets `key.<key>` to a number.
  func set(_ key: String, _ value: Int) {
    sourceKit.functions.request_dictionary_set_int64(dictionary, sourceKit.identifier("key.\(key)"), Int64(value))
  }

  /// Sets `key.<key>` to a text.
  func set(_ key: String, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        sourceKit.functions.request_dictionary_set_stringbuf(
          dictionary, sourceKit.identifier("key.\(key)"), $0.baseAddress, $0.count)
      }
    }
  }

  /// Sets `key.<key>` to texts.
  func set(_ key: String, _ texts: [String]) {
    let append = Int(bitPattern: UInt.max)  // SOURCEKITD_ARRAY_APPEND
    // Documented to give an object.
    let array = sourceKit.functions.request_array_create(nil, 0)!
    for var text in texts {
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sourceKit.functions.request_array_set_stringbuf(array, append, $0.baseAddress, $0.count)
        }
      }
    }
    sourceKit.functions.request_dictionary_set_value(dictionary, sourceKit.identifier("key.\(key)"), array)
    sourceKit.functions.request_release(array)
  }
}
