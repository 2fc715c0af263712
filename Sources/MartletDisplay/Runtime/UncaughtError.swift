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
  description.pointee = strdup(String(describing: error))
}
