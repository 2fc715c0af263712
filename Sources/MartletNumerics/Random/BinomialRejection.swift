import Glibc

/// Binomial numbers from under a triangle, two parallelograms and two exponential tails.
///
/// Reference: Kachitvichyanukul and Schmeiser (1988), Binomial random variate generation (algorithm BTPE; the steps'
/// numbers are its).
struct BinomialRejection {
  private let trials: Int
  private let n, r, q, variance, xm, xl, xr, c, leftRate, rightRate, p1, p2, p3, p4: Double
  /// The most likely number.
  private let mode: Int

  /// - Parameter probability: at most one half.
  init(trials: Int, probability: Double) {
    self.trials = trials
    n = Double(trials)
    r = probability
    q = 1 - r
    let fm = n * r + r
    mode = Int(fm.rounded(.down))
    variance = n * r * q
    p1 = (2.195 * variance.squareRoot() - 4.6 * q).rounded(.down) + 0.5
    xm = Double(mode) + 0.5
    xl = xm - p1
    xr = xm + p1
    c = 0.134 + 20.5 / (15.3 + Double(mode))
    let left = (fm - xl) / (fm - xl * r)
    leftRate = left * (1 + left / 2)
    let right = (xr - fm) / (xr * q)
    rightRate = right * (1 + right / 2)
    p2 = p1 * (1 + 2 * c)
    p3 = p2 + c / leftRate
    p4 = p3 + c / rightRate
  }

  mutating func draw(_ random: inout some SeededGenerator) -> Int {
    while true {
      let u = random.uniform() * p4
      var v = random.uniform()
      if u <= p1 { return Int((xm - p1 * v + u).rounded(.down)) }
      var y = 0.0
      if u <= p2 {  // Step 2: parallelograms
        let x = xl + (u - p1) / c
        v = v * c + 1 - abs(Double(mode) - x + 0.5) / p1
        if v > 1 { continue }
        y = x.rounded(.down)
      } else if u <= p3 {  // Step 3: the left tail
        y = (xl + log(v) / leftRate).rounded(.down)
        if y < 0 || v == 0 { continue }
        v = v * (u - p2) * leftRate
      } else {  // Step 4: the right tail
        y = (xr - log(v) / rightRate).rounded(.down)
        if y > n || v == 0 { continue }
        v = v * (u - p3) * rightRate
      }
      if accepts(Int(y), v) { return Int(y) }
    }
  }

  /// Step 5: compares with the distribution.
  private func accepts(_ y: Int, _ v: Double) -> Bool {
    let k = abs(y - mode)
    if k <= 20 || Double(k) >= variance / 2 - 1 {
      let s = r / q
      let a = s * Double(trials + 1)
      var f = 1.0
      if mode < y { for i in mode + 1...y { f *= a / Double(i) - s } }
      if mode > y { for i in y + 1...mode { f /= a / Double(i) - s } }
      return v <= f
    }
    let distance = Double(k)
    let rho =
      (distance / variance) * ((distance * (distance / 3 + 0.625) + 0.16666666666666666) / variance + 0.5)
    let t = -distance * distance / (2 * variance)
    let a = log(v)
    if a < t - rho { return true }
    if a > t + rho { return false }
    let (x1, f1, z, w) = (Double(y + 1), Double(mode + 1), Double(trials + 1 - mode), Double(trials - y + 1))
    func stirling(_ x: Double) -> Double {
      let square = x * x
      return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320
    }
    return a
      <= xm * log(f1 / x1) + (n - Double(mode) + 0.5) * log(z / w) + Double(y - mode) * log(w * r / (x1 * q))
      + stirling(f1) + stirling(z) + stirling(x1) + stirling(w)
  }
}
