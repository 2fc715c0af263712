import CZlib
import Foundation

/// Several named arrays in one file, as `numpy.savez` and `numpy.savez_compressed` write it.
///
///     let file = try NumPyArchive(npz: "model.npz")
///     file.names                                        // ["weights", "bias"]
///     let weights = try file.tensor("weights", of: Double.self)
public struct NumPyArchive: Sendable {
  /// The arrays' names, in the file's order.
  public let names: [String]
  private let archive: ZipArchive
  private let file: String

  /// Reads the directory of a `.npz` file; arrays are read when they are asked for.
  /// - Throws: ``NumPyFileError``.
  public init(npz path: String) throws(NumPyFileError) { try self.init(NumPyFile.read(path), file: path) }

  /// Reads the contents of a `.npz` file.
  public init(npz data: Data) throws(NumPyFileError) { try self.init(data, file: "the data") }

  private init(_ data: Data, file: String) throws(NumPyFileError) {
    self.file = file
    archive = try ZipArchive(data, file: file)
    names = archive.entries.map { $0.name.hasSuffix(".npy") ? String($0.name.dropLast(4)) : $0.name }
  }

  /// One of the arrays.
  ///
  /// - Parameter type: `Double.self`, `Int.self`, …; see ``Tensor/init(npy:)-(String)`` for what fits.
  /// - Throws: ``NumPyFileError``.
  public func tensor<Scalar>(
    _ name: String, of type: Scalar.Type = Scalar.self
  ) throws(NumPyFileError) -> Tensor<Scalar> {
    guard let place = names.firstIndex(of: name) else {
      throw NumPyFileError(file, "There is no array '\(name)'. The file has \(names.joined(separator: ", ")).")
    }
    return try Tensor<Scalar>.decode(
      npy: archive.contents(of: archive.entries[place]), file: "\(file), array '\(name)'")
  }

  /// The contents of a `.npz` file with tensors of one type, stored as they are, in the order of their names.
  public static func data<Scalar>(_ tensors: [String: Tensor<Scalar>]) -> Data {
    let files = tensors.sorted { $0.key < $1.key }.map { ($0.key + ".npy", $0.value.npyData) }
    var (data, directory) = (Data(), Data())
    for (name, contents) in files {
      let checksum = contents.withUnsafeBytes { crc32_z(0, $0.bindMemory(to: UInt8.self).baseAddress, $0.count) }
      // 1 January 1980, the first day that a zip file can name.
      let common: [(Int, Int)] = [
        (20, 2), (0x0800, 2), (0, 2), (0, 2), (33, 2), (Int(checksum), 4), (contents.count, 4), (contents.count, 4),
        (name.utf8.count, 2), (0, 2),
      ]
      directory.append(numbers: [(0x0201_4b50, 4), (20, 2)] + common)
      directory.append(numbers: [(0, 2), (0, 2), (0, 2), (0, 4), (data.count, 4)])
      directory.append(contentsOf: name.utf8)
      data.append(numbers: [(0x0403_4b50, 4)] + common)
      data.append(contentsOf: name.utf8)
      data.append(contents)
    }
    let start = data.count
    data.append(directory)
    data.append(numbers: [
      (0x0605_4b50, 4), (0, 2), (0, 2), (files.count, 2), (files.count, 2), (directory.count, 4), (start, 4), (0, 2),
    ])
    return data
  }

  /// Writes a `.npz` file that `numpy.load` reads, of up to 4 GB.
  /// - Throws: ``NumPyFileError``.
  public static func write<Scalar>(_ tensors: [String: Tensor<Scalar>], npz path: String) throws(NumPyFileError) {
    let data = data(tensors)
    guard data.count < 0xffff_ffff, tensors.count < 0xffff else {
      throw NumPyFileError(path, "\(data.count) bytes in \(tensors.count) arrays are too much for one .npz file.")
    }
    try NumPyFile.write(data, path)
  }
}

extension Data {
  fileprivate mutating func append(numbers: [(value: Int, size: Int)]) {
    for (value, size) in numbers { for i in 0..<size { append(UInt8(value >> (8 * i) & 255)) } }
  }
}
