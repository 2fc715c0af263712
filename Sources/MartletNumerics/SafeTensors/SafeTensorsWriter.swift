import Foundation

/// Collects named tensors and writes them as one safetensors file.
///
///     var file = SafeTensorsWriter(metadata: ["format": "pt"])
///     file.add("weight", Tensor<Float>([1, 2, 3, 4], shape: [2, 2]))
///     try file.write(to: "layer.safetensors")
///
/// Every program that reads the format reads it; the largest elements come first, so that each is aligned.
public struct SafeTensorsWriter: Sendable {
  private struct Part {
    let name: String
    let type: SafeTensorsType
    let shape: [Int]
    let bytes: Data
  }

  /// The texts that the file says about itself.
  public var metadata: [String: String]
  private var parts: [Part] = []

  /// - Parameter metadata: texts that the file says about itself.
  public init(metadata: [String: String] = [:]) { self.metadata = metadata }

  /// Adds a tensor, in place of an earlier one of the same name. Stops the cell for the name `__metadata__`.
  public mutating func add<Scalar: TensorScalar>(_ name: String, _ tensor: Tensor<Scalar>) {
    guard name != "__metadata__" else { fatalError("A tensor in a safetensors file cannot be called __metadata__.") }
    parts.removeAll { $0.name == name }
    let bytes = tensor.scalars.withUnsafeBytes { Data($0) }
    parts.append(Part(name: name, type: SafeTensorsElements<Scalar>.own, shape: tensor.shape, bytes: bytes))
  }

  /// The contents of the file.
  public var data: Data {
    let ordered = parts.sorted {
      $0.type.byteCount != $1.type.byteCount ? $0.type.byteCount > $1.type.byteCount : $0.name < $1.name
    }
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map { "\(JSONTree.quoted($0.key)):\(JSONTree.quoted($0.value))" }
      members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var end = 0
    for part in ordered {
      let shape = part.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(JSONTree.quoted(part.name)):{\"dtype\":\"\(part.type.rawValue)\",\"shape\":[\(shape)],\"data_offsets\":[\(end),\(end + part.bytes.count)]}"
      )
      end += part.bytes.count
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    header += [UInt8](repeating: 32, count: (8 - header.count % 8) % 8)
    var data = Data()
    for byte in 0..<8 { data.append(UInt8(truncatingIfNeeded: header.count >> (8 * byte))) }
    data.append(contentsOf: header)
    for part in ordered { data.append(part.bytes) }
    return data
  }

  /// Writes the file, all of it or nothing.
  /// - Throws: ``SafeTensorsError``.
  public func write(to path: String) throws(SafeTensorsError) {
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch { throw SafeTensorsError(path, "The file cannot be written: \(error.localizedDescription)") }
  }
}
