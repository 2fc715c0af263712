/// The cases that are not expected to pass, and why.
enum ExpectedFailures {
  /// Why a case fails; `nil` for those that pass.
  static func reason(_ name: String) -> String? { prefixes.first { name.hasPrefix($0.key) }?.value }

  private static let prefixes: [String: String] = [:]
}
