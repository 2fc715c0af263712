import JSON
import JupyterWire

/// What the kernel says about itself.
package enum KernelInformation {
  /// Martlet's version.
  package static let version = "0.1.0"

  /// The toolchain's version of Swift: the one that this was built with also compiles the cells.
  package static var languageVersion: String {
    #if compiler(>=6.4)
      "6.4"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6"
    #endif
  }

  static func answer(_ request: Message, _ kernel: KernelServices) -> Answer {
    .ok([
      "protocol_version": .string(MessageHeader.protocolVersion),
      "implementation": "martlet",
      "implementation_version": .string(version),
      "language_info": [
        "name": "swift", "version": .string(languageVersion), "mimetype": "text/x-swift", "file_extension": ".swift",
        "pygments_lexer": "swift", "codemirror_mode": "swift", "nbconvert_exporter": "script",
      ],
      "banner": .string("Martlet \(version): Swift \(languageVersion) with machine learning built in"),
      "help_links": [
        ["text": "The Swift Programming Language", "url": "https://docs.swift.org/swift-book/"],
        [
          "text": "Swift Standard Library",
          "url": "https://developer.apple.com/documentation/swift/swift-standard-library",
        ],
      ],
      "supported_features": ["kernel subshells", "debugger"],
      "debugger": true,
    ])
  }

  /// The ports, for clients of an old protocol that do not read the connection file.
  static func connection(_ request: Message, _ kernel: KernelServices) -> Answer {
    var ports: [String: JSONValue] = [:]
    for (channel, port) in kernel.ports.all { ports[channel.rawValue + "_port"] = .integer(port) }
    return .ok(.object(ports))
  }
}
