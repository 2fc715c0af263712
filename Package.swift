// swift-tools-version: 6.1
import Foundation
import PackageDescription

// Cells are parsed by the SwiftSyntax that the toolchain itself ships, so that parser and compiler never disagree.
// The process that evaluates this manifest has that toolchain's libPackageDescription.so mapped, which gives its exact place.
func toolchain() -> String {
  if let given = ProcessInfo.processInfo.environment["MARTLET_TOOLCHAIN"] { return given }
  if let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) {
    for line in maps.split(separator: "\n") where line.hasSuffix("libPackageDescription.so") {
      if let start = line.firstIndex(of: "/"), let end = line.range(of: "/lib/swift/pm/") {
        return String(line[start..<end.lowerBound])
      }
    }
  }
  for folder in (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") {
    let compiler = URL(fileURLWithPath: String(folder)).appendingPathComponent("swiftc")
    if FileManager.default.isExecutableFile(atPath: compiler.path) {
      return compiler.resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent().path
    }
  }
  return "/usr"
}

let host = toolchain() + "/lib/swift/host"

/// Toolkit code is what cells call in their hot loops: optimised across modules and for this machine's processor. And it is
/// what a trap may leave half-way, so no store is dropped because a trap would follow; see `CompileJob.processArguments`.
let toolkit: [SwiftSetting] = [
  .unsafeFlags(
    [
      "-cross-module-optimization", "-Xcc", "-march=native", "-Xllvm", "-sil-disable-pass=dead-store-elimination",
    ], .when(configuration: .release))
]
/// Toolkit code that cells call a few times rather than in their loops, such as `fit`. Its generic code stays here: a cell
/// that fits one model would otherwise spend a second on compiling that model once more for its own type of label.
let called: [SwiftSetting] = [
  .unsafeFlags(
    ["-disable-cmo", "-Xcc", "-march=native", "-Xllvm", "-sil-disable-pass=dead-store-elimination"],
    .when(configuration: .release))
]
/// What is compiled once so that cells need not compile it: its code must stay out of them. It stands beside the standard
/// library's own code and reaches into arrays and dictionaries as that does.
let compiledOnce: [SwiftSetting] = [
  .unsafeFlags(["-Xfrontend", "-disable-access-control", "-enforce-exclusivity=unchecked"]),
  .unsafeFlags(
    ["-disable-cmo", "-Xcc", "-march=native", "-Xllvm", "-sil-disable-pass=dead-store-elimination"],
    .when(configuration: .release)),
]
let parser: [SwiftSetting] = [.unsafeFlags(["-I", host])]
let parserLibraries: [LinkerSetting] = [
  .unsafeFlags([
    "-L", host, "-lSwiftSyntax", "-lSwiftParser", "-lSwiftParserDiagnostics", "-lSwiftDiagnostics", "-Xlinker",
    "-rpath", "-Xlinker", host,
  ])
]

let package = Package(
  name: "Martlet",
  products: [
    .executable(name: "martlet", targets: ["martlet"]),
    .executable(name: "martlet-worker", targets: ["martlet-worker"]),
    .executable(name: "martlet-intelligence", targets: ["martlet-intelligence"]),
    .library(name: "Martlet", type: .dynamic, targets: ["Martlet"]),
    .library(name: "MartletWarmCompiler", type: .dynamic, targets: ["CWarmCompiler"]),
  ],
  targets: [
    // System libraries
    .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
    .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CVectorMath"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CImages", providers: [.apt(["libpng-dev", "libturbojpeg0-dev"])]),

    // Kernel side
    .target(name: "JSON"),
    .target(name: "JupyterWire", dependencies: ["JSON", "CSodium"]),
    .target(name: "ZeroMQ", dependencies: ["CZeroMQ"]),
    .target(name: "SQLite", dependencies: ["CSQLite"]),
    .target(name: "CWarmCompiler", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "Cells", dependencies: ["CSodium"], swiftSettings: parser, linkerSettings: parserLibraries),
    .target(name: "CSourceKit", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "Intelligence", dependencies: ["Cells", "CSourceKit"], swiftSettings: parser),
    .executableTarget(name: "martlet-intelligence", dependencies: ["Intelligence"], swiftSettings: parser),
    .target(name: "WorkerLink", dependencies: ["MartletDisplay"]),
    .target(
      name: "Session", dependencies: ["Cells", "Intelligence", "WorkerLink", "JSON", "SQLite"], swiftSettings: parser),
    .target(name: "Kernel", dependencies: ["JupyterWire", "ZeroMQ", "Session"], swiftSettings: parser),
    .target(name: "Notebook", dependencies: ["Session", "JSON"], swiftSettings: parser),
    .target(name: "Terminal", dependencies: ["Session"], swiftSettings: parser),
    .executableTarget(
      name: "martlet", dependencies: ["Kernel", "Notebook", "Terminal", "Cells", "WorkerLink"], swiftSettings: parser),
    .executableTarget(
      name: "martlet-worker",
      // Headers only: the worker finds the runtime in libMartlet, and a copy of its own would hide that one.
      cSettings: [
        .headerSearchPath("../CMartletRuntime/include"), .define("_GNU_SOURCE"),
        .unsafeFlags(["-fno-omit-frame-pointer", "-fvisibility=hidden"]),
      ],
      linkerSettings: [.unsafeFlags(["-Xclang-linker", "-rdynamic"]), .linkedLibrary("dl"), .linkedLibrary("pthread")]),

    // Toolkit
    .target(name: "CMartletRuntime", cSettings: [.unsafeFlags(["-fno-omit-frame-pointer"])]),
    .target(name: "MartletSpecializations", swiftSettings: compiledOnce),
    .target(
      name: "MartletDisplay", dependencies: ["CMartletRuntime", "MartletSpecializations"], swiftSettings: toolkit),
    .target(name: "MartletWidgets", dependencies: ["MartletDisplay"], swiftSettings: toolkit),
    .target(
      name: "MartletNumerics",
      dependencies: ["MartletDisplay", "COpenBLAS", "CVectorMath", "CZlib", "CImages"], swiftSettings: toolkit),
    .target(name: "MartletFrames", dependencies: ["MartletNumerics", "CSQLite"], swiftSettings: toolkit),
    .target(name: "MartletPlots", dependencies: ["MartletFrames"], swiftSettings: toolkit),
    .target(
      name: "MartletDatasets", dependencies: ["MartletFrames"], resources: [.copy("Data")], swiftSettings: toolkit),
    .target(name: "MartletModels", dependencies: ["MartletFrames", "MartletWidgets"], swiftSettings: called),
    .target(name: "MartletExplain", dependencies: ["MartletModels", "MartletPlots"], swiftSettings: called),
    .target(
      name: "MartletNets", dependencies: ["MartletModels", "MartletPlots", "COpenBLAS", "CVectorMath"],
      swiftSettings: called),
    .target(
      name: "MartletText", dependencies: ["MartletNets", "MartletModels", "COpenBLAS", "CVectorMath"],
      swiftSettings: called),
    .target(name: "MartletONNX", dependencies: ["MartletNets"], swiftSettings: called),
    .target(
      name: "MartletReinforcement", dependencies: ["MartletNets", "MartletModels", "MartletPlots"],
      swiftSettings: called),
    .target(
      name: "MartletTracking", dependencies: ["MartletDisplay", "MartletNumerics", "MartletNets"], swiftSettings: called
    ),
    .target(
      name: "MartletServing", dependencies: ["MartletDisplay", "MartletNumerics", "MartletModels"],
      swiftSettings: called),
    .target(
      name: "Martlet",
      dependencies: [
        "MartletDisplay", "MartletWidgets", "MartletNumerics", "MartletFrames", "MartletPlots", "MartletDatasets",
        "MartletModels", "MartletExplain", "MartletNets", "MartletText", "MartletReinforcement", "MartletTracking",
        "MartletServing", "MartletONNX",
      ],
      swiftSettings: toolkit),

    // Tests
    .testTarget(name: "JSONTests", dependencies: ["JSON"]),
    .testTarget(name: "JupyterWireTests", dependencies: ["JupyterWire"]),
    .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ"]),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite"]),
    .testTarget(name: "CellsTests", dependencies: ["Cells"], swiftSettings: parser),
    .testTarget(
      name: "IntelligenceTests", dependencies: ["Intelligence", "martlet-intelligence"], swiftSettings: parser),
    .testTarget(name: "WorkerLinkTests", dependencies: ["WorkerLink"]),
    .testTarget(
      name: "SessionTests", dependencies: ["Session", "SQLite"], resources: [.copy("Language")], swiftSettings: parser),
    .testTarget(name: "KernelTests", dependencies: ["Kernel"], swiftSettings: parser),
    .testTarget(name: "NotebookTests", dependencies: ["Notebook"], swiftSettings: parser),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "martlet"], swiftSettings: parser),
    .testTarget(name: "MartletSpecializationsTests", dependencies: ["MartletSpecializations"]),
    .testTarget(name: "MartletDisplayTests", dependencies: ["MartletDisplay"]),
    .testTarget(name: "MartletWidgetsTests", dependencies: ["MartletWidgets"]),
    .testTarget(name: "MartletNumericsTests", dependencies: ["MartletNumerics"], resources: [.copy("Reference")]),
    .testTarget(name: "MartletFramesTests", dependencies: ["MartletFrames"], resources: [.copy("Reference")]),
    .testTarget(
      name: "MartletPlotsTests", dependencies: ["MartletPlots", "MartletDatasets"], resources: [.copy("Reference")]),
    .testTarget(name: "MartletDatasetsTests", dependencies: ["MartletDatasets"], resources: [.copy("Reference")]),
    .testTarget(
      name: "MartletModelsTests", dependencies: ["MartletModels", "MartletDatasets"], resources: [.copy("Reference")]),
    .testTarget(
      name: "MartletExplainTests", dependencies: ["MartletExplain", "MartletDatasets"],
      resources: [.copy("Reference")]),
    .testTarget(
      name: "MartletNetsTests", dependencies: ["MartletNets", "MartletDatasets"], resources: [.copy("Reference")]),
    .testTarget(name: "MartletTextTests", dependencies: ["MartletText"], resources: [.copy("Reference")]),
    .testTarget(
      name: "MartletReinforcementTests", dependencies: ["MartletReinforcement"], resources: [.copy("Reference")]),
    .testTarget(name: "MartletTrackingTests", dependencies: ["MartletTracking", "MartletDatasets"]),
    .testTarget(name: "MartletServingTests", dependencies: ["MartletServing", "MartletDatasets"]),
    .testTarget(
      name: "MartletONNXTests", dependencies: ["MartletONNX", "MartletDatasets"], resources: [.copy("Reference")]),
  ]
)
