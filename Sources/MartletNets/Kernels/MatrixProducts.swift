import MartletNumerics

/// Products of many matrices at once, shared between the cores.
enum MatrixProducts {
  /// `a • b` for tensors with at least two axes, of which the last two are matrices and the others broadcast.
  static func product<Scalar: NetScalar>(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar> {
    guard a.rank >= 2, b.rank >= 2, a.shape[a.rank - 1] == b.shape[b.rank - 2] else { return a • b }
    let (m, k, n) = (a.shape[a.rank - 2], a.shape[a.rank - 1], b.shape[b.rank - 1])
    if b.rank == 2 && a.isContiguous && a.count > 0 {
      // One tall matrix: its rows do not care to which sample they belong.
      if a.rank > 2 { return product(a.reshaped(-1, k), b).reshaped(to: a.shape.dropLast() + [n]) }
    }
    guard let outer = Tensor<Scalar>.broadcastShape(Array(a.shape.dropLast(2)), Array(b.shape.dropLast(2))) else {
      return a • b  // says which shapes do not fit
    }
    let shape = outer + [m, n]
    guard shape.reduce(1, *) > 0, k > 0 else { return .zeros(shape: shape) }
    let (left, right) = (Stack(a, outer), Stack(b, outer))
    return .filled(shape: shape) { target in
      left.withBlock { leftStart in
        right.withBlock { rightStart in
          let count = outer.reduce(1, *)
          func pair(_ number: Int) -> (_ProductFactor<Scalar>, _ProductFactor<Scalar>, _ProductTarget<Scalar>) {
            (
              left.factor(number, leftStart), right.factor(number, rightStart),
              _ProductTarget(start: target + number * m * n, rowLength: n, m: m, n: n, k: k)
            )
          }
          if count == 1 || 2 * m * n * k >= pieceWork {
            for number in 0..<count { SharedProduct(pair(number)).run() }
          } else {
            // Small ones go several at a time, so that handing them out takes no time.
            let group = max(1, pieceWork / 8 / (2 * m * n * k))
            forEach((count + group - 1) / group, alone: true) { piece in
              for number in piece * group..<min((piece + 1) * group, count) {
                let (a, b, c) = pair(number)
                Scalar._accumulateProduct(a, b, c)
              }
            }
          }
        }
      }
    }
  }

  /// How many operations are worth a piece of their own: about a fifth of a millisecond on one core.
  static let pieceWork = 1 << 25

  /// Calls `body` with each number below `count`; on all cores, with BLAS on one thread in each, where `alone`.
  static func forEach(_ count: Int, alone: Bool, _ body: (Int) -> Void) {
    guard alone else {
      for number in 0..<count { body(number) }
      return
    }
    SingleThreadedBLAS.with { Kernels.forEachPiece(count, body) }
  }

  /// The matrices of a tensor, stretched over a batch's axes.
  private struct Stack<Scalar: NetScalar> {
    let tensor: Tensor<Scalar>
    let places: [Int]
    let rowLength: Int
    let isTransposed: Bool

    init(_ given: Tensor<Scalar>, _ outer: [Int]) {
      let isRows = Stack.touches(given, last: -1)
      let usable = isRows || Stack.touches(given, last: -2) ? given : given.compacted()
      isTransposed = !Stack.touches(usable, last: -1)
      let (rows, columns) = (usable.rank - 2, usable.rank - 1)
      let matrix = (usable.shape[rows], usable.shape[columns])
      rowLength = Swift.max(
        isTransposed ? usable.strides[columns] : usable.strides[rows], isTransposed ? matrix.0 : matrix.1)
      tensor = usable.broadcastIfPossible(to: outer + [matrix.0, matrix.1])!  // `outer` is what both stretch to
      var places = [tensor.offset]
      for (axis, length) in outer.enumerated() {
        let step = tensor.strides[axis]
        places = places.flatMap { place in (0..<length).map { place + $0 * step } }
      }
      self.places = places
    }

    /// Whether BLAS can read the matrices along an axis: neighbours touch, and rows do not overlap.
    private static func touches(_ tensor: Tensor<Scalar>, last: Int) -> Bool {
      let along = tensor.rank + last
      let across = tensor.rank - 3 - last
      let (length, other) = (tensor.shape[along], tensor.shape[across])
      return (tensor.strides[along] == 1 || length == 1) && (tensor.strides[across] >= length || other == 1)
    }

    func withBlock<Result>(_ body: (UnsafePointer<Scalar>) -> Result) -> Result {
      tensor.storage.withUnsafeBufferPointer { body($0.baseAddress!) }  // not empty: the product is not
    }

    func factor(_ number: Int, _ start: UnsafePointer<Scalar>) -> _ProductFactor<Scalar> {
      _ProductFactor(start: start + places[number], rowLength: rowLength, isTransposed: isTransposed)
    }
  }
}
