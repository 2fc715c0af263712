import MartletNumerics

/// The mean of each channel and the inverse of its deviation: what batch normalisation goes by.
struct ChannelMoments<Scalar: NetScalar>: Sendable {
  let mean: Tensor<Scalar>
  let inverse: Tensor<Scalar>
  /// Whether they do not depend on the input.
  let isFixed: Bool

  /// The means and variances of the channels of `[samples, channels, …]`.
  static func of(_ x: Tensor<Scalar>) -> (mean: Tensor<Scalar>, variance: Tensor<Scalar>) {
    let lengths = ChannelLengths(x.shape)
    var moments = Tensor<Scalar>.zeros(2, lengths.channels)
    moments.withMutableElements { moments in
      x.withElements { x in
        Kernels.forEachRange(lengths.channels, cost: lengths.samples * lengths.places) {
          ChannelKernels.moments(lengths, $0, x, moments, moments + lengths.channels)
        }
      }
    }
    return (moments.row(0), moments.row(1))
  }
}

/// How `[samples, channels, …]` lies in memory: numbers of a channel come in runs of `places`.
struct ChannelLengths: Sendable {
  let samples, channels, places: Int
  init(_ shape: [Int]) { (samples, channels, places) = (shape[0], shape[1], shape.dropFirst(2).reduce(1, *)) }
  var number: Int { samples * places }
}

enum ChannelKernels {
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func moments<Scalar: NetScalar>(
    _ lengths: ChannelLengths, _ range: Range<Int>, _ x: UnsafePointer<Scalar>, _ mean: UnsafeMutablePointer<Scalar>,
    _ variance: UnsafeMutablePointer<Scalar>
  ) {
    for channel in range {
      let middle = sum(lengths, channel) { x[$0] } / Scalar(lengths.number)
      let squares = sum(lengths, channel) { (i: Int) -> Scalar in
        let distance = x[i] - middle
        return distance * distance
      }
      mean[channel] = middle
      variance[channel] = squares / Scalar(lengths.number)
    }
  }

  /// A sum over all numbers of a channel.
  @inline(__always)
  private static func sum<Scalar: NetScalar>(
    _ lengths: ChannelLengths, _ channel: Int, _ term: (Int) -> Scalar
  ) -> Scalar {
    if lengths.places == 1 { return Kernels.sum(lengths.samples) { term($0 &* lengths.channels &+ channel) } }
    var total: Scalar = 0
    for sample in 0..<lengths.samples {
      let start = (sample &* lengths.channels &+ channel) &* lengths.places
      total += Kernels.sum(lengths.places) { term(start &+ $0) }
    }
    return total
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func forward<Scalar: NetScalar>(
    _ lengths: ChannelLengths, _ range: Range<Int>, _ x: UnsafePointer<Scalar>, _ scale: [Scalar], _ shift: [Scalar],
    _ target: UnsafeMutablePointer<Scalar>
  ) {
    // `range` is of samples.
    for sample in range {
      for channel in 0..<lengths.channels {
        let start = (sample &* lengths.channels &+ channel) &* lengths.places
        let (scale, shift) = (scale[channel], shift[channel])
        for i in start..<start &+ lengths.places { target[i] = x[i] * scale + shift }
      }
    }
  }

  /// The sums of the gradient, and of the gradient times the normalised input.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func slopes<Scalar: NetScalar>(
    _ lengths: ChannelLengths, _ range: Range<Int>, _ x: UnsafePointer<Scalar>, _ g: UnsafePointer<Scalar>,
    _ mean: [Scalar], _ inverse: [Scalar], _ sums: UnsafeMutablePointer<Scalar>,
    _ products: UnsafeMutablePointer<Scalar>
  ) {
    for channel in range {
      let middle = mean[channel]
      sums[channel] = sum(lengths, channel) { g[$0] }
      products[channel] = sum(lengths, channel) { g[$0] * (x[$0] - middle) } * inverse[channel]
    }
  }

  /// `a · g + b · x + c` with numbers for each channel.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func combine<Scalar: NetScalar>(
    _ lengths: ChannelLengths, _ range: Range<Int>, _ x: UnsafePointer<Scalar>, _ g: UnsafePointer<Scalar>,
    _ a: [Scalar], _ b: [Scalar], _ c: [Scalar], _ target: UnsafeMutablePointer<Scalar>
  ) {
    for sample in range {
      for channel in 0..<lengths.channels {
        let start = (sample &* lengths.channels &+ channel) &* lengths.places
        let (a, b, c) = (a[channel], b[channel], c[channel])
        for i in start..<start &+ lengths.places { target[i] = a * g[i] + b * x[i] + c }
      }
    }
  }
}

extension Variable {
  /// Each channel of `[samples, channels, …]` by its moments, times a factor and plus a summand.
  func normalizedChannels(_ moments: ChannelMoments<Scalar>, _ weight: Variable?, _ bias: Variable?) -> Variable {
    let lengths = ChannelLengths(shape)
    let (x, shape) = (value, shape)
    guard x.count > 0 else { return self }
    let factors = weight?.value ?? .ones(lengths.channels)
    let scale = factors * moments.inverse
    let shift = (bias?.value ?? .zeros(lengths.channels)) - scale * moments.mean
    let perSample = lengths.channels * lengths.places
    let (hasWeight, hasBias) = (weight != nil, bias != nil)
    let result = Tensor<Scalar>.filled(shape: shape) { target in
      let (scale, shift) = (scale.scalars, shift.scalars)
      x.withElements { x in
        Kernels.forEachRange(lengths.samples, cost: perSample) {
          ChannelKernels.forward(lengths, $0, x, scale, shift, target)
        }
      }
    }
    return .computed(result, from: [self] + [weight, bias].compactMap { $0 }) { gradient in
      let (sums, products) = Self.slopes(lengths, x, gradient, moments)
      let number = Scalar(lengths.number)
      // a·(g − mean(g) − x̂·mean(g·x̂)), as one combination of g and x.
      let b = moments.isFixed ? Tensor.zeros(lengths.channels) : -(scale * moments.inverse * products / number)
      let c = moments.isFixed ? Tensor.zeros(lengths.channels) : -(scale * sums / number) - b * moments.mean
      let slope = Tensor<Scalar>.filled(shape: shape) { target in
        let (a, b, c) = (scale.scalars, b.scalars, c.scalars)
        x.withElements { x in
          gradient.withElements { g in
            Kernels.forEachRange(lengths.samples, cost: perSample) {
              ChannelKernels.combine(lengths, $0, x, g, a, b, c, target)
            }
          }
        }
      }
      return [slope] + (hasWeight ? [products] : []) + (hasBias ? [sums] : [])
    }
  }

  private static func slopes(
    _ lengths: ChannelLengths, _ x: Tensor<Scalar>, _ gradient: Tensor<Scalar>, _ moments: ChannelMoments<Scalar>
  ) -> (sums: Tensor<Scalar>, products: Tensor<Scalar>) {
    var slopes = Tensor<Scalar>.zeros(2, lengths.channels)
    let (mean, inverse) = (moments.mean.scalars, moments.inverse.scalars)
    slopes.withMutableElements { slopes in
      x.withElements { x in
        gradient.withElements { g in
          Kernels.forEachRange(lengths.channels, cost: lengths.number) {
            ChannelKernels.slopes(lengths, $0, x, g, mean, inverse, slopes, slopes + lengths.channels)
          }
        }
      }
    }
    return (slopes.row(0), slopes.row(1))
  }
}
