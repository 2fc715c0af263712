import Foundation
import MartletNets
import MartletNumerics

/// Attention as one operator, with its caches and masks, and the rotation that tells it places.
enum AttentionOperators {
  static let table: [String: ONNXOperator] = ["Attention": attention, "RotaryEmbedding": rotate]

  /// `[samples, steps, heads · width]` as `[samples, heads, steps, width]`.
  private static func heads(_ x: ONNXTensor, _ count: Int?) throws -> Matrix {
    let numbers = try x.numbers()
    if x.rank == 4 { return numbers }
    guard x.rank == 3, let count, count > 0, x.shape[2].isMultiple(of: count) else {
      throw ONNXError("\(count ?? 0) heads do not divide an input of shape \(x.shape).")
    }
    return numbers.reshaped(x.shape[0], x.shape[1], count, x.shape[2] / count).transposed(axes: [0, 2, 1, 3])
  }

  private static func attention(_ call: OperatorCall) throws -> [ONNXValue] {
    let given = try call.floating(0)
    let q = try heads(given, call.optionalInteger("q_num_heads"))
    var k = try heads(try call.floating(1), call.optionalInteger("kv_num_heads"))
    var v = try heads(try call.floating(2), call.optionalInteger("kv_num_heads"))
    let (pastKey, pastValue) = (try call.optionalNumbers(4), try call.optionalNumbers(5))
    var past = 0
    if let pastKey, let pastValue {
      guard pastKey.rank == 4, pastValue.rank == 4, pastKey.shape[0] == k.shape[0], pastKey.shape[1] == k.shape[1],
        pastKey.shape[3] == k.shape[3], pastValue.shape[..<3] == pastKey.shape[..<3], pastValue.shape[3] == v.shape[3]
      else { throw ONNXError("A cache of \(pastKey.shape) and \(pastValue.shape) does not fit keys of \(k.shape).") }
      past = pastKey.shape[2]
      (k, v) = (.concatenated([pastKey, k], axis: 2), .concatenated([pastValue, v], axis: 2))
    }
    guard k.rank == 4, v.rank == 4, q.shape[0] == k.shape[0], k.shape[..<3] == v.shape[..<3], q.shape[3] == k.shape[3],
      k.shape[1] > 0, q.shape[1].isMultiple(of: k.shape[1]), q.shape[3] > 0
    else { throw ONNXError("Queries \(q.shape), keys \(k.shape) and values \(v.shape) do not fit each other.") }
    let (present, presentValues) = (k, v)
    let repeats = q.shape[1] / k.shape[1]
    if repeats > 1 { (k, v) = (k.repeated(repeats, axis: 1), v.repeated(repeats, axis: 1)) }
    let scale = call.number("scale", 1 / Double(q.shape[3]).squareRoot())
    var scores = try MatrixOperators.product(q * scale, k.transposed(axes: [0, 1, 3, 2]))
    let raw = scores
    let cap = call.number("softcap", 0)
    if cap > 0 { scores = scores.map { tanh($0 / cap) * cap } }
    let capped = scores
    let bias = try bias(call, scores.shape, past)
    let mode = call.integer("qk_matmul_output_mode", 0)
    scores += bias
    let weights = softmax(scores)
    let shown = mode == 0 && cap == 0 ? raw : mode <= 1 ? capped : mode == 2 ? scores : weights
    var output = try MatrixOperators.product(weights, v)
    if given.rank == 3 {
      output = output.transposed(axes: [0, 2, 1, 3]).reshaped(
        output.shape[0], output.shape[2], output.shape[1] * output.shape[3])
    }
    return [output, present, presentValues, shown].map { .tensor(ONNXTensor($0, as: given.elementType)) }
  }

  /// What is added to the scores: −∞ where a query may not look.
  private static func bias(_ call: OperatorCall, _ shape: [Int], _ past: Int) throws -> Matrix {
    let (samples, queries, keys) = (shape[0], shape[2], shape[3])
    var bias = Matrix.zeros(queries, keys)
    if let mask = try call.optional(3) {
      var added = try mask.numbers()
      if case .truths(let kept) = mask.elements { added = .where(kept, 0.0, -Double.infinity) }
      if let length = added.shape.last, length < keys {
        added = .concatenated([added, .full(-.infinity, shape: added.shape.dropLast() + [keys - length])], axis: -1)
      }
      guard try Extent.broadcast(added.shape, shape) == shape else {
        throw ONNXError("A mask of shape \(mask.shape) does not fit scores of shape \(shape).")
      }
      bias = bias + added
    }
    let lengths = try call.optionalIntegers(6)
    guard lengths == nil || lengths!.count == samples else { throw ONNXError("One length for each sample is needed.") }
    let isCausal = call.integer("is_causal", 0) == 1
    let (left, right) = (call.integer("left_window_size", -1), call.integer("right_window_size", -1))
    guard isCausal || left >= 0 || right >= 0 || lengths != nil else { return bias }
    var hidden: [Double] = []
    hidden.reserveCapacity(samples * queries * keys)
    for sample in 0..<samples {
      // How many keys are there before the first query.
      let offset = past > 0 || lengths == nil ? past : lengths![sample] &- queries
      for query in 0..<queries {
        for key in 0..<keys {
          let distance = query &+ offset &- key
          let isHidden =
            (isCausal && distance < 0) || (left >= 0 && distance > left)
            || (right >= 0 && key &- query &- offset > right)
            || (lengths.map { key >= $0[sample] } ?? false)
          hidden.append(isHidden ? -.infinity : 0)
        }
      }
    }
    return bias + Matrix(hidden, shape: [samples, 1, queries, keys])
  }

  /// Rows whose every score is −∞ become zeros.
  private static func softmax(_ scores: Matrix) -> Matrix {
    guard scores.count > 0 else { return scores }
    let width = scores.shape[3]
    var scalars = scores.scalars
    for row in 0..<scalars.count / width {
      let range = row * width..<(row + 1) * width
      let largest = scalars[range].max() ?? 0
      var sum = 0.0
      for i in range {
        scalars[i] = largest == -.infinity ? 0 : exp(scalars[i] - largest)
        sum += scalars[i]
      }
      if sum != 0 { for i in range { scalars[i] /= sum } }
    }
    return Matrix(scalars, shape: scores.shape)
  }

  /// Turns pairs of numbers by an angle that grows with the place.
  private static func rotate(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let count = call.integer("num_heads", 0)
    let parts = try x.rank == 4 ? x.numbers() : heads(x, count)
    let (samples, headCount, steps, width) = (parts.shape[0], parts.shape[1], parts.shape[2], parts.shape[3])
    let given = call.integer("rotary_embedding_dim", 0)
    let turned = given == 0 ? width : given
    let half = turned / 2
    let (cosines, sines) = (try call.numbers(1), try call.numbers(2))
    guard turned > 0, turned <= width, turned.isMultiple(of: 2), cosines.shape == sines.shape,
      cosines.shape.last == half
    else {
      throw ONNXError(
        "Cosines of shape \(cosines.shape) do not fit heads of width \(width), of which \(turned) are turned.")
    }
    let places = try call.optional(3)?.integers()
    guard places.map({ $0.shape == [samples, steps] }) ?? (cosines.shape == [samples, steps, half]) else {
      throw ONNXError("Places for [\(samples), \(steps)] are needed.")
    }
    let rows = cosines.count / half
    let table = (cosines.scalars, sines.scalars)
    let numbers = places?.scalars
    guard numbers?.allSatisfy({ $0 >= 0 && $0 < rows }) ?? true else {
      throw ONNXError("A place is outside the \(rows) rows.")
    }
    let isInterleaved = call.integer("interleaved", 0) == 1
    var scalars = parts.scalars
    for head in 0..<samples * headCount {
      for step in 0..<steps {
        let place = head / headCount * steps + step
        let row = (numbers?[place] ?? place) * half
        let start = (head * steps + step) * width
        for i in 0..<half {
          let (a, b) = isInterleaved ? (start + 2 * i, start + 2 * i + 1) : (start + i, start + half + i)
          let (c, s, p, q) = (table.0[row + i], table.1[row + i], scalars[a], scalars[b])
          (scalars[a], scalars[b]) = (c * p - s * q, s * p + c * q)
        }
      }
    }
    let result = Matrix(scalars, shape: parts.shape)
    return call.result(x.rank == 4 ? result : result.transposed(axes: [0, 2, 1, 3]).reshaped(to: x.shape), like: x)
  }
}
