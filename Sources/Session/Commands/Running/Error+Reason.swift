import Foundation

extension Error {
  /// Why a file could not be read or written, in the system's words where Foundation has kept them: "The file doesn’t exist" is also
  /// what it says of a folder that a new file should go into.
  var reason: String {
    let error = self as NSError
    guard let system = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? posix(error) else {
      return error.localizedDescription
    }
    return system.domain == NSPOSIXErrorDomain ? String(cString: strerror(CInt(system.code))) + "." : system.reason
  }

  private func posix(_ error: NSError) -> NSError? { error.domain == NSPOSIXErrorDomain ? error : nil }
}
