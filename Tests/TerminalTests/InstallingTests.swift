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

  @Test func kernelsAreLookedForInJupytersOrder() {
    let folders = JupyterFolders.kernels(
      named: "m", prefixes: ["/usr"], environment: ["JUPYTER_PATH": "/a:/b", "VIRTUAL_ENV": "/v"], home: "/h")
    #expect(
      folders.map(\.path) == [
        "/a/kernels/m", "/b/kernels/m", "/h/.local/share/jupyter/kernels/m", "/v/share/jupyter/kernels/m",
        "/usr/share/jupyter/kernels/m",
      ])
  }

  @Test func theSpecificationNamesTheProgram() {
    let json = KernelSpecification(executable: URL(fileURLWithPath: "/opt/bin/martlet")).json
    #expect(json["argv"] == ["/opt/bin/martlet", "kernel", "{connection_file}"])
    #expect(json["display_name"] == "Martlet (Swift)")
    #expect(json["language"] == "swift")
    #expect(json["interrupt_mode"] == "message")
    #expect(json["metadata"]?["supported_encryption"] == ["curve"])
  }
}
