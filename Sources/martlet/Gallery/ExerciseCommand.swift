import Foundation
import Notebook

/// `martlet exercise`: notebooks without solutions and outputs.
struct ExerciseCommand {
  let notebooks: [String]
  let output: String

  func run() throws -> Int32 {
    let folder = URL(fileURLWithPath: output).standardizedFileURL
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in notebooks {
      let source = URL(fileURLWithPath: name).standardizedFileURL
      let target = folder.appendingPathComponent(source.lastPathComponent)
      guard target.path != source.path else { throw ReplacesItself(path: target.path) }
      try NotebookWriter().write(try NotebookReader().read(contentsOf: source).withoutSolutions, to: target)
      Console.standardOutput.write("Wrote \(target.path)\n")
    }
    return 0
  }

  /// The solutions would be lost.
  struct ReplacesItself: Error, CustomStringConvertible {
    let path: String
    var description: String { "The exercise would replace the notebook \(path) itself; name another folder." }
  }
}
