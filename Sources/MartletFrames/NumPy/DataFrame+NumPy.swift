import Foundation
import MartletNumerics

extension DataFrame {
  /// Reads the arrays of a `.npz` file, as `numpy.savez` writes them, as columns.
  ///
  ///     try DataFrame(npz: "measurements.npz")
  ///
  /// An array with one axis is a column of its name. One with two axes is a column for each of its own: `x0`, `x1`, … for
  /// an array named `x`. Numbers with a fraction give `Double`, whole ones `Int`, truth values `Bool`.
  /// - Throws: ``NumPyFileError`` for a file that is none, for arrays of other types or with other numbers of axes, and
  ///   where their lengths or names do not fit together.
  public init(npz path: String) throws(NumPyFileError) { try self.init(NumPyArchive(npz: path), path) }

  /// Reads the contents of a `.npz` file; see ``init(npz:)-(String)``.
  public init(npz data: Data) throws(NumPyFileError) { try self.init(NumPyArchive(npz: data), "the data") }

  private init(_ archive: NumPyArchive, _ file: String) throws(NumPyFileError) {
    var columns: [AnyColumn] = []
    for name in archive.names { columns += try archive.columns(name, file) }
    do throws(FrameError) { try self.init(columns) } catch {
      throw NumPyFileError(file, "The arrays do not make a table: \(error.description)")
    }
  }
}

extension NumPyArchive {
  /// The narrowest type that holds the array as it is: each refuses what it would have to change.
  fileprivate func columns(_ name: String, _ file: String) throws(NumPyFileError) -> [AnyColumn] {
    if let truths = try? tensor(name, of: Bool.self) { return try columns(of: truths, name, file) }
    if let whole = try? tensor(name, of: Int.self) { return try columns(of: whole, name, file) }
    return try columns(of: tensor(name, of: Double.self), name, file)
  }

  private func columns<Element: TensorScalar & ColumnElement>(
    of array: Tensor<Element>, _ name: String, _ file: String
  ) throws(NumPyFileError) -> [AnyColumn] {
    switch array.rank {
    case 1: return [AnyColumn(Column(name, array.scalars))]
    case 2: return (0..<array.shape[1]).map { AnyColumn(Column("\(name)\($0)", array.column($0).scalars)) }
    default:
      throw NumPyFileError(
        file, "Array '\(name)' has the shape \(array.shape); a column has one axis, a matrix of columns two.")
    }
  }
}
