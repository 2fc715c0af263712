import Foundation

extension Tensor {
  /// Reads a `.npy` file, as `numpy.save` writes it.
  ///
  ///     let weights = try Tensor<Float>(npy: "weights.npy")
  ///
  /// The file's elements may be of another type when each of its values is one of `Scalar`, as whole numbers of 32 bits are for `Double`.
  /// Nothing is believed before it is checked: a header that announces more than the file holds is refused.
  /// - Throws: ``NumPyFileError``.
  public init(npy path: String) throws(NumPyFileError) {
    self = try Tensor.decode(npy: try NumPyFile.read(path), file: path)
  }

  /// Reads the contents of a `.npy` file.
  public init(npy data: Data) throws(NumPyFileError) { self = try Tensor.decode(npy: data, file: "the data") }

  static func decode(npy data: Data, file: String) throws(NumPyFileError) -> Tensor {
    let data = data.startIndex == 0 ? data : Data(data)
    return try NumPyElements<Scalar>(header: NumPyHeader(data, file: file), file: file).read(data)
  }

  /// The contents of a `.npy` file that `numpy.load` reads.
  public var npyData: Data {
    var data = Data(NumPyHeader.bytes(type: NumPyElements<Scalar>.ownType, shape: shape))
    scalars.withUnsafeBytes { data.append(contentsOf: $0) }
    return data
  }

  /// Writes a `.npy` file that `numpy.load` reads.
  /// - Throws: ``NumPyFileError``.
  public func write(npy path: String) throws(NumPyFileError) { try NumPyFile.write(npyData, path) }
}

enum NumPyFile {
  static func read(_ path: String) throws(NumPyFileError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch { throw NumPyFileError(path, "The file cannot be read: \(error.localizedDescription)") }
  }

  static func write(_ data: Data, _ path: String) throws(NumPyFileError) {
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch { throw NumPyFileError(path, "The file cannot be written: \(error.localizedDescription)") }
  }
}
