import MartletNumerics

/// The lengths of a convolution in two dimensions, and its loops: patches of the input laid out as columns, multiplied by the
/// weights.
///
/// Inputs are `[samples, channels, height, width]`, weights `[outputs, channels / groups, kernelHeight, kernelWidth]`.
struct Convolution: Sendable, Equatable {
  var samples, channels, height, width: Int
  var outputs, kernelHeight, kernelWidth: Int
  var stride = (y: 1, x: 1)
  var dilation = (y: 1, x: 1)
  /// Zeros before the first row and column, and behind the last.
  var padding = (top: 0, left: 0, bottom: 0, right: 0)
  var groups = 1

  static func == (a: Convolution, b: Convolution) -> Bool {
    a.inputShape == b.inputShape && a.weightShape == b.weightShape && a.stride == b.stride && a.dilation == b.dilation
      && a.padding == b.padding
  }

  var outputHeight: Int { (height + padding.top + padding.bottom - dilation.y * (kernelHeight - 1) - 1) / stride.y + 1 }
  var outputWidth: Int { (width + padding.left + padding.right - dilation.x * (kernelWidth - 1) - 1) / stride.x + 1 }
  var inputShape: [Int] { [samples, channels, height, width] }
  var outputShape: [Int] { [samples, outputs, outputHeight, outputWidth] }
  var weightShape: [Int] { [outputs, channels / groups, kernelHeight, kernelWidth] }
  /// Whether the kernel fits into the padded input at all.
  var isPossible: Bool {
    dilation.y * (kernelHeight - 1) < height + padding.top + padding.bottom
      && dilation.x * (kernelWidth - 1) < width + padding.left + padding.right
  }

  /// Numbers of one sample's input and output, and of its patches, for all groups.
  private var inputLength: Int { channels * height * width }
  private var places: Int { outputHeight * outputWidth }
  private var patchLength: Int { channels / groups * kernelHeight * kernelWidth }
  /// Where the patches are the input itself.
  private var isPointwise: Bool {
    kernelHeight == 1 && kernelWidth == 1 && stride == (1, 1) && padding == (0, 0, 0, 0)
  }

  /// How many samples are a piece of work: depends on the lengths alone. Each piece has weights' gradients of its own, so
  /// there are fewer where those are large.
  private var pieceLength: Int {
    let pieces = max(2, min(16, (1 << 24) / max(outputs * patchLength, 1)))
    return max(1, (samples + pieces - 1) / pieces)
  }
  private var pieces: Int { (samples + pieceLength - 1) / pieceLength }

  private func forEachPiece(_ body: (_ piece: Int, _ samples: Range<Int>) -> Void) {
    let (length, samples) = (pieceLength, samples)
    MatrixProducts.forEach(pieces, alone: pieces > 1) { body($0, $0 * length..<min(($0 + 1) * length, samples)) }
  }

  /// The outputs, with a summand for each channel.
  func forward<Scalar: NetScalar>(_ x: Tensor<Scalar>, _ weight: Tensor<Scalar>, _ bias: Tensor<Scalar>?) -> Tensor<
    Scalar
  > {
    let summands = bias?.scalars
    return .filled(shape: outputShape) { target in
      x.withElements { x in
        weight.withElements { weight in
          forEachPiece { _, samples in
            withPatches(Scalar.self) { patches in
              for sample in samples {
                let output = target + sample * outputs * places
                if let summands {
                  for c in 0..<outputs { Kernels.fill(output + c * places, summands[c], places) }
                }
                forEachGroup { group in
                  let input = x + sample * inputLength + group * (inputLength / groups)
                  Scalar._accumulateProduct(
                    _ProductFactor(start: weight + group * (outputs / groups) * patchLength, rowLength: patchLength),
                    _ProductFactor(start: gathered(input, patches), rowLength: places),
                    _ProductTarget(
                      start: output + group * (outputs / groups) * places, rowLength: places, m: outputs / groups,
                      n: places, k: patchLength, adding: summands != nil))
                }
              }
            }
          }
        }
      }
    }
  }

  /// The gradient of the input.
  func inputGradient<Scalar: NetScalar>(_ gradient: Tensor<Scalar>, _ weight: Tensor<Scalar>) -> Tensor<Scalar> {
    .filled(shape: inputShape) { target in
      gradient.withElements { gradient in
        weight.withElements { weight in
          forEachPiece { _, samples in
            withPatches(Scalar.self) { patches in
              for sample in samples {
                forEachGroup { group in
                  let input = target + sample * inputLength + group * (inputLength / groups)
                  let direct = isPointwise ? input : patches
                  Scalar._accumulateProduct(
                    _ProductFactor(
                      start: weight + group * (outputs / groups) * patchLength, rowLength: patchLength,
                      isTransposed: true),
                    _ProductFactor(
                      start: gradient + (sample * outputs + group * (outputs / groups)) * places, rowLength: places),
                    _ProductTarget(start: direct, rowLength: places, m: patchLength, n: places, k: outputs / groups))
                  if !isPointwise { PatchKernels.scatter(self, patches, input) }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The gradient of the weights.
  func weightGradient<Scalar: NetScalar>(_ x: Tensor<Scalar>, _ gradient: Tensor<Scalar>) -> Tensor<Scalar> {
    // Each piece adds up for itself, so that the sums do not depend on the number of threads.
    var sums = Tensor<Scalar>.zeros(pieces, outputs * patchLength)
    sums.withMutableElements { sums in
      x.withElements { x in
        gradient.withElements { gradient in
          forEachPiece { piece, samples in
            withPatches(Scalar.self) { patches in
              for sample in samples {
                forEachGroup { group in
                  let input = x + sample * inputLength + group * (inputLength / groups)
                  let start = piece * outputs * patchLength + group * (outputs / groups) * patchLength
                  Scalar._accumulateProduct(
                    _ProductFactor(
                      start: gradient + (sample * outputs + group * (outputs / groups)) * places, rowLength: places),
                    _ProductFactor(start: gathered(input, patches), rowLength: places, isTransposed: true),
                    _ProductTarget(
                      start: sums + start, rowLength: patchLength, m: outputs / groups, n: patchLength, k: places,
                      adding: true))
                }
              }
            }
          }
        }
      }
    }
    return sums.sum(axis: 0).reshaped(to: weightShape)
  }

  @inline(__always)
  private func forEachGroup(_ body: (Int) -> Void) { for group in 0..<groups { body(group) } }

  private func withPatches<Scalar>(_: Scalar.Type, _ body: (UnsafeMutablePointer<Scalar>) -> Void) {
    let patches = UnsafeMutablePointer<Scalar>.allocate(capacity: isPointwise ? 1 : max(patchLength * places, 1))
    defer { patches.deallocate() }
    body(patches)
  }

  @inline(__always)
  private func gathered<Scalar: NetScalar>(
    _ input: UnsafePointer<Scalar>, _ patches: UnsafeMutablePointer<Scalar>
  ) -> UnsafePointer<Scalar> {
    if isPointwise { return input }
    PatchKernels.gather(self, input, patches)
    return UnsafePointer(patches)
  }
}

/// Patches of one sample's channels (of one group) as the columns of a matrix `[channels · kernel, places]`.
enum PatchKernels {
  /// The output columns whose input column `x · stride − left + k · dilation` is inside.
  @inline(__always)
  private static func inside(_ offset: Int, _ stride: Int, _ length: Int, _ count: Int) -> Range<Int> {
    let first = offset >= 0 ? 0 : (-offset + stride - 1) / stride
    let end = length <= offset ? 0 : min(count, (length - 1 - offset) / stride + 1)
    return min(first, count)..<max(min(first, count), end)
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func gather<Scalar: NetScalar>(
    _ plan: Convolution, _ input: UnsafePointer<Scalar>, _ patches: UnsafeMutablePointer<Scalar>
  ) {
    let (rows, columns) = (plan.outputHeight, plan.outputWidth)
    let (height, width, step) = (plan.height, plan.width, plan.stride.x)
    var target = patches
    for channel in 0..<plan.channels / plan.groups {
      let plane = input + channel &* height &* width
      for ky in 0..<plan.kernelHeight {
        for kx in 0..<plan.kernelWidth {
          let offset = kx &* plan.dilation.x &- plan.padding.left
          let there = inside(offset, step, width, columns)
          for row in 0..<rows {
            let y = row &* plan.stride.y &- plan.padding.top &+ ky &* plan.dilation.y
            if y < 0 || y >= height || there.isEmpty {
              for i in 0..<columns { target[i] = 0 }
            } else {
              let source = plane + (y &* width &+ offset)
              for i in 0..<there.lowerBound { target[i] = 0 }
              if step == 1 {
                for i in there { target[i] = source[i] }
              } else {
                for i in there { target[i] = source[i &* step] }
              }
              for i in there.upperBound..<columns { target[i] = 0 }
            }
            target += columns
          }
        }
      }
    }
  }

  /// Adds patches up where they came from.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func scatter<Scalar: NetScalar>(
    _ plan: Convolution, _ patches: UnsafePointer<Scalar>, _ input: UnsafeMutablePointer<Scalar>
  ) {
    let (rows, columns) = (plan.outputHeight, plan.outputWidth)
    let (height, width, step) = (plan.height, plan.width, plan.stride.x)
    input.update(repeating: 0, count: plan.channels / plan.groups * height * width)
    var source = patches
    for channel in 0..<plan.channels / plan.groups {
      let plane = input + channel &* height &* width
      for ky in 0..<plan.kernelHeight {
        for kx in 0..<plan.kernelWidth {
          let offset = kx &* plan.dilation.x &- plan.padding.left
          let there = inside(offset, step, width, columns)
          for row in 0..<rows {
            let y = row &* plan.stride.y &- plan.padding.top &+ ky &* plan.dilation.y
            if y >= 0 && y < height {
              let target = plane + (y &* width &+ offset)
              if step == 1 {
                for i in there { target[i] += source[i] }
              } else {
                for i in there { target[i &* step] += source[i] }
              }
            }
            source += columns
          }
        }
      }
    }
  }
}
