import MartletNumerics

/// A row of a table of vectors and its distance: the nearest comes first, of equally near ones the first row.
struct NearVector: Prioritized, Sendable {
  let distance: Float
  let row: Int32

  @inline(__always)
  func comes(before other: Self) -> Bool {
    distance != other.distance ? distance < other.distance : row < other.row
  }
}
