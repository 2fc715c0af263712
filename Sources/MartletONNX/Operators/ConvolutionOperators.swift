import MartletNets
import MartletNumerics

/// Convolutions in one, two and three dimensions.
enum ConvolutionOperators {
  static let table: [String: ONNXOperator] = [
    "Conv": convolution, "ConvTranspose": transposed, "Col2Im": columnsToImage,
  ]

  /// What a convolution or pooling is asked to do along its axes.
  struct Window {
    var kernel, strides, dilations, before, after: [Int]

    /// - Parameter lengths: those of the input's axes, without samples and channels.
    init(_ call: OperatorCall, kernel: [Int], lengths: [Int]) throws {
      let rank = lengths.count
      self.kernel = kernel
      strides = call.integers("strides") ?? [Int](repeating: 1, count: rank)
      dilations = call.integers("dilations") ?? [Int](repeating: 1, count: rank)
      let pads = call.integers("pads") ?? [Int](repeating: 0, count: 2 * rank)
      let small = 1...(1 << 24)
      guard kernel.count == rank, strides.count == rank, dilations.count == rank, pads.count == 2 * rank,
        (kernel + strides + dilations).allSatisfy({ small.contains($0) }),
        pads.allSatisfy({ (-1 << 24...1 << 24).contains($0) })
      else {
        throw ONNXError(
          "Kernel \(kernel), strides \(strides), dilations \(dilations) and pads \(pads) do not fit \(rank) axes.")
      }
      (before, after) = (Array(pads[..<rank]), Array(pads[rank...]))
      let mode = call.text("auto_pad", "NOTSET")
      guard mode == "SAME_UPPER" || mode == "SAME_LOWER" else {
        if mode == "VALID" { (before, after) = ([Int](repeating: 0, count: rank), [Int](repeating: 0, count: rank)) }
        return
      }
      for axis in 0..<rank {
        let output = (lengths[axis] + strides[axis] - 1) / strides[axis]
        let missing = max(0, (output - 1) * strides[axis] + extent(axis) - lengths[axis])
        before[axis] = mode == "SAME_UPPER" ? missing / 2 : missing - missing / 2
        after[axis] = missing - before[axis]
      }
    }

    /// How many elements of the input a kernel spans.
    func extent(_ axis: Int) -> Int { dilations[axis] * (kernel[axis] - 1) + 1 }
  }

  private static func convolution(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, weight, bias) = (try call.floating(0), try call.floating(1), try call.optional(2))
    switch x.elements {
    case .floats(let floats):
      let result = try convolved(call, floats, try weight.floats(), try bias?.floats())
      return call.result(ONNXTensor(result, as: x.elementType))
    default:
      return call.result(
        ONNXTensor(try convolved(call, try x.doublesOnly(), try weight.doublesOnly(), try bias?.doublesOnly())))
    }
  }

  /// A convolution with the node's attributes.
  static func convolved<Scalar: NetScalar>(
    _ call: OperatorCall, _ x: Tensor<Scalar>, _ weight: Tensor<Scalar>, _ bias: Tensor<Scalar>?
  ) throws -> Tensor<Scalar> {
    let groups = call.integer("group", 1)
    guard (3...5).contains(x.rank), weight.rank == x.rank, groups > 0, x.shape[1] == weight.shape[1] * groups,
      weight.shape[0].isMultiple(of: groups), bias == nil || bias!.shape == [weight.shape[0]]
    else {
      throw ONNXError(
        "A convolution in \(groups) groups of an input \(x.shape) by weights \(weight.shape) and a bias \(bias?.shape ?? []) is not possible; inputs have one to three axes besides samples and channels."
      )
    }
    let window = try Window(call, kernel: Array(weight.shape[2...]), lengths: Array(x.shape[2...]))
    let output = window.kernel.indices.map { axis in
      let room = x.shape[axis + 2] + window.before[axis] + window.after[axis] - window.extent(axis)
      return room < 0 ? 0 : room / window.strides[axis] + 1
    }
    let shape = [x.shape[0], weight.shape[0]] + output
    try Extent.count(shape)
    try Extent.count([x.shape[1]] + window.kernel + output)
    guard (window.before + window.after).allSatisfy({ $0 >= 0 }) else {
      throw ONNXError("Pads are 0 or more; found \(window.before) and \(window.after).")
    }
    guard shape.reduce(1, *) > 0, weight.shape[1] > 0 else {
      throw ONNXError("The kernel \(window.kernel) does not fit \(x.shape).")
    }
    let summands = bias.map { Variable($0) }
    switch window.kernel.count {
    case 1:
      let wide = Variable(x).addingAxis(2).convolved(
        Variable(weight).addingAxis(2), summands, stride: (1, window.strides[0]),
        padding: .each([0, window.before[0]], [0, window.after[0]]), dilation: (1, window.dilations[0]), groups: groups)
      return wide.value.reshaped(to: shape)
    case 2: return plane(Variable(x), Variable(weight), summands, window, groups).value
    default: return try volume(x, weight, bias, window, groups, shape)
    }
  }

  private static func plane<Scalar>(
    _ x: Variable<Scalar>, _ weight: Variable<Scalar>, _ bias: Variable<Scalar>?, _ window: Window, _ groups: Int
  ) -> Variable<Scalar> {
    let last = window.kernel.count - 1
    return x.convolved(
      weight, bias, stride: (window.strides[last - 1], window.strides[last]),
      padding: .each([window.before[last - 1], window.before[last]], [window.after[last - 1], window.after[last]]),
      dilation: (window.dilations[last - 1], window.dilations[last]), groups: groups)
  }

  /// Each plane of the result is a sum of convolutions of planes.
  private static func volume<Scalar: NetScalar>(
    _ x: Tensor<Scalar>, _ weight: Tensor<Scalar>, _ bias: Tensor<Scalar>?, _ window: Window, _ groups: Int,
    _ shape: [Int]
  ) throws -> Tensor<Scalar> {
    let planes = (0..<shape[2]).map { depth -> Variable<Scalar> in
      var sum = Variable(Tensor<Scalar>.zeros(shape: [shape[0], shape[1], shape[3], shape[4]]))
      for k in 0..<window.kernel[0] {
        let source = depth * window.strides[0] + k * window.dilations[0] - window.before[0]
        guard source >= 0, source < x.shape[2] else { continue }
        sum += plane(Variable(x).part(source, axis: 2), Variable(weight).part(k, axis: 2), nil, window, groups)
      }
      return sum
    }
    let result = Variable.stacked(planes, axis: 2).value
    return bias.map { result + $0.reshaped(-1, 1, 1, 1) } ?? result
  }

  /// Every element of the input adds a kernel to the output, in any number of dimensions.
  private static func transposed(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, weight) = (try call.floating(0), try call.floating(1))
    let groups = call.integer("group", 1)
    guard x.rank >= 3, weight.rank == x.rank, groups > 0, x.shape[1] == weight.shape[0],
      x.shape[1].isMultiple(of: groups)
    else {
      throw ONNXError("A transposed convolution of \(x.shape) by \(weight.shape) in \(groups) groups is not possible.")
    }
    let lengths = Array(x.shape[2...])
    var window = try Window(call, kernel: Array(weight.shape[2...]), lengths: lengths)
    let extra = call.integers("output_padding") ?? lengths.map { _ in 0 }
    let wanted = call.integers("output_shape").map { Array($0.suffix(lengths.count)) }
    guard extra.count == lengths.count, extra.allSatisfy({ $0 >= 0 && $0 < 1 << 24 }),
      (wanted ?? lengths).count == lengths.count
    else { throw ONNXError("The output's padding \(extra) or shape does not fit \(lengths.count) axes.") }
    let mode = call.text("auto_pad", "NOTSET")
    let output = lengths.indices.map { axis -> Int in
      let whole = (lengths[axis] - 1) * window.strides[axis] + extra[axis] + window.extent(axis)
      let isSame = mode.hasPrefix("SAME")
      guard wanted != nil || isSame else { return whole - window.before[axis] - window.after[axis] }
      let length = wanted?[axis] ?? lengths[axis] * window.strides[axis]
      let cut = max(0, whole - length)
      window.before[axis] = mode == "SAME_UPPER" ? cut / 2 : cut - cut / 2
      if mode != "SAME_UPPER" && mode != "SAME_LOWER" { window.before[axis] = cut / 2 }
      return length
    }
    let outputs = weight.shape[1] * groups
    let shape = [x.shape[0], outputs] + output
    try Extent.count(shape)
    let bias = try call.optionalNumbers(2)
    guard bias == nil || bias!.shape == [outputs] else { throw ONNXError("The bias is to have \(outputs) numbers.") }
    var result = [Double](repeating: 0, count: shape.reduce(1, *))
    let (source, factors) = (try x.numbers().scalars, try weight.numbers().scalars)
    let (inLength, outLength, kernelLength) = (lengths.reduce(1, *), output.reduce(1, *), window.kernel.reduce(1, *))
    let (inSteps, outSteps, kernelSteps) = (
      Extent.strides(lengths), Extent.strides(output), Extent.strides(window.kernel)
    )
    let perGroup = (x.shape[1] / groups, weight.shape[1])
    for place in 0..<inLength {
      for k in 0..<kernelLength {
        var (target, isInside) = (0, true)
        for axis in lengths.indices {
          let at =
            place / inSteps[axis] % lengths[axis] * window.strides[axis]
            + k / kernelSteps[axis] % window.kernel[axis] * window.dilations[axis] - window.before[axis]
          isInside = isInside && at >= 0 && at < output[axis]
          target += at * outSteps[axis]
        }
        guard isInside else { continue }
        for sample in 0..<x.shape[0] {
          for channel in 0..<x.shape[1] {
            let value = source[(sample * x.shape[1] + channel) * inLength + place]
            for own in 0..<perGroup.1 {
              let out = channel / perGroup.0 * perGroup.1 + own
              result[(sample * outputs + out) * outLength + target] +=
                value * factors[(channel * perGroup.1 + own) * kernelLength + k]
            }
          }
        }
      }
    }
    let sums = Matrix(result, shape: shape)
    return call.result(bias.map { sums + $0.reshaped(to: [-1] + lengths.map { _ in 1 }) } ?? sums, like: x)
  }

  /// Adds the columns of patches up where they came from.
  private static func columnsToImage(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let (image, kernel) = (try call.integers(1), try call.integers(2))
    try Extent.count(image)
    let window = try Window(call, kernel: kernel, lengths: image)
    let length = kernel.reduce(1, *)
    guard x.rank == 3, length > 0, x.shape[1].isMultiple(of: length) else {
      throw ONNXError("Columns of shape \(x.shape) do not fit a kernel \(kernel).")
    }
    let counts = image.indices.map { axis in
      max(0, (image[axis] + window.before[axis] + window.after[axis] - window.extent(axis)) / window.strides[axis] + 1)
    }
    let channels = x.shape[1] / length
    guard counts.reduce(1, *) == x.shape[2] else {
      throw ONNXError("\(x.shape[2]) columns are not the \(counts) of the image.")
    }
    let shape = [x.shape[0], channels] + image
    var result = [Double](repeating: 0, count: try Extent.count(shape))
    let source = try x.numbers().scalars
    let (imageSteps, kernelSteps, countSteps) = (Extent.strides(image), Extent.strides(kernel), Extent.strides(counts))
    let imageLength = image.reduce(1, *)
    for row in 0..<x.shape[0] * x.shape[1] {
      let (plane, k) = (row / length, row % length)
      for column in 0..<x.shape[2] {
        var (target, isInside) = (0, true)
        for axis in image.indices {
          let at =
            column / countSteps[axis] % counts[axis] * window.strides[axis]
            + k / kernelSteps[axis] % kernel[axis] * window.dilations[axis] - window.before[axis]
          isInside = isInside && at >= 0 && at < image[axis]
          target += at * imageSteps[axis]
        }
        if isInside { result[plane * imageLength + target] += source[row * x.shape[2] + column] }
      }
    }
    return call.result(Matrix(result, shape: shape), like: x)
  }
}
