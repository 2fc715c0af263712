/// What is known of the values in a window; two neighbouring windows' states make that of both.
///
/// Reference: Chan, Golub and LeVeque (1979), updating formulae for sample variances. Nothing is ever taken off again,
/// so a large value leaves no trace once it is out of the window.
struct WindowState: BitwiseCopyable {
  var count = 0
  var sum = 0.0
  var mean = 0.0
  /// The sum of squared distances from the mean.
  var squares = 0.0
  var least = Double.infinity
  var largest = -Double.infinity

  init() {}

  init(_ value: Double) {
    (count, sum, mean, least, largest) = (1, value, value, value, value)
  }

  /// The state of the values of `a` and, after them, those of `b`.
  @inline(__always)
  static func joined(_ a: WindowState, _ b: WindowState) -> WindowState {
    if a.count == 0 { return b }
    if b.count == 0 { return a }
    var both = WindowState()
    both.count = a.count + b.count
    both.sum = a.sum + b.sum
    both.mean = both.sum / Double(both.count)
    let distance = b.mean - a.mean
    both.squares = a.squares + b.squares + distance * distance * Double(a.count) * Double(b.count) / Double(both.count)
    // A comparison with NaN is false: written so that NaN wins.
    both.least = a.least.isNaN || a.least < b.least ? a.least : b.least
    both.largest = a.largest.isNaN || a.largest > b.largest ? a.largest : b.largest
    return both
  }

  /// The states of windows both of whose ends only move on.
  ///
  /// A queue of two stacks: the front one holds the state of each of its values and all after it, the back one that of
  /// all of its values.
  /// - Complexity: O(n), whatever the windows' sizes.
  static func sliding(_ values: [Double], _ validity: ValidityBitmap, _ windows: [Range<Int>]) -> [WindowState] {
    var front: [WindowState] = []
    var back = WindowState()
    var (start, turned, end) = (0, 0, 0)
    return windows.map { window in
      if window.lowerBound >= end {
        // Nothing of the last window is in this one.
        front.removeAll(keepingCapacity: true)
        back = WindowState()
        (start, turned, end) = (window.lowerBound, window.lowerBound, window.lowerBound)
      }
      while end < window.upperBound {
        if validity[end] { back = joined(back, WindowState(values[end])) }
        end += 1
      }
      while start < window.lowerBound {
        if front.isEmpty {
          var state = WindowState()
          for row in (turned..<end).reversed() {
            if validity[row] { state = joined(WindowState(values[row]), state) }
            front.append(state)
          }
          turned = end
          back = WindowState()
        }
        front.removeLast()
        start += 1
      }
      return joined(front.last ?? WindowState(), back)
    }
  }
}
