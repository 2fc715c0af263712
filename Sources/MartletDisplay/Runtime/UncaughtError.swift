import Glibc

/// What the worker says of an error that ended a cell: the name of its type, and its description.
///
/// Called from C with the error as the runtime passes it around, one reference.
@_cdecl("martlet_describe_error")
public func _martletDescribeError(
  _ error: UnsafeMutableRawPointer, _ name: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
  _ description: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) {
  // `any Error` is represented by that one pointer.
  let error = unsafeBitCast(error, to: (any Error).self)
  name.pointee = strdup(String(describing: type(of: error)))
  description.pointee = strdup(localizedDescription(of: error) ?? String(describing: error))
}

/// The description that an error has for people, which only Foundation knows of; see `martlet_localized_description`.
private func localizedDescription(of error: any Error) -> String? {
  typealias Function = @convention(c) (UnsafeRawPointer) -> UnsafeMutablePointer<CChar>?
  guard let symbol = dlsym(nil, "martlet_localized_description") else { return nil }
  // The function with that name is declared with this signature in MartletNumerics.
  let describe = unsafeBitCast(symbol, to: Function.self)
  return withUnsafePointer(to: error) { pointer in
    guard let text = describe(pointer) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}
