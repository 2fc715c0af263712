import Foundation

/// The description that a `LocalizedError` has for people, for the message of a cell that ends with it; null for other
/// errors.
///
/// It is here because this is the toolkit's lowest module with Foundation: what every cell imports does without, to
/// compile fast.
///
/// - Parameter error: the address of an `any Error`.
/// - Returns: text that the caller frees.
@_cdecl("martlet_localized_description")
public func _martletLocalizedDescription(_ error: UnsafeRawPointer) -> UnsafeMutablePointer<CChar>? {
  // The caller passes the address of a value of exactly this type.
  let error = error.assumingMemoryBound(to: (any Error).self).pointee
  guard let localized = error as? any LocalizedError, let description = localized.errorDescription else { return nil }
  return strdup(
    ([description] + [localized.failureReason, localized.recoverySuggestion].compactMap { $0 }).joined(separator: " "))
}
