// swift-tools-version: 6.1
import PackageDescription

// Martlet's readers of what strangers write, under libFuzzer. `Parts` has links to the sources, and of each
// target the part that reads. Build with `--sanitize=fuzzer`, which instruments all of it.
let fuzzed: [SwiftSetting] = [.unsafeFlags(["-parse-as-library"])]

let package = Package(
  name: "Fuzzing",
  targets: [
    .systemLibrary(name: "CSodium", path: "Parts/CSodium"),
    .target(name: "JSON", path: "Parts/JSON"),
    .target(name: "JupyterWire", dependencies: ["JSON", "CSodium"], path: "Parts/JupyterWire"),
    .target(name: "CMartletRuntime", path: "Parts/CMartletRuntime"),
    .target(
      name: "MartletSpecializations", path: "Parts/MartletSpecializations",
      swiftSettings: [.unsafeFlags(["-Xfrontend", "-disable-access-control", "-enforce-exclusivity=unchecked"])]),
    .target(
      name: "MartletDisplay", dependencies: ["CMartletRuntime", "MartletSpecializations"], path: "Parts/MartletDisplay"),
    .target(name: "WorkerLink", dependencies: ["MartletDisplay"], path: "Parts/WorkerLink"),
    .target(name: "Session", dependencies: ["JSON", "WorkerLink"], path: "Parts/Session"),
    .target(name: "Notebook", dependencies: ["JSON", "Session"], path: "Parts/Notebook"),

    .executableTarget(name: "FuzzJSON", dependencies: ["JSON"], path: "Targets/FuzzJSON", swiftSettings: fuzzed),
    .executableTarget(
      name: "FuzzMessages", dependencies: ["JupyterWire"], path: "Targets/FuzzMessages", swiftSettings: fuzzed),
    .executableTarget(
      name: "FuzzNotebooks", dependencies: ["Notebook"], path: "Targets/FuzzNotebooks", swiftSettings: fuzzed),
    .executableTarget(
      name: "FuzzMarkup", dependencies: ["Notebook"], path: "Targets/FuzzMarkup", swiftSettings: fuzzed),
    .executableTarget(
      name: "FuzzWorkerLink", dependencies: ["WorkerLink"], path: "Targets/FuzzWorkerLink", swiftSettings: fuzzed),
  ]
)
