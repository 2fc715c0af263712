/// A walk over one or several tensors of the same shape, side by side, row by row in row-major order.
///
/// Neighbouring axes that lie in memory as one are joined first, so that two tensors without gaps are a single row.
struct RowWalk {
  /// How many elements a row has.
  let rowLength: Int
  /// How far apart a row's elements are, for each tensor.
  let rowStrides: [Int]
  /// How many rows there are.
  let rowCount: Int

  /// The axes around the rows, and how far apart their elements are, for each tensor.
  private let outer: [Int]
  private let outerStrides: [[Int]]
  private let offsets: [Int]

  /// - Parameter layouts: how each tensor lies in its block; all have as many strides as `shape` has axes.
  init(shape: [Int], _ layouts: [(strides: [Int], offset: Int)]) {
    var lengths: [Int] = []
    var strides = layouts.map { _ in [Int]() }
    for axis in shape.indices where shape[axis] != 1 {
      let joins = layouts.indices.allSatisfy { layout in
        strides[layout].last.map { $0 == layouts[layout].strides[axis] * shape[axis] } ?? false
      }
      if joins {
        lengths[lengths.count - 1] *= shape[axis]
        for layout in layouts.indices { strides[layout][lengths.count - 1] = layouts[layout].strides[axis] }
      } else {
        lengths.append(shape[axis])
        for layout in layouts.indices { strides[layout].append(layouts[layout].strides[axis]) }
      }
    }
    rowLength = lengths.popLast() ?? 1
    rowStrides = strides.map { $0.last ?? 1 }
    outer = lengths
    outerStrides = strides.map { Array($0.dropLast()) }
    offsets = layouts.map(\.offset)
    rowCount = rowLength == 0 ? 0 : lengths.reduce(1, *)
  }

  /// Calls `body` with each of the rows' numbers and the place in each block where the row starts.
  func forEach(_ rows: Range<Int>, _ body: (_ row: Int, _ places: UnsafePointer<Int>) -> Void) {
    guard !rows.isEmpty else { return }
    let (axes, count) = (outer.count, offsets.count)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: axes + count) { room in
      // Not empty: there is at least one tensor.
      let index = room.baseAddress!
      let places = index + axes
      for layout in 0..<count { places[layout] = offsets[layout] }
      var rest = rows.lowerBound
      for axis in stride(from: axes - 1, through: 0, by: -1) {
        index[axis] = rest % outer[axis]
        rest /= outer[axis]
        for layout in 0..<count { places[layout] += index[axis] * outerStrides[layout][axis] }
      }
      for row in rows {
        body(row, places)
        var axis = axes - 1
        while axis >= 0 {
          index[axis] += 1
          for layout in 0..<count { places[layout] += outerStrides[layout][axis] }
          if index[axis] < outer[axis] { break }
          for layout in 0..<count { places[layout] -= outerStrides[layout][axis] * outer[axis] }
          index[axis] = 0
          axis -= 1
        }
      }
    }
  }

  /// Parts take about a tenth of a millisecond each, so many of them may go by before an interrupt is looked for.
  static let batch = 32

  /// Calls `body` with parts of rows that together cover everything, several at a time where there is much.
  ///
  /// - Parameters:
  ///   - resultStride: how many bytes an element of the result takes, which lies in a fresh block; `nil` without one.
  ///   - body: gets where the part starts in each block and in a gapless result, and its length. It must not stop the
  ///     cell; see ``Parallel/forEach(_:batch:_:)``.
  func forEachPart(
    filling resultStride: Int?, _ body: (_ places: UnsafePointer<Int>, _ target: Int, _ count: Int) -> Void
  ) {
    guard rowCount > 0 else { return }
    let piece =
      resultStride.map { Parallel.pieceLength(filling: rowCount * rowLength, stride: $0) } ?? Parallel.pieceLength
    if rowLength >= 2 * piece {
      // Each row is cut, and its parts are shared out.
      let partsOfRow = Parallel.pieces(rowLength, length: piece)
      Parallel.forEach(rowCount * partsOfRow, batch: Self.batch) { part in
        let (row, from) = (part / partsOfRow, part % partsOfRow * piece)
        forEach(row..<row + 1) { row, places in
          withUnsafeTemporaryAllocation(of: Int.self, capacity: offsets.count) { moved in
            for layout in offsets.indices { moved[layout] = places[layout] + from * rowStrides[layout] }
            // Not empty: there is at least one tensor.
            body(UnsafePointer(moved.baseAddress!), row * rowLength + from, Swift.min(piece, rowLength - from))
          }
        }
      }
    } else {
      Parallel.forEachRange(rowCount, length: Swift.max(1, piece / rowLength), batch: Self.batch) { _, rows in
        forEach(rows) { row, places in body(places, row * rowLength, rowLength) }
      }
    }
  }
}
