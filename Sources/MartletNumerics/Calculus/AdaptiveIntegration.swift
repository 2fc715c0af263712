import CMartletRuntime
import Glibc

/// Halves the part with the largest error until the sum of the errors is small enough.
enum AdaptiveIntegration {
  private struct Part {
    let low, high, value, error: Double
  }

  /// The points of Kronrod's rule, of which every second is one of Gauss's, and both rules' weights.
  private static let points = [
    0.995657163025808080735527280689003, 0.973906528517171720077964012084452, 0.930157491355708226001207180059508,
    0.865063366688984510732096688423493, 0.780817726586416897063717578345042, 0.679409568299024406234327365114874,
    0.562757134668604683339000099272694, 0.433395394129247190799265943165784, 0.294392862701460198131126603103866,
    0.14887433898163121088482600112972, 0,
  ]
  private static let kronrod = [
    0.011694638867371874278064396062192, 0.03255816230796472747881897245939, 0.05475589657435199603138130024458,
    0.07503967481091995276704314091619, 0.093125454583697605535065465083366, 0.109387158802297641899210590325805,
    0.123491976262065851077958109585166, 0.134709217311473325928054001771707, 0.142775938577060080797094273138717,
    0.147739104901338491374841515972068, 0.149445554002916905664936468389821,
  ]
  private static let gauss = [
    0.066671344308688137593568809893332, 0.149451349150580593145863396957, 0.219086362515982043995534934228163,
    0.269266719309996355091226921569469, 0.295524224714752870173815619188769,
  ]

  static func run(_ range: ClosedRange<Double>, _ tolerance: Double, _ function: (Double) -> Double) -> Integral {
    let (a, b) = (range.lowerBound, range.upperBound)
    // An infinite range is mapped to 0…1 by x = a + (1 − t) / t.
    switch (a.isFinite, b.isFinite) {
    case (true, true): return parts(a, b, tolerance, function)
    case (true, false): return parts(0, 1, tolerance) { t in function(a + (1 - t) / t) / (t * t) }
    case (false, true): return parts(0, 1, tolerance) { t in function(b - (1 - t) / t) / (t * t) }
    case (false, false):
      return parts(0, 1, tolerance) { t in
        let x = (1 - t) / t
        return (function(x) + function(-x)) / (t * t)
      }
    }
  }

  private static func parts(_ a: Double, _ b: Double, _ tolerance: Double, _ function: (Double) -> Double) -> Integral {
    var parts = [part(a, b, function)]
    while true {
      martlet_poll()
      let value = parts.reduce(0) { $0 + $1.value }
      let error = parts.reduce(0) { $0 + $1.error }
      let isGood = error <= tolerance * max(1, abs(value))
      // Not nil: there is at least one part.
      let worst = parts.indices.max { parts[$0].error < parts[$1].error }!
      if isGood || parts.count >= 500 || !value.isFinite {
        return Integral(value: value, error: error, evaluations: (2 * parts.count - 1) * 21, hasConverged: isGood)
      }
      let old = parts[worst]
      let middle = (old.low + old.high) / 2
      parts[worst] = part(old.low, middle, function)
      parts.append(part(middle, old.high, function))
    }
  }

  private static func part(_ low: Double, _ high: Double, _ function: (Double) -> Double) -> Part {
    let (middle, half) = ((low + high) / 2, (high - low) / 2)
    let centre = function(middle)
    var (whole, coarse, size) = (centre * kronrod[10], 0.0, abs(centre) * kronrod[10])
    var values: [(Double, Double)] = [(centre, kronrod[10])]
    for i in 0..<10 {
      let (left, right) = (function(middle - half * points[i]), function(middle + half * points[i]))
      whole += kronrod[i] * (left + right)
      size += kronrod[i] * (abs(left) + abs(right))
      if i % 2 == 1 { coarse += gauss[i / 2] * (left + right) }
      values.append((left, kronrod[i]))
      values.append((right, kronrod[i]))
    }
    // The two rules' difference says little where the function is smooth; QUADPACK scales it by how much it varies.
    let spread = values.reduce(0) { $0 + $1.1 * abs($1.0 - whole / 2) } * abs(half)
    var error = abs((whole - coarse) * half)
    if spread != 0, error != 0 { error = spread * min(1, pow(200 * error / spread, 1.5)) }
    if size * abs(half) > 1e-290 { error = max(error, 50 * Double.ulpOfOne * size * abs(half)) }
    return Part(low: low, high: high, value: whole * half, error: error)
  }
}
