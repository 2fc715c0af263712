import Cells
import Foundation
import JSON

/// `martlet install`: registers the kernel with Jupyter.
struct InstallCommand {
  /// The kernel could not be registered.
  struct Failure: Error, CustomStringConvertible {
    let folder: URL
    let reason: String
    var description: String { "The kernel cannot be registered in \(folder.path): \(reason)" }
  }

  private let options: InstallOptions

  init(_ options: InstallOptions) { self.options = options }

  func run() throws -> Int32 {
    let installation = try Installation.find()
    let folder = JupyterFolders.kernel(named: options.name, prefix: options.prefix)
    do {
      try Self.register(installation, in: folder)
    } catch {
      throw Failure(folder: folder, reason: error.localizedDescription)
    }
    Console.standardOutput.write("Registered 'Martlet (Swift)' in \(folder.path)\n")
    return 0
  }

  private static func register(_ installation: Installation, in folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"] {
      let logo = try Data(contentsOf: installation.kernelspec.appendingPathComponent(name))
      try logo.write(to: folder.appendingPathComponent(name), options: .atomic)
    }
    // Last, so that Jupyter never finds a kernel that is half there.
    let specification = KernelSpecification(executable: installation.program)
    let text = specification.json.serialized(pretty: true) + Data("\n".utf8)
    try text.write(to: folder.appendingPathComponent("kernel.json"), options: .atomic)
  }
}
