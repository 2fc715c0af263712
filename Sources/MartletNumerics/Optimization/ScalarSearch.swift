import CMartletRuntime

/// Where a function of one variable is zero, between two places where it has opposite signs. (SciPy: `brentq`)
///
///     findRoot(between: 0...2) { $0 * $0 - 2 }      // 1.4142135623730951
/// - Parameter tolerance: how exact; by default to rounding.
/// - Returns: NaN where the signs at the ends are the same.
/// - Complexity: about ten calls of `function`.
///
/// Reference: Brent (1973), Algorithms for minimization without derivatives, chapter 4.
public func findRoot(
  between range: ClosedRange<Double>, tolerance: Double = 1e-15, _ function: (Double) -> Double
) -> Double {
  var (a, b) = (range.lowerBound, range.upperBound)
  var (fa, fb) = (function(a), function(b))
  if fa == 0 { return a }
  if fb == 0 { return b }
  guard (fa < 0) != (fb < 0), !fa.isNaN, !fb.isNaN else { return .nan }
  var (c, fc, step, last) = (a, fa, b - a, b - a)
  for _ in 0..<500 {
    martlet_poll()
    if (fb < 0) == (fc < 0) { (c, fc, step, last) = (a, fa, b - a, b - a) }
    // b is the better of the two ends.
    if abs(fc) < abs(fb) { (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb) }
    let precision = 2 * Double.ulpOfOne * abs(b) + tolerance / 2
    let middle = (c - b) / 2
    if abs(middle) <= precision || fb == 0 { return b }
    if abs(last) >= precision && abs(fa) > abs(fb) {
      // A parabola the other way round through three points, a line through two.
      let s = fb / fa
      var (p, q) = (2 * middle * s, 1 - s)
      if a != c {
        let (u, r) = (fa / fc, fb / fc)
        p = s * (2 * middle * u * (u - r) - (b - a) * (r - 1))
        q = (u - 1) * (r - 1) * (s - 1)
      }
      if p > 0 { q = -q }
      p = abs(p)
      if 2 * p < min(3 * middle * q - abs(precision * q), abs(last * q)) {
        (last, step) = (step, p / q)
      } else {
        (last, step) = (middle, middle)
      }
    } else {
      (last, step) = (middle, middle)
    }
    (a, fa) = (b, fb)
    b += abs(step) > precision ? step : middle > 0 ? precision : -precision
    fb = function(b)
  }
  return b
}

/// Where a function of one variable is smallest within a range. (SciPy: `minimize_scalar(method="bounded")`)
///
///     findMinimum(in: 0...4) { ($0 - 1) * ($0 - 1) }      // 1.0, to eight digits
/// - Complexity: about thirty calls of `function`.
///
/// Reference: Brent (1973), chapter 5.
public func findMinimum(
  in range: ClosedRange<Double>, tolerance: Double = 1.5e-8, _ function: (Double) -> Double
) -> Double {
  let golden = 0.3819660112501051
  var (low, high) = (range.lowerBound, range.upperBound)
  var x = low + golden * (high - low)
  var (w, v) = (x, x)
  var fx = function(x)
  var (fw, fv) = (fx, fx)
  var (step, last) = (0.0, 0.0)
  for _ in 0..<500 {
    martlet_poll()
    let middle = (low + high) / 2
    let precision = tolerance * abs(x) + 1e-12
    if abs(x - middle) <= 2 * precision - (high - low) / 2 { break }
    var isParabola = false
    if abs(last) > precision {
      // A parabola through the three best points.
      let r = (x - w) * (fx - fv)
      var q = (x - v) * (fx - fw)
      var p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if q > 0 { p = -p } else { q = -q }
      if abs(p) < abs(q * last / 2), p > q * (low - x), p < q * (high - x) {
        (last, step, isParabola) = (step, p / q, true)
        if x + step - low < 2 * precision || high - x - step < 2 * precision {
          step = x < middle ? precision : -precision
        }
      }
    }
    if !isParabola {
      last = x < middle ? high - x : low - x
      step = golden * last
    }
    let u = x + (abs(step) >= precision ? step : step > 0 ? precision : -precision)
    let fu = function(u)
    if fu <= fx {
      if u < x { high = x } else { low = x }
      (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
    } else {
      if u < x { low = u } else { high = u }
      if fu <= fw || w == x {
        (v, fv, w, fw) = (w, fw, u, fu)
      } else if fu <= fv || v == x || v == w {
        (v, fv) = (u, fu)
      }
    }
  }
  return x
}
