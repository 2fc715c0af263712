/// The program's version.
package enum Version {
  /// As `martlet --version` prints it.
  package static let current = "0.1.0"
}
