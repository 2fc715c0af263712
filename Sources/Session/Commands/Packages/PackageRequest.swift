/// A package that is asked for: a folder, or a repository with a version.
enum PackageRequest: Sendable, Equatable {
  /// The folder of a package, by its full path.
  case folder(String)
  /// - requirement: as a package's manifest says it: `from: "1.2.0"`.
  case repository(String, requirement: String)

  /// What its name is taken from, and what identifies it.
  var location: String {
    switch self {
    case .folder(let path): path
    case .repository(let address, _): address
    }
  }

  /// The name by which SwiftPM refers to it: the last part of its place.
  var identity: String {
    let last = location.split(separator: "/").last.map(String.init) ?? location
    return (last.hasSuffix(".git") ? String(last.dropLast(4)) : last).lowercased()
  }

  /// The dependency as a manifest declares it.
  var declaration: String {
    switch self {
    case .folder(let path): ".package(path: \(path.debugDescription))"
    case .repository(let address, let requirement): ".package(url: \(address.debugDescription), \(requirement))"
    }
  }

  /// What a version may be preceded by.
  private static let requirements = ["from", "exact", "branch", "revision"]

  /// - Parameters:
  ///   - argument: `../MyLib`, or `https://… from: 1.2.0`.
  ///   - path: a path as it was typed, as a full one.
  init(_ argument: String, for line: CommandLine, path: (String) -> String) throws(CellFailure) {
    guard argument.contains("://") || argument.hasPrefix("git@") else {
      self = .folder(path(argument))
      return
    }
    let words = argument.split { $0 == " " || $0 == "," }.map { String($0).unquoted }
    guard words.count == 3, words[1].hasSuffix(":"), Self.requirements.contains(String(words[1].dropLast())) else {
      throw .usage(line, "A repository needs a version behind it: `from: 1.2.0`, `exact: 1.2.0`, `branch: main`.")
    }
    self = .repository(words[0].unquoted, requirement: "\(words[1]) \(words[2].debugDescription)")
  }
}
