import Foundation

/// The named tensors of a safetensors file, which are read when they are asked for.
///
///     let file = try SafeTensors(path: "model.safetensors")
///     file.names.prefix(2)                          // ["embeddings.LayerNorm.bias", …]
///     let weights = try file.tensor("classifier.weight", as: Float.self)
///
/// Nothing in the file is ever run, and nothing is believed before it is checked: a header that is longer than 100 MB,
/// overlaps, gaps, or offsets beyond the file's end are refused.
///
/// Format: safetensors of Hugging Face, described in the README of its repository.
public struct SafeTensors: Sendable {
  private let header: SafeTensorsHeader
  private let data: Data
  private let file: String
  private let places: [String: Int]

  /// Opens a file; its elements stay on the disk until they are asked for.
  /// - Throws: ``SafeTensorsError``.
  public init(path: String) throws(SafeTensorsError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch { throw SafeTensorsError(path, "The file cannot be read: \(error.localizedDescription)") }
    try self.init(data: data, name: path)
  }

  /// Reads the contents of a file.
  /// - Parameter name: what messages call the file.
  /// - Throws: ``SafeTensorsError``.
  public init(data: Data, name: String = "The data") throws(SafeTensorsError) {
    self.data = data.startIndex == 0 ? data : Data(data)
    file = name
    header = try SafeTensorsHeader(self.data, file: name)
    places = Dictionary(header.entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The tensors' names, in the order of the file.
  public var names: [String] { header.entries.map(\.name) }
  /// The texts that the file says about itself.
  public var metadata: [String: String] { header.metadata }

  /// A tensor's shape, or `nil` when there is no such tensor.
  public func shape(of name: String) -> [Int]? { places[name].map { header.entries[$0].shape } }
  /// A tensor's type of element, or `nil` when there is no such tensor.
  public func type(of name: String) -> SafeTensorsType? { places[name].map { header.entries[$0].type } }

  /// A tensor of the file. `Float` also takes numbers of 8 and 16 bits and is the type that networks use; `Double` takes
  /// every number with a fraction; `Int` takes whole numbers. What would not fit exactly is refused.
  /// - Throws: ``SafeTensorsError`` when there is no such tensor, or its type does not fit.
  public func tensor<Scalar: TensorScalar>(
    _ name: String, as type: Scalar.Type = Float.self
  ) throws(SafeTensorsError) -> Tensor<Scalar> {
    guard let place = places[name] else {
      let some = names.prefix(8).joined(separator: ", ")
      throw SafeTensorsError(
        file, "There is no tensor '\(name)'. There are \(some)\(names.count > 8 ? ", …" : "") (\(names.count)).")
    }
    let entry = header.entries[place]
    guard SafeTensorsElements<Scalar>.accepted.contains(entry.type) else {
      throw SafeTensorsError(
        file,
        "The tensor '\(name)' holds \(entry.type.rawValue), which does not fit \(Scalar.self) exactly. Read it as \(entry.type.isFloat ? "Double" : "Int") and convert."
      )
    }
    let scalars = data.withUnsafeBytes { bytes in
      SafeTensorsElements<Scalar>.read(
        UnsafeRawBufferPointer(
          rebasing: bytes[(header.start + entry.range.lowerBound)..<(header.start + entry.range.upperBound)]),
        entry.type)
    }
    guard let scalars else {
      throw SafeTensorsError(file, "The tensor '\(name)' holds a number that is larger than any \(Scalar.self).")
    }
    return Tensor(scalars, shape: entry.shape)
  }
}
