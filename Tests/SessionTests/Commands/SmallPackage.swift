import Foundation

/// A package on disk, of a Swift target with a resource, a generic one, and one in C.
final class SmallPackage {
  let folder: URL
  var path: String { folder.path }

  init() throws {
    let parent = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    folder = parent.appendingPathComponent("Small-\(UUID().uuidString.prefix(8))")
    try write(
      """
      // swift-tools-version: 5.9
      import PackageDescription
      let package = Package(
        name: "Small",
        products: [.library(name: "Small", targets: ["Small"]), .library(name: "SmallGenerics", targets: ["SmallGenerics"])],
        targets: [
          .target(name: "CSmall"), .target(name: "SmallGenerics"),
          .target(name: "Small", dependencies: ["CSmall"], resources: [.copy("Greeting.txt")]),
        ])
      """, to: "Package.swift")
    try write("int c_thrice(int number);\n", to: "Sources/CSmall/include/CSmall.h")
    try write("#include \"CSmall.h\"\nint c_thrice(int number) { return 3 * number; }\n", to: "Sources/CSmall/small.c")
    try write("Hello from a file", to: "Sources/Small/Greeting.txt")
    try write(
      """
      import CSmall
      import Foundation
      /// Twice a number.
      public func twice(_ number: Int) -> Int { Int(c_thrice(Int32(number))) - number }
      public func greeting() -> String {
        let file = Bundle.module.url(forResource: "Greeting", withExtension: "txt")
        return file.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? "no file"
      }
      """, to: "Sources/Small/Small.swift")
    try write(
      """
      public func sum<T: Numeric>(_ values: [T]) -> T {
        var sum: T = 0
        for value in values { sum = add(sum, value) }
        return sum
      }
      func add<T: Numeric>(_ first: T, _ second: T) -> T { first + second }
      """, to: "Sources/SmallGenerics/Sum.swift")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ text: String, to path: String) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Puts the package under version control.
  func makeRepository(version: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.currentDirectoryURL = folder
    process.arguments = [
      "-ec",
      "git init -q && git add -A && git -c user.name=t -c user.email=t@t commit -qm first && git tag \(version)",
    ]
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw CocoaError(.fileWriteUnknown) }
  }
}
