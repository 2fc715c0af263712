import Glibc

/// Equal distances for equal differences of a power or of a logarithm that bends round zero.
struct TransformedScale: PositionScale {
  enum Transform: Sendable, Hashable {
    /// `sign(x) · |x|^exponent`.
    case power(Double)
    /// `sign(x) · log₁₀(1 + |x| / constant)`.
    case symmetricLog(Double)

    func forward(_ x: Double) -> Double {
      switch self {
      case .power(let exponent): copysign(pow(abs(x), exponent), x)
      case .symmetricLog(let constant): copysign(log10(1 + abs(x) / constant), x)
      }
    }

    func inverse(_ y: Double) -> Double {
      switch self {
      case .power(let exponent): copysign(pow(abs(y), 1 / exponent), y)
      case .symmetricLog(let constant): copysign((pow(10, abs(y)) - 1) * constant, y)
      }
    }
  }

  let transform: Transform
  let lower: Double
  let upper: Double
  let pixels: PixelSpan
  var bandwidth: Double { 0 }
  var hasZero: Bool { true }
  var baseline: Double { position(of: 0) ?? pixels.start }

  /// - Parameters: the domain, which is widened where it is too narrow to be divided.
  init(_ transform: Transform, lower: Double, upper: Double, pixels: PixelSpan) {
    let linear = LinearScale(lower: lower, upper: upper, pixels: pixels)
    (self.transform, self.lower, self.upper, self.pixels) = (transform, linear.lower, linear.upper, pixels)
  }

  /// The scale with its domain grown to round numbers.
  func nice() -> TransformedScale {
    switch transform {
    case .power:
      let linear = LinearScale(lower: lower, upper: upper, pixels: pixels).nice()
      return TransformedScale(transform, lower: linear.lower, upper: linear.upper, pixels: pixels)
    case .symmetricLog:
      let (below, above) = (powers.last { $0 <= lower }, powers.first { $0 >= upper })
      return TransformedScale(transform, lower: below ?? lower, upper: above ?? upper, pixels: pixels)
    }
  }

  func position(of value: PlotValue) -> Double? {
    guard let number = value.number else { return nil }
    let (start, end) = (transform.forward(lower), transform.forward(upper))
    let share = (transform.forward(number) / 2 - start / 2) / (end / 2 - start / 2)
    return share.isFinite ? pixels.at(share) : nil
  }

  /// The number at a pixel.
  func number(at position: Double) -> Double {
    let share = (position - pixels.start) / (pixels.end - pixels.start)
    return transform.inverse(transform.forward(lower) * (1 - share) + transform.forward(upper) * share)
  }

  func over(_ pixels: PixelSpan) -> TransformedScale {
    TransformedScale(transform, lower: lower, upper: upper, pixels: pixels)
  }

  func ticks(atMost count: Int) -> [Tick] {
    switch transform {
    case .power: LinearScale(lower: lower, upper: upper, pixels: pixels).ticks(atMost: count).compactMap(moved)
    case .symmetricLog: powerTicks(atMost: count)
    }
  }

  /// A linear scale's tick at its place on this one.
  private func moved(_ tick: Tick) -> Tick? {
    guard let value = tick.value, let position = position(of: value) else { return nil }
    var tick = tick
    tick.position = position
    return tick
  }

  /// Zero and every first, second, … power of ten on both sides of it that is far enough from zero for a label.
  private func powerTicks(atMost count: Int) -> [Tick] {
    let visible = powers.filter { $0 >= lower - abs(lower) * 1e-9 && $0 <= upper + abs(upper) * 1e-9 }
    let zero = visible.contains(0) ? position(of: 0) : nil
    let room = pixels.length / Double(max(1, count)) / 2
    let distant = visible.compactMap(tick).filter { tick in
      tick.value == 0 || zero.map { abs($0 - tick.position) >= room } ?? true
    }
    let stride = max(1, (distant.count + max(1, count) - 1) / max(1, count))
    return distant.filter { tick in
      tick.value.map { $0 == 0 || (NumberText.decimalExponent(of: $0) - firstExponent) % stride == 0 } ?? false
    }
  }

  private func tick(_ value: Double) -> Tick? {
    position(of: value).map { position in
      let exponent = NumberText.decimalExponent(of: value)
      let power = (value < 0 ? "−10" : "10") + NumberText.superscript(exponent)
      let isPlain = value == 0 || (-4...5).contains(exponent)
      let label = isPlain ? NumberText.tick(value, stepExponent: min(exponent, 0), largest: abs(value)) : power
      return Tick(position: position, label: label, value: value)
    }
  }

  /// The least power of ten on the axis: that of the constant, below which the scale is linear.
  private var firstExponent: Int {
    guard case .symmetricLog(let constant) = transform else { return 0 }
    return NumberText.decimalExponent(of: constant)
  }

  /// Powers of ten of both signs, and zero, in order, as far as the domain and one beyond.
  private var powers: [Double] {
    let last = NumberText.decimalExponent(of: max(abs(lower), abs(upper))) + 1
    guard firstExponent <= last else { return [-pow(10, Double(firstExponent)), 0, pow(10, Double(firstExponent))] }
    let positive = (firstExponent...last).map { pow(10, Double($0)) }.filter(\.isFinite)
    return positive.reversed().map { -$0 } + [0] + positive
  }
}
