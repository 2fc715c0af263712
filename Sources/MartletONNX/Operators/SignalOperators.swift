import CMartletRuntime
import Foundation
import MartletNumerics

/// Windows and frequencies of signals.
enum SignalOperators {
  static let table: [String: ONNXOperator] = [
    "HannWindow": { try window($0) { sin(.pi * $0) * sin(.pi * $0) } },
    "HammingWindow": { try window($0) { 25.0 / 46 - 21.0 / 46 * cos(2 * .pi * $0) } },
    "BlackmanWindow": { try window($0) { 0.42 - 0.5 * cos(2 * .pi * $0) + 0.08 * cos(4 * .pi * $0) } },
    "DFT": transform, "STFT": shortTransform, "MelWeightMatrix": melWeights,
  ]

  private static func window(_ call: OperatorCall, _ function: (Double) -> Double) throws -> [ONNXValue] {
    let size = try call.integer(0)
    try Extent.count([size])
    let length = Double(call.integer("periodic", 1) == 1 ? size : size - 1)
    let numbers = Matrix((0..<size).map { length == 0 ? 1 : function(Double($0) / length) })
    return call.result(try ONNXTensor(numbers).cast(to: try call.elementType("output_datatype") ?? .float))
  }

  /// The sums `∑ₙ xₙ e^(∓2πikn/length)` of a row of pairs, by their definition.
  /// - Complexity: O(length · wanted).
  private static func frequencies(
    _ signal: [(Double, Double)], length: Int, wanted: Int, isInverse: Bool
  ) -> [(Double, Double)] {
    let turns = (0..<length).map {
      (cos(2 * .pi * Double($0) / Double(length)), sin(2 * .pi * Double($0) / Double(length)))
    }
    let sign = isInverse ? 1.0 : -1.0
    return (0..<wanted).map { k in
      martlet_poll()
      var (real, imaginary) = (0.0, 0.0)
      var place = 0
      for n in 0..<min(length, signal.count) {
        let (c, s) = (turns[place].0, sign * turns[place].1)
        real += signal[n].0 * c - signal[n].1 * s
        imaginary += signal[n].0 * s + signal[n].1 * c
        place += k
        if place >= length { place -= length }
      }
      let scale = isInverse ? 1 / Double(length) : 1
      return (real * scale, imaginary * scale)
    }
  }

  private static func transform(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    // The last axis holds the real and the imaginary part.
    guard x.rank >= 2, let parts = x.shape.last, parts == 1 || parts == 2 else {
      throw ONNXError("A signal's last axis has one number or two; the shape is \(x.shape).")
    }
    let given = try call.optionalIntegers(2)?.first ?? call.integer("axis", call.version < 20 ? 1 : -2)
    let axis = try Extent.axis(given, x.rank)
    guard axis < x.rank - 1 else { throw ONNXError("The axis \(given) holds the parts of a number.") }
    let (isInverse, isHalf) = (call.integer("inverse", 0) == 1, call.integer("onesided", 0) == 1)
    let natural = isInverse && isHalf ? 2 * (x.shape[axis] - 1) : x.shape[axis]
    let length = try call.optionalIntegers(1)?.first ?? natural
    guard length > 0 else { throw ONNXError("A transform of length \(length) is asked for.") }
    try Extent.count([length, max(x.count / max(x.shape[axis], 1), 1)])
    let wanted = isHalf && !isInverse ? length / 2 + 1 : length
    let order = x.shape.indices.filter { $0 != axis && $0 != x.rank - 1 } + [axis, x.rank - 1]
    let scalars = try x.transposed(order).numbers().scalars
    let own = x.shape[axis]
    let outParts = isHalf && isInverse ? 1 : 2
    var result: [Double] = []
    for row in 0..<(own > 0 ? scalars.count / (own * parts) : 0) {
      var signal = (0..<own).map { n -> (Double, Double) in
        let place = (row * own + n) * parts
        return (scalars[place], parts == 2 ? scalars[place + 1] : 0)
      }
      // The other half of a real signal's frequencies mirrors this one.
      if isHalf && isInverse {
        signal = (0..<length).map { k in
          let mirrored = length - k
          if k < signal.count && k <= length / 2 { return signal[k] }
          return mirrored < signal.count ? (signal[mirrored].0, -signal[mirrored].1) : (0, 0)
        }
      }
      for (real, imaginary) in frequencies(signal, length: length, wanted: wanted, isInverse: isInverse) {
        result.append(real)
        if outParts == 2 { result.append(imaginary) }
      }
    }
    let moved = order.dropLast(2).map { x.shape[$0] } + [wanted, outParts]
    let back = x.shape.indices.map { order.firstIndex(of: $0)! }  // the order has every axis
    return call.result(Matrix(result, shape: moved).transposed(axes: back), like: x)
  }

  private static func shortTransform(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let step = try call.integer(1)
    let window = try call.optionalNumbers(2)?.scalars
    guard x.rank == 2 || x.rank == 3, step > 0 else {
      throw ONNXError("A signal [samples, length, 1 or 2] and a step are needed; found \(x.shape).")
    }
    let parts = x.rank == 3 ? x.shape[2] : 1
    let (samples, total) = (x.shape[0], x.shape[1])
    let length = try call.optionalIntegers(3)?.first ?? window?.count ?? total
    guard length > 0, length <= total, window == nil || window!.count == length, parts == 1 || parts == 2 else {
      throw ONNXError("Frames of \(length) do not fit a signal of shape \(x.shape).")
    }
    let frames = 1 + (total - length) / step
    let wanted = call.integer("onesided", 1) == 1 ? length / 2 + 1 : length
    try Extent.count([samples, frames, length])
    let scalars = try x.numbers().scalars
    var result: [Double] = []
    for sample in 0..<samples {
      for frame in 0..<frames {
        let signal = (0..<length).map { n -> (Double, Double) in
          let place = (sample * total + frame * step + n) * parts
          let weight = window?[n] ?? 1
          return (scalars[place] * weight, parts == 2 ? scalars[place + 1] * weight : 0)
        }
        for (real, imaginary) in frequencies(signal, length: length, wanted: wanted, isInverse: false) {
          result += [real, imaginary]
        }
      }
    }
    return call.result(Matrix(result, shape: [samples, frames, wanted, 2]), like: x)
  }

  /// Triangles over frequencies that are evenly spaced for the ear.
  private static func melWeights(_ call: OperatorCall) throws -> [ONNXValue] {
    let (bands, length, rate) = (try call.integer(0), try call.integer(1), try call.integer(2))
    let (low, high) = (try call.numbers(3).scalar1, try call.numbers(4).scalar1)
    guard bands > 0, length > 0, rate > 0, low >= 0, high > low, high <= Double(rate) else {
      throw ONNXError("Bands between \(low) and \(high) Hz are not possible.")
    }
    let bins = length / 2 + 1
    try Extent.count([bins, bands])
    func mel(_ hertz: Double) -> Double { 2595 * log1p(hertz / 700) / log(10) }
    let step = (mel(high) - mel(low)) / Double(bands + 2)
    let borders = (0..<bands + 2).map { band in
      let hertz = 700 * expm1((Double(band) * step + mel(low)) / 2595 * log(10))
      return Int((Double(length + 1) * hertz / Double(rate)).rounded(.down))
    }
    guard borders.allSatisfy({ $0 < bins }) else { throw ONNXError("\(high) Hz are beyond half of the rate \(rate).") }
    var result = [Double](repeating: 0, count: bins * bands)
    for band in 0..<bands {
      let (left, centre, right) = (borders[band], borders[band + 1], borders[band + 2])
      if left == centre { result[centre * bands + band] = 1 }
      for bin in left..<centre + 1 where left < centre {
        result[bin * bands + band] = Double(bin - left) / Double(centre - left)
      }
      for bin in centre..<right { result[bin * bands + band] = Double(right - bin) / Double(right - centre) }
    }
    let matrix = ONNXTensor(Matrix(result, shape: [bins, bands]))
    return call.result(try matrix.cast(to: try call.elementType("output_datatype") ?? .float))
  }
}
