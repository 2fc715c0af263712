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
  /// One file: large models come in several.
  private struct Part: Sendable {
    let header: SafeTensorsHeader
    let data: Data
    let file: String

    init(_ data: Data, file: String) throws(SafeTensorsError) {
      self.data = data.startIndex == 0 ? data : Data(data)
      self.file = file
      header = try SafeTensorsHeader(self.data, file: file)
    }

    init(path: String) throws(SafeTensorsError) {
      let data: Data
      do {
        data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
      } catch { throw SafeTensorsError(path, "The file cannot be read: \(error.localizedDescription)") }
      try self.init(data, file: path)
    }
  }

  private let parts: [Part]
  private let places: [String: (part: Int, entry: Int)]

  /// Opens a file; its elements stay on the disk until they are asked for.
  ///
  /// - Parameter path: a `.safetensors` file, or the `.safetensors.index.json` of a model in several files, which lie in the
  ///   same folder.
  /// - Throws: ``SafeTensorsError``.
  public init(path: String) throws(SafeTensorsError) {
    let index = path.hasSuffix(".json") ? try SafeTensorsIndex(path: path) : nil
    var parts: [Part] = []
    for file in index?.files ?? [path] { parts.append(try Part(path: file)) }
    try self.init(parts)
    try index?.check(Set(names))
  }

  /// Reads the contents of a file.
  /// - Parameter name: what messages call the file.
  /// - Throws: ``SafeTensorsError``.
  public init(data: Data, name: String = "The data") throws(SafeTensorsError) {
    try self.init([try Part(data, file: name)])
  }

  private init(_ parts: [Part]) throws(SafeTensorsError) {
    self.parts = parts
    var places: [String: (part: Int, entry: Int)] = [:]
    for (part, file) in parts.enumerated() {
      for (entry, tensor) in file.header.entries.enumerated() {
        if let other = places.updateValue((part, entry), forKey: tensor.name), other.part != part {
          throw SafeTensorsError(file.file, "The tensor '\(tensor.name)' is in \(parts[other.part].file) too.")
        }
      }
    }
    self.places = places
  }

  private func entry(_ name: String) -> SafeTensorsHeader.Entry? {
    places[name].map { parts[$0.part].header.entries[$0.entry] }
  }

  /// The tensors' names, in the order of the file.
  public var names: [String] { parts.flatMap { $0.header.entries.map(\.name) } }
  /// The texts that the file says about itself.
  public var metadata: [String: String] {
    parts.reduce(into: [:]) { $0.merge($1.header.metadata) { first, _ in first } }
  }

  /// A tensor's shape, or `nil` when there is no such tensor.
  public func shape(of name: String) -> [Int]? { entry(name)?.shape }
  /// A tensor's type of element, or `nil` when there is no such tensor.
  public func type(of name: String) -> SafeTensorsType? { entry(name)?.type }

  /// A tensor of the file. `Float` also takes numbers of 8 and 16 bits and is the type that networks use; `Double` takes
  /// every number with a fraction; `Int` takes whole numbers. What would not fit exactly is refused.
  /// - Throws: ``SafeTensorsError`` when there is no such tensor, or its type does not fit.
  public func tensor<Scalar: TensorScalar>(
    _ name: String, as type: Scalar.Type = Float.self
  ) throws(SafeTensorsError) -> Tensor<Scalar> {
    guard let place = places[name] else {
      let some = names.prefix(8).joined(separator: ", ")
      throw SafeTensorsError(
        parts[0].file,
        "There is no tensor '\(name)'. There are \(some)\(names.count > 8 ? ", …" : "") (\(names.count)).")
    }
    let (header, data, file) = (parts[place.part].header, parts[place.part].data, parts[place.part].file)
    let entry = header.entries[place.entry]
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
