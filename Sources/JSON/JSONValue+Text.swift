import Foundation

extension JSONValue {
  /// Parses JSON text.
  ///
  /// - Throws: ``JSONError`` on anything that is not one complete JSON value, or nests more than 512 levels deep.
  package init(parsing data: some DataProtocol) throws(JSONError) {
    var parser = JSONParser([UInt8](data))
    self = try parser.document()
  }

  /// The value as JSON text in UTF-8, object members in alphabetical order.
  ///
  /// - Parameter pretty: one value to a line, indented by one space to a level, as notebooks are.
  package func serialized(pretty: Bool = false) -> Data { Data(serializedBytes(pretty: pretty)) }

  /// The same text as ``serialized(pretty:)``, as an array.
  package func serializedBytes(pretty: Bool = false) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty)
    writer.write(self)
    return writer.bytes
  }
}
