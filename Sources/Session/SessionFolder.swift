import Foundation
import Glibc

/// The folder with a session's compiled cells: private to the user, removed with the session.
struct SessionFolder: Sendable {
  let url: URL

  init() throws(SessionError) {
    Self.removeAbandoned()
    var template = Array((Self.parent + "/\(Self.prefix)\(getpid())-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SessionError(
        "No folder for compiled cells could be made in \(Self.parent): \(String(cString: strerror(errno))). Free some space, or set TMPDIR."
      )
    }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  private static let prefix = "martlet-"
  private static var parent: String {
    let given = ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
    return given.isEmpty ? "/tmp" : given
  }

  /// Removes the folders of sessions whose process was killed before it could do so itself.
  private static func removeAbandoned() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
      guard let process = pid_t(name.dropFirst(prefix.count).prefix(while: \.isNumber)), process > 0 else { continue }
      if kill(process, 0) != 0 && errno == ESRCH { try? FileManager.default.removeItem(atPath: "\(parent)/\(name)") }
    }
  }
}

/// A session could not be started.
package struct SessionError: Error, CustomStringConvertible, Sendable {
  package let description: String

  init(_ description: String) { self.description = description }
}
