// Times Martlet on the tasks of the peers' scripts and prints the same JSON lines.
// usage: martlet-benchmarks DATA_DIR [family ...]
import Foundation

/// Every family, in the peers' order; one line each.
let families: [Family] = [
  matrixProducts,
  memory,
  arrays,
  linearRegressions,
  logisticRegressions,
  frames,
  kMeansClusters,
  densityClusters,
  supportVectors,
  principalComponents,
  forests,
  boosting,
  textClassifiers,
  neuralNets,
  recurrentNets,
  transformers,
  embeddings,
  importedNets,
]

let arguments = CommandLine.arguments.dropFirst()
guard let data = arguments.first else {
  FileHandle.standardError.write(
    Data(
      "usage: martlet-benchmarks DATA_DIR [family ...]\nfamilies: \(families.map(\.name).joined(separator: " "))\n".utf8
    ))
  exit(64)
}
let wanted = Set(arguments.dropFirst())
for family in families where wanted.isEmpty || wanted.contains(family.name) { try family.run(data) }
