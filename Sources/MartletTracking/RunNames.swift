import Foundation

/// What names may be, and the time.
enum RunNames {
  static let longest = 250
  /// The end of the names under which folds are logged; the last of them says nothing of the run.
  static let ofFolds = " by fold"

  static func check(_ name: String, _ what: String) throws(RunStoreError) {
    let isPlain = !name.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
    guard !name.isEmpty, name.count <= longest, isPlain else {
      throw RunStoreError(
        .value,
        "Expected a name for \(what) of 1 to \(longest) characters in one line; found '\(name.prefix(40))'.")
    }
  }

  /// An artifact's name is a path below the run's folder.
  static func checkPath(_ name: String) throws(RunStoreError) {
    try check(name, "an artifact")
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      throw RunStoreError(
        .value, "Expected a name such as 'model.json' or 'plots/loss.svg'; found '\(name)', which could lead elsewhere."
      )
    }
  }

  /// Seconds since 1970.
  static var now: Double { Date().timeIntervalSince1970 }
}
