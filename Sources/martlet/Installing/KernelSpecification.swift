import Foundation
import JSON

/// What Jupyter must know to start the kernel: the content of `kernel.json`.
package struct KernelSpecification: Sendable {
  /// The program that is the kernel.
  package var executable: URL

  package init(executable: URL) { self.executable = executable }

  /// The file's content.
  package var json: JSONValue {
    [
      "argv": [.string(executable.path), "kernel", "{connection_file}"],
      "display_name": "Martlet (Swift)",
      "language": "swift",
      "interrupt_mode": "message",
      "kernel_protocol_version": "5.6",
      // A frontend that finds "curve" here may put keys into the connection file, and the kernel then encrypts its
      // sockets.
      // JupyterLab offers its panel of variables where "debugger" is true.
      "metadata": ["debugger": true, "supported_encryption": ["curve"]],
    ]
  }
}
