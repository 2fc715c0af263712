import Foundation

extension Error {
  /// Why a file could not be read or written, in the system's words where Foundation has kept them: "The file doesn’t exist" is also
  /// what it says of a folder that a new file should go into.
  var reason: String {
    if let system = self as? POSIXError { return String(cString: strerror(system.code.rawValue)) + "." }
    guard let underlying = (self as NSError).userInfo[NSUnderlyingErrorKey] as? any Error else {
      return localizedDescription
    }
    return underlying.reason
  }
}
