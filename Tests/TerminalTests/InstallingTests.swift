import Foundation
import Testing
import martlet

@Suite("Registering the kernel")
struct InstallingTests {
  @Test(arguments: [
    ([:], "/home/a/.local/share/jupyter/kernels/martlet"),
    (["XDG_DATA_HOME": "/data"], "/data/jupyter/kernels/martlet"),
    (["XDG_DATA_HOME": ""], "/home/a/.local/share/jupyter/kernels/martlet"),
    (["JUPYTER_DATA_DIR": "/j", "XDG_DATA_HOME": "/data"], "/j/kernels/martlet"),
  ])
  func userFoldersFollowJupytersRules(environment: [String: String], path: String) {
    #expect(
      JupyterFolders.kernel(named: "martlet", prefix: nil, environment: environment, home: "/home/a").path == path)
  }

  @Test func aPrefixHasItsOwnFolder() {
    let folder = JupyterFolders.kernel(
      named: "m2", prefix: "/usr/local", environment: ["JUPYTER_DATA_DIR": "/j"], home: "/home/a")
    #expect(folder.path == "/usr/local/share/jupyter/kernels/m2")
  }

  @Test func theSpecificationNamesTheProgram() {
    let json = KernelSpecification(executable: URL(fileURLWithPath: "/opt/bin/martlet")).json
    #expect(json["argv"] == ["/opt/bin/martlet", "kernel", "{connection_file}"])
    #expect(json["display_name"] == "Martlet (Swift)")
    #expect(json["language"] == "swift")
    #expect(json["interrupt_mode"] == "message")
  }

  @Test func logosAreFoundBesideAnInstalledProgramAndInABuildTree() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)")
      .resolvingSymlinksInPath()
    defer { try? FileManager.default.removeItem(at: root) }
    func make(_ path: String) throws -> URL {
      let file = root.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: file)
      return file
    }
    let installed = try make("usr/bin/martlet")
    #expect(ProgramFiles.kernelspec(executable: installed, environment: [:]) == nil)
    let logo = try make("usr/lib/martlet/kernelspec/logo-svg.svg")
    #expect(
      ProgramFiles.kernelspec(executable: installed, environment: [:])?.path == logo.deletingLastPathComponent().path)
    _ = try make("tree/Package.swift")
    let treeLogo = try make("tree/kernelspec/logo-svg.svg")
    let built = try make("tree/.build/release/martlet")
    #expect(
      ProgramFiles.kernelspec(executable: built, environment: [:])?.path == treeLogo.deletingLastPathComponent().path)
    let home = root.appendingPathComponent("tree").path
    #expect(
      ProgramFiles.kernelspec(executable: installed, environment: ["MARTLET_HOME": home])?.path
        == treeLogo.deletingLastPathComponent().path)
  }
}
