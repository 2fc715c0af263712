/// A value that has lengths along axes: a tensor, a table, an image.
///
/// Frontends show the shape beside the type where they list a session's variables. Arrays, sets, dictionaries and every
/// other random-access collection need not adopt it: their shape is their count.
///
///     extension Board: Shaped {
///       var axisLengths: [Int] { [rows, columns] }
///     }
public protocol Shaped {
  /// The length along each axis, the outermost first; empty for a single element.
  var axisLengths: [Int] { get }
  /// The memory that the elements take, in bytes; `nil`, the default, where it is not known without effort.
  var byteCount: Int? { get }
}

extension Shaped {
  /// Not known.
  public var byteCount: Int? { nil }
}
