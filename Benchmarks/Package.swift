// swift-tools-version: 6.1
import PackageDescription

// Compiled for this machine's processor, as the toolkit and cells are.
let package = Package(
  name: "MartletBenchmarks",
  dependencies: [.package(name: "Martlet", path: "..")],
  targets: [
    .executableTarget(
      name: "martlet-benchmarks", dependencies: [.product(name: "Martlet", package: "Martlet")],
      swiftSettings: [.unsafeFlags(["-Xcc", "-march=native"])])
  ]
)
