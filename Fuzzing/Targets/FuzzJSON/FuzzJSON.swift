import JSON

/// Bytes that may be JSON. What is accepted means the same after it was written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  guard let value = try? JSONValue(parsing: bytes) else { return 0 }
  for isPretty in [false, true] {
    let written = value.serializedBytes(pretty: isPretty)
    guard let again = try? JSONValue(parsing: written), again == value else {
      fatalError("written and read again it is another: \(String(decoding: written, as: UTF8.self))")
    }
  }
  return 0
}
