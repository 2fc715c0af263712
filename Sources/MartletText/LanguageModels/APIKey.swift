import Foundation

/// A key that lets a client in. It comes from the environment, so that no notebook holds it, and is never shown.
///
///     let key = try APIKey(environment: "OPENROUTER_API_KEY")
///     print(key)      // APIKey(OPENROUTER_API_KEY)
public struct APIKey: Sendable, CustomStringConvertible, CustomReflectable {
  let value: String
  /// The variable that it was read from.
  public let variable: String

  /// - Parameter variable: the name of the variable that holds the key.
  /// - Throws: ``ChatError`` of kind `request` when the variable is not set, or holds what no header can carry.
  public init(environment variable: String) throws(ChatError) {
    guard let value = ProcessInfo.processInfo.environment[variable], !value.isEmpty else {
      throw ChatError(
        .request,
        "The variable \(variable) is not set. Set it before Martlet is started; do not write keys into notebooks.")
    }
    guard value.utf8.allSatisfy({ (33...126).contains($0) }) else {
      throw ChatError(.request, "The variable \(variable) holds characters that no key has, such as spaces.")
    }
    self.value = value
    self.variable = variable
  }

  /// The variable's name, not the key.
  public var description: String { "APIKey(\(variable))" }
  /// Nothing of the key.
  public var customMirror: Mirror { Mirror(self, children: ["variable": variable]) }

  /// A text without the key in it.
  func redacted(_ text: String) -> String { text.replacingOccurrences(of: value, with: "•••") }
}
