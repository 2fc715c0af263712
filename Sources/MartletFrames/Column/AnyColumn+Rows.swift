import Foundation
import MartletNumerics

extension AnyColumn {
  /// The column with its type, for what does not depend on it.
  var erased: any ErasedColumn {
    switch content {
    case .double(let column): column
    case .float(let column): column
    case .int(let column): column
    case .int32(let column): column
    case .bool(let column): column
    case .string(let column): column
    case .date(let column): column
    case .categorical(let column): column
    case .doubleLists(let column): column
    case .intLists(let column): column
    case .textLists(let column): column
    case .tensor(let column): column
    }
  }

  /// The given rows, in the given order.
  func taking(_ rows: RowIndex) -> AnyColumn { erased.taking(rows) }

  /// The same values, of which those are missing that `validity` does not have.
  func withValidity(_ validity: ValidityBitmap) -> AnyColumn { erased.withValidity(validity) }

  /// The values of several columns of one type, one below the other, under the name of the first.
  static func concatenating(_ parts: [AnyColumn]) -> AnyColumn {
    guard parts.count > 1 else { return parts[0] }  // never called without any
    return parts[0].erased.joined(parts, ValidityBitmap.joined(parts.map(\.validity)))
  }

  /// A column of a type without any value.
  static func allMissing(_ name: String, _ type: ColumnType, count: Int) -> AnyColumn {
    switch type.plain {
    case .double: Column<Double>.allMissing(name, count: count)
    case .float: Column<Float>.allMissing(name, count: count)
    case .int: Column<Int>.allMissing(name, count: count)
    case .int32: Column<Int32>.allMissing(name, count: count)
    case .bool: Column<Bool>.allMissing(name, count: count)
    case .date: Column<Date>.allMissing(name, count: count)
    case .categorical: Column<Category>.allMissing(name, count: count)
    case .list(of: .double): Column<[Double]>.allMissing(name, count: count)
    case .list(of: .int): Column<[Int]>.allMissing(name, count: count)
    case .list(of: .string): Column<[String]>.allMissing(name, count: count)
    case .tensor: Column<Tensor<Float>>.allMissing(name, count: count)
    default: Column<String>.allMissing(name, count: count)
    }
  }

  static func doubles(_ name: String, _ values: [Double], _ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(.double(Column(name: name, storage: PlainColumnStorage(values), validity: validity)))
  }

  static func ints(_ name: String, _ values: [Int], _ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(.int(Column(name: name, storage: PlainColumnStorage(values), validity: validity)))
  }

  static func bools(_ name: String, _ values: [Bool], _ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(.bool(Column(name: name, storage: PlainColumnStorage(values), validity: validity)))
  }

  static func texts(_ name: String, _ codes: [Int32], _ pool: TextPool, _ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(
      .string(Column(name: name, storage: DictionaryColumnStorage(codes: codes, pool: pool), validity: validity)))
  }

  static func ticks(_ name: String, _ ticks: [Int], _ validity: ValidityBitmap) -> AnyColumn {
    AnyColumn(.date(Column(name: name, storage: DateColumnStorage(ticks: ticks), validity: validity)))
  }
}
