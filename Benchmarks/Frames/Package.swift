// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "FramesBenchmark",
  dependencies: [.package(name: "Martlet", path: "../..")],
  targets: [
    .executableTarget(name: "FramesBenchmark", dependencies: [.product(name: "Martlet", package: "Martlet")])
  ])
