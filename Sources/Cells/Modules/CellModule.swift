import Foundation

/// The names and files of one compiled cell.
struct CellModule: Sendable {
  let sequence: Int
  let folder: URL

  static let namePrefix = "Cell"
  /// All names have the same length, so that one can be put in another's place inside a module file.
  static let numberWidth = 6
  /// The module that the first cells re-export: the names that every cell has.
  static let baseSequence = 0

  static func name(ofSequence sequence: Int) -> String {
    let digits = String(sequence)
    return namePrefix + String(repeating: "0", count: max(0, numberWidth - digits.count)) + digits
  }

  var name: String { Self.name(ofSequence: sequence) }
  var entryPoint: String { "martlet_cell_\(sequence)" }
  var source: URL { file("swift") }
  var object: URL { file("o") }
  var interface: URL { file("swiftmodule") }
  var documentation: URL { file("swiftdoc") }
  var diagnostics: URL { file("dia") }
  var library: URL { folder.appendingPathComponent("lib\(name).so") }

  private func file(_ suffix: String) -> URL { folder.appendingPathComponent("\(name).\(suffix)") }
}

/// How the files of cells are called, for those who meet the names elsewhere.
package enum CellFileNames {
  package static func source(ofSequence sequence: Int) -> String { CellModule.name(ofSequence: sequence) + ".swift" }

  /// The cell whose library has a file name; `nil` for other libraries.
  package static func sequence(ofLibrary name: String) -> Int? {
    let prefix = "lib" + CellModule.namePrefix
    guard name.hasPrefix(prefix), name.hasSuffix(".so") else { return nil }
    return Int(name.dropFirst(prefix.count).dropLast(3))
  }
}
