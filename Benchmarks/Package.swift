// swift-tools-version: 6.1
import PackageDescription

// Compiled for this machine's processor, as the toolkit and cells are.
let package = Package(
  name: "MartletBenchmarks",
  dependencies: [.package(name: "Martlet", path: "..")],
  targets: [
    // What the worker does for cells: freed blocks of memory are kept for the next ones.
    .target(name: "LargeBlocks", cSettings: [.define("_GNU_SOURCE")]),
    .executableTarget(
      name: "martlet-benchmarks", dependencies: ["LargeBlocks", .product(name: "Martlet", package: "Martlet")],
      swiftSettings: [.unsafeFlags(["-Xcc", "-march=native"])])
  ]
)
