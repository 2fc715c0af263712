import CVectorMath
import MartletNumerics

/// The lengths of pooling in two dimensions, and its loops over planes `[height, width]`.
struct Pooling: Sendable {
  var height, width: Int
  var kernel: (y: Int, x: Int)
  var stride: (y: Int, x: Int)
  var dilation = (y: 1, x: 1)
  /// Rows and columns before the first and behind the last that are not there.
  var padding = (top: 0, left: 0, bottom: 0, right: 0)
  /// Whether a window that reaches beyond the padded input counts too.
  var isRoundedUp = false

  var outputHeight: Int {
    length(height + padding.top + padding.bottom, kernel.y, stride.y, dilation.y, height + padding.top)
  }
  var outputWidth: Int {
    length(width + padding.left + padding.right, kernel.x, stride.x, dilation.x, width + padding.left)
  }

  private func length(_ padded: Int, _ kernel: Int, _ stride: Int, _ dilation: Int, _ end: Int) -> Int {
    let room = padded - dilation * (kernel - 1) - 1
    guard room >= 0 else { return 0 }
    let whole = room / stride + 1
    // One more, unless it would start behind the input.
    return isRoundedUp && room % stride != 0 && whole * stride < end ? whole + 1 : whole
  }

  var isTwoByTwo: Bool {
    kernel == (2, 2) && stride == (2, 2) && dilation == (1, 1) && padding == (0, 0, 0, 0) && !isRoundedUp
  }

  /// The rows of the window of an output row, and its columns likewise.
  @inline(__always)
  func rows(_ output: Int) -> Window { Window(output &* stride.y &- padding.top, dilation.y, kernel.y, height) }
  @inline(__always)
  func columns(_ output: Int) -> Window { Window(output &* stride.x &- padding.left, dilation.x, kernel.x, width) }

  /// The places of a window that are inside: `start + k · step` for `k` in a range.
  struct Window {
    let start: Int
    let step: Int
    let range: Range<Int>

    @inline(__always)
    init(_ start: Int, _ step: Int, _ kernel: Int, _ length: Int) {
      (self.start, self.step) = (start, step)
      let first = start >= 0 ? 0 : (-start &+ step &- 1) / step
      let end = start >= length ? 0 : min(kernel, (length &- 1 &- start) / step &+ 1)
      range = first..<max(first, end)
    }
    @inline(__always)
    func place(_ k: Int) -> Int { start &+ k &* step }
  }
}

enum PoolingKernels {
  /// Calls `body` with places that eight columns each follow; the last eight may overlap with those before.
  @inline(__always)
  private static func eights(_ columns: Int, _ body: (Int) -> Void) {
    var column = 0
    while column < columns {
      body(min(column, columns &- 8))
      column &+= 8
    }
  }

  @inline(__always)
  private static func load<Vector: SIMD>(_ start: UnsafePointer<Vector.Scalar>) -> Vector {
    UnsafeRawPointer(start).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  private static func store<Vector: SIMD>(_ vector: Vector, _ start: UnsafeMutablePointer<Vector.Scalar>) {
    UnsafeMutableRawPointer(start).storeBytes(of: vector, as: Vector.self)
  }

  /// Every other of sixteen numbers, and those between.
  @inline(__always)
  private static func halves<Scalar>(_ start: UnsafePointer<Scalar>) -> (SIMD8<Scalar>, SIMD8<Scalar>) {
    let sixteen: SIMD16<Scalar> = load(start)
    return (sixteen.evenHalf, sixteen.oddHalf)
  }

  @inline(__always)
  private static func storeHalves<Scalar>(
    _ even: SIMD8<Scalar>, _ odd: SIMD8<Scalar>, _ start: UnsafeMutablePointer<Scalar>
  ) {
    var sixteen = SIMD16<Scalar>()
    sixteen.evenHalf = even
    sixteen.oddHalf = odd
    store(sixteen, start)
  }

  @inline(__always)
  private static func larger<Scalar: NetScalar>(_ a: SIMD8<Scalar>, _ b: SIMD8<Scalar>) -> SIMD8<Scalar> {
    a.replacing(with: b, where: (a .<= b) .| (b .!= b))
  }

  @inline(__always)
  private static func isLargest<Scalar: NetScalar>(
    _ a: SIMD8<Scalar>, _ largest: SIMD8<Scalar>
  ) -> SIMDMask<SIMD8<Scalar>.MaskStorage> { (a .== largest) .| (a .!= a) }

  /// The largest number of each window; NaN where there is one.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func maxima<Scalar: NetScalar>(
    _ plan: Pooling, _ planes: Range<Int>, _ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>
  ) {
    let (rows, columns) = (plan.outputHeight, plan.outputWidth)
    for plane in planes {
      let x = x + plane &* plan.height &* plan.width
      var target = y + plane &* rows &* columns
      for row in 0..<rows {
        if plan.isTwoByTwo && Scalar.self == Float.self {
          let upper = UnsafeRawPointer(x + 2 &* row &* plan.width).assumingMemoryBound(to: Float.self)
          let result = UnsafeMutableRawPointer(target).assumingMemoryBound(to: Float.self)
          martlet_pool_two_rows(upper, upper + plan.width, result, columns)
        } else if plan.isTwoByTwo && columns >= 8 {
          let upper = x + 2 &* row &* plan.width
          eights(columns) { column in
            let (a, b) = halves(upper + 2 &* column)
            let (c, d) = halves(upper + (plan.width &+ 2 &* column))
            store(larger(larger(a, b), larger(c, d)), target + column)
          }
        } else {
          let vertical = plan.rows(row)
          for column in 0..<columns {
            let horizontal = plan.columns(column)
            var largest = -Scalar.infinity
            for ky in vertical.range {
              let line = x + vertical.place(ky) &* plan.width
              for kx in horizontal.range {
                let value = line[horizontal.place(kx)]
                if value > largest || value != value { largest = value }
              }
            }
            target[column] = largest
          }
        }
        target += columns
      }
    }
  }

  /// Gives each window's gradient to the first of its largest numbers.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func spreadToMaxima<Scalar: NetScalar>(
    _ plan: Pooling, _ planes: Range<Int>, _ x: UnsafePointer<Scalar>, _ y: UnsafePointer<Scalar>,
    _ g: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>
  ) {
    let (rows, columns) = (plan.outputHeight, plan.outputWidth)
    let length = plan.height &* plan.width
    for plane in planes {
      let (x, target) = (x + plane &* length, target + plane &* length)
      target.update(repeating: 0, count: length)
      for row in 0..<rows {
        let start = (plane &* rows &+ row) &* columns
        if plan.isTwoByTwo && Scalar.self == Float.self {
          func floats(_ start: UnsafePointer<Scalar>) -> UnsafePointer<Float> {
            UnsafeRawPointer(start).assumingMemoryBound(to: Float.self)
          }
          let upper = 2 &* row &* plan.width
          let result = UnsafeMutableRawPointer(target + upper).assumingMemoryBound(to: Float.self)
          martlet_spread_two_rows(
            floats(x + upper), floats(x + upper) + plan.width, floats(y + start), floats(g + start), result,
            result + plan.width, columns)
        } else if plan.isTwoByTwo && columns >= 8 {
          let upper = 2 &* row &* plan.width
          eights(columns) { column in
            let (largest, gradient): (SIMD8<Scalar>, SIMD8<Scalar>) = (
              load(y + (start &+ column)), load(g + (start &+ column))
            )
            let place = upper &+ 2 &* column
            let (a, b) = halves(x + place)
            let (c, d) = halves(x + (place &+ plan.width))
            let first = isLargest(a, largest)
            let second = isLargest(b, largest) .& .!first
            let third = isLargest(c, largest) .& .!(first .| second)
            let fourth = isLargest(d, largest) .& .!(first .| second .| third)
            let none = SIMD8<Scalar>(repeating: 0)
            storeHalves(
              none.replacing(with: gradient, where: first), none.replacing(with: gradient, where: second),
              target + place)
            storeHalves(
              none.replacing(with: gradient, where: third), none.replacing(with: gradient, where: fourth),
              target + (place &+ plan.width))
          }
        } else {
          let vertical = plan.rows(row)
          for column in 0..<columns {
            let horizontal = plan.columns(column)
            let (largest, gradient) = (y[start &+ column], g[start &+ column])
            search: for ky in vertical.range {
              for kx in horizontal.range {
                let place = vertical.place(ky) &* plan.width &+ horizontal.place(kx)
                if x[place] == largest || x[place] != x[place] {
                  target[place] += gradient
                  break search
                }
              }
            }
          }
        }
      }
    }
  }

  /// What a window's sum is divided by.
  @inline(__always)
  private static func divisor(
    _ plan: Pooling, _ vertical: Pooling.Window, _ horizontal: Pooling.Window, _ countsPadding: Bool
  ) -> Int {
    guard countsPadding else { return max(1, vertical.range.count &* horizontal.range.count) }
    // Rows and columns behind the padding are not counted even so.
    func counted(_ window: Pooling.Window, _ kernel: Int, _ before: Int, _ end: Int) -> Int {
      Pooling.Window(window.start &+ before, window.step, kernel, end).range.count
    }
    return max(
      1,
      counted(vertical, plan.kernel.y, plan.padding.top, plan.height + plan.padding.top + plan.padding.bottom)
        &* counted(horizontal, plan.kernel.x, plan.padding.left, plan.width + plan.padding.left + plan.padding.right))
  }

  /// The mean of each window.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func means<Scalar: NetScalar>(
    _ plan: Pooling, _ planes: Range<Int>, _ countsPadding: Bool, _ x: UnsafePointer<Scalar>,
    _ y: UnsafeMutablePointer<Scalar>
  ) {
    let (rows, columns) = (plan.outputHeight, plan.outputWidth)
    for plane in planes {
      let x = x + plane &* plan.height &* plan.width
      for row in 0..<rows {
        let vertical = plan.rows(row)
        for column in 0..<columns {
          let horizontal = plan.columns(column)
          var sum: Scalar = 0
          for ky in vertical.range {
            let line = x + vertical.place(ky) &* plan.width
            for kx in horizontal.range { sum += line[horizontal.place(kx)] }
          }
          y[(plane &* rows &+ row) &* columns &+ column] =
            sum / Scalar(divisor(plan, vertical, horizontal, countsPadding))
        }
      }
    }
  }

  /// Gives each number of a window its share of the gradient.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func spreadMeans<Scalar: NetScalar>(
    _ plan: Pooling, _ planes: Range<Int>, _ countsPadding: Bool, _ g: UnsafePointer<Scalar>,
    _ target: UnsafeMutablePointer<Scalar>
  ) {
    let (rows, columns) = (plan.outputHeight, plan.outputWidth)
    let length = plan.height &* plan.width
    for plane in planes {
      let target = target + plane &* length
      target.update(repeating: 0, count: length)
      for row in 0..<rows {
        let vertical = plan.rows(row)
        for column in 0..<columns {
          let horizontal = plan.columns(column)
          let share =
            g[(plane &* rows &+ row) &* columns &+ column]
            / Scalar(divisor(plan, vertical, horizontal, countsPadding))
          for ky in vertical.range {
            let line = target + vertical.place(ky) &* plan.width
            for kx in horizontal.range { line[horizontal.place(kx)] += share }
          }
        }
      }
    }
  }
}
