import Foundation
import MartletNumerics

extension Module {
  /// Writes every parameter to a safetensors file, under its path.
  ///
  ///     try model.saveWeights(to: "digits.safetensors")
  ///     try model.loadWeights(from: "digits.safetensors")
  /// - Throws: ``SafeTensorsError``.
  public func saveWeights(to path: String) throws(SafeTensorsError) {
    var writer = SafeTensorsWriter(metadata: ["format": "martlet-weights"])
    for (name, parameter) in parameters { writer.add(name, parameter.value) }
    try writer.write(to: path)
  }

  /// Takes every parameter from a safetensors file; all of them or none. Files of other programs do when their names and shapes
  /// are the same, as PyTorch's of the same layers.
  ///
  /// - Parameter prefix: what comes before the paths in the file.
  /// - Throws: ``CheckpointError`` when a parameter is missing or has another shape, ``SafeTensorsError`` when the file is
  ///   damaged.
  public mutating func loadWeights(from path: String, prefix: String = "") throws {
    try loadWeights(SafeTensors(path: path), prefix: prefix)
  }

  mutating func loadWeights(_ file: SafeTensors, prefix: String) throws {
    var found: [String: Tensor<Scalar>] = [:]
    for (name, parameter) in parameters {
      guard let shape = file.shape(of: prefix + name) else {
        throw CheckpointError(
          "The file has no tensor '\(prefix + name)', which the model needs; it has \(Self.some(file.names)).")
      }
      guard shape == parameter.shape else {
        throw CheckpointError("'\(prefix + name)' has shape \(shape) in the file and \(parameter.shape) in the model.")
      }
      found[name] = try file.tensor(prefix + name, as: Scalar.self)
    }
    forEachParameter { name, parameter in parameter.value = found[name]! }  // just seen to be there
  }

  private static func some(_ names: [String]) -> String {
    names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", … (\(names.count))" : "")
  }
}

/// A model's weights with what an optimizer remembers, to go on with later.
///
///     try Checkpoint(model, trainer.optimizer, epoch: 3).write(to: "epoch3.safetensors")
///     let epoch = try Checkpoint.resume(&model, &trainer.optimizer, from: "epoch3.safetensors")
public struct Checkpoint<Scalar: NetScalar>: Sendable {
  private var writer: SafeTensorsWriter

  /// - Parameter epoch: a number of your own, which `resume` gives back.
  public init(_ model: some Module<Scalar>, _ optimizer: some Optimizer<Scalar>, epoch: Int) {
    writer = SafeTensorsWriter(metadata: [
      "format": "martlet-checkpoint", "epoch": "\(epoch)", "steps": "\(optimizer.memory.steps)",
    ])
    for (name, parameter) in model.parameters { writer.add("model." + name, parameter.value) }
    for (name, tensor) in optimizer.memory.tensors.sorted(by: { $0.key < $1.key }) {
      writer.add("optimizer." + name, tensor)
    }
  }

  /// Writes a safetensors file.
  /// - Throws: ``SafeTensorsError``.
  public func write(to path: String) throws(SafeTensorsError) { try writer.write(to: path) }

  /// Takes weights, and what an optimizer remembers, from a file; all of it or nothing.
  /// - Returns: the epoch's number.
  /// - Throws: ``CheckpointError`` when the file does not fit the model, ``SafeTensorsError`` when it is damaged.
  public static func resume(
    _ model: inout some Module<Scalar>, _ optimizer: inout some Optimizer<Scalar>, from path: String
  ) throws -> Int {
    let file = try SafeTensors(path: path)
    guard file.metadata["format"] == "martlet-checkpoint", let epoch = file.metadata["epoch"].flatMap({ Int($0) }),
      let steps = file.metadata["steps"].flatMap({ Int($0) }), steps >= 0
    else {
      throw CheckpointError("\(path) is not a checkpoint: it does not say its format, epoch and steps.")
    }
    let shapes = Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, $0.parameter.shape) })
    var memory = OptimizerMemory<Scalar>()
    memory.steps = steps
    for name in file.names where name.hasPrefix("optimizer.") {
      let key = String(name.dropFirst("optimizer.".count))
      let parameter = String(key.prefix { $0 != "/" })
      guard key.contains("/"), let shape = shapes[parameter], file.shape(of: name) == shape else {
        throw CheckpointError("'\(name)' does not belong to a parameter of the model with the same shape.")
      }
      memory.tensors[key] = try file.tensor(name, as: Scalar.self)
    }
    try model.loadWeights(file, prefix: "model.")
    optimizer.memory = memory
    return epoch
  }
}

/// Why a file does not fit a model.
public struct CheckpointError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, and where.
  public let description: String
  init(_ description: String) { self.description = description }
}

extension CheckpointError: LocalizedError {
  public var errorDescription: String? { description }
}
