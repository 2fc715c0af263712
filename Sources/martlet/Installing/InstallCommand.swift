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
    let folder = JupyterFolders.kernel(named: options.name, prefix: options.prefix)
    do {
      try Self.install(
        KernelSpecification(executable: ProgramFiles.executable), in: folder, logos: ProgramFiles.kernelspec())
    } catch {
      throw Failure(folder: folder, reason: error.localizedDescription)
    }
    Console.standardOutput.write("Registered 'Martlet (Swift)' in \(folder.path)\n")
    if ProgramFiles.kernelspec() == nil {
      Console.standardError.write("martlet: The kernel's logos were not found; it was registered without them.\n")
    }
    return 0
  }

  private static func install(_ specification: KernelSpecification, in folder: URL, logos: URL?) throws {
    let files = FileManager.default
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"] {
      guard let logo = logos?.appendingPathComponent(name), let data = try? Data(contentsOf: logo) else { continue }
      try data.write(to: folder.appendingPathComponent(name), options: .atomic)
    }
    // Last, so that Jupyter never finds a kernel that is half there.
    let text = specification.json.serialized(pretty: true) + Data("\n".utf8)
    try text.write(to: folder.appendingPathComponent("kernel.json"), options: .atomic)
  }
}
