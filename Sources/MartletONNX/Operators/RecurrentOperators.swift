import Foundation
import MartletNets
import MartletNumerics

/// Recurrent layers with the activations that ONNX allows for them.
enum RecurrentOperators {
  static let table: [String: ONNXOperator] = [
    "RNN": { try run($0, gates: 1) }, "GRU": { try run($0, gates: 3) }, "LSTM": { try run($0, gates: 4) },
  ]

  private static func run(_ call: OperatorCall, gates: Int) throws -> [ONNXValue] {
    switch try call.floating(0).elements {
    case .floats: try Layer<Float>(call, gates: gates).run()
    default: try Layer<Double>(call, gates: gates).run()
    }
  }

  /// One layer, of one direction or two, over a whole sequence.
  private struct Layer<Scalar: NetScalar> {
    let call: OperatorCall
    let gates: Int
    let type: ONNXElementType
    /// `[steps, samples, inputs]`
    let x: Tensor<Scalar>
    let weight, recurrent: Tensor<Scalar>
    let bias, peepholes: Tensor<Scalar>?
    let start, startCells: Tensor<Scalar>?
    let lengths: [Int]
    let units, directions: Int
    let isBatchFirst: Bool
    let activations: [(Scalar) -> Scalar]

    init(_ call: OperatorCall, gates: Int) throws {
      (self.call, self.gates) = (call, gates)
      let input = try call.floating(0)
      type = input.elementType
      isBatchFirst = call.integer("layout", 0) == 1
      guard input.rank == 3 else {
        throw ONNXError("A recurrent layer needs [steps, samples, inputs]; found \(input.shape).")
      }
      func given(_ place: Int, isState: Bool = false) throws -> Tensor<Scalar>? {
        guard let tensor = try call.optional(place) else { return nil }
        return try (isState && call.integer("layout", 0) == 1 ? tensor.transposed([1, 0, 2]) : tensor).scalars(
          as: Scalar.self)
      }
      x = try (isBatchFirst ? input.transposed([1, 0, 2]) : input).scalars(as: Scalar.self)
      (weight, recurrent) = (try call.tensor(1).scalars(as: Scalar.self), try call.tensor(2).scalars(as: Scalar.self))
      (bias, start) = (try given(3), try given(5, isState: true))
      (startCells, peepholes) = gates == 4 ? (try given(6, isState: true), try given(7)) : (nil, nil)
      guard recurrent.rank == 3, weight.rank == 3 else {
        throw ONNXError("Weights have three axes; found \(weight.shape).")
      }
      (directions, units) = (recurrent.shape[0], recurrent.shape[2])
      let (steps, samples) = (x.shape[0], x.shape[1])
      lengths = try call.optionalIntegers(4) ?? [Int](repeating: steps, count: samples)
      let direction = call.text("direction", "forward")
      let stateShape = [directions, samples, units]
      let states = [start, startCells].compactMap { $0?.shape }
      guard weight.shape == [directions, gates * units, x.shape[2]], recurrent.shape[1] == gates * units,
        directions == (direction == "bidirectional" ? 2 : 1),
        bias == nil || bias!.shape == [directions, 2 * gates * units],
        peepholes == nil || peepholes!.shape == [directions, 3 * units],
        states.allSatisfy({ $0 == stateShape }), units > 0, x.shape[2] > 0, samples > 0,
        lengths.count == samples, lengths.allSatisfy({ (0...steps).contains($0) })
      else {
        throw ONNXError(
          "Weights \(weight.shape) and \(recurrent.shape), their biases and states do not fit the input \(input.shape)."
        )
      }
      let standard = gates == 4 ? ["Sigmoid", "Tanh", "Tanh"] : gates == 3 ? ["Sigmoid", "Tanh"] : ["Tanh"]
      let names = call.texts("activations") ?? (0..<directions).flatMap { _ in standard }
      let (alphas, betas) = (call.numbers("activation_alpha"), call.numbers("activation_beta"))
      guard names.count == standard.count * directions else {
        throw ONNXError("\(standard.count) activations for each direction are needed.")
      }
      let limit = call.number("clip", .infinity)
      activations = try names.enumerated().map { place, name in
        let function = try RecurrentOperators.activation(
          name, alphas.flatMap { place < $0.count ? $0[place] : nil },
          betas.flatMap { place < $0.count ? $0[place] : nil })
        return { Scalar(function(max(-limit, min(limit, Double($0))))) }
      }
    }

    func run() throws -> [ONNXValue] {
      let (steps, samples) = (x.shape[0], x.shape[1])
      var outputs = [Scalar](repeating: 0, count: try Extent.count([steps, directions, samples, units]))
      var (last, lastCells): ([Scalar], [Scalar]) = ([], [])
      for direction in 0..<directions {
        let isReversed = call.text("direction", "forward") == "reverse" || direction == 1
        var state = start.map { $0.row(direction).scalars } ?? [Scalar](repeating: 0, count: samples * units)
        var cells = startCells.map { $0.row(direction).scalars } ?? [Scalar](repeating: 0, count: samples * units)
        let width = gates * units
        let biases = bias?.row(direction).scalars ?? [Scalar](repeating: 0, count: 2 * width)
        let columns = recurrent.row(direction).transposed()
        // All steps' products with the inputs at once.
        let fromInput = steps > 0 ? (x.reshaped(-1, x.shape[2]) • weight.row(direction).transposed()).scalars : []
        for time in 0..<steps {
          let fromState = (Tensor(state, shape: [samples, units]) • columns).scalars
          for sample in 0..<samples where time < lengths[sample] {
            let step = isReversed ? lengths[sample] - 1 - time : time
            let input = (step * samples + sample) * width
            cell(direction, sample, input, fromInput, fromState, biases, columns, &state, &cells)
            let target = ((step * directions + direction) * samples + sample) * units
            for k in 0..<units { outputs[target + k] = state[sample * units + k] }
          }
        }
        last += state
        lastCells += cells
      }
      var sequence = Tensor(outputs, shape: [steps, directions, samples, units])
      var states = [last, lastCells].prefix(gates == 4 ? 2 : 1).map { Tensor($0, shape: [directions, samples, units]) }
      if isBatchFirst {
        sequence = sequence.transposed(axes: [2, 0, 1, 3])
        states = states.map { $0.transposed(axes: [1, 0, 2]) }
      }
      return ([sequence] + states).map { .tensor(ONNXTensor(scalars: $0, as: type)) }
    }

    private func cell(
      _ direction: Int, _ sample: Int, _ input: Int, _ fromInput: [Scalar], _ fromState: [Scalar], _ bias: [Scalar],
      _ columns: Tensor<Scalar>, _ state: inout [Scalar], _ cells: inout [Scalar]
    ) {
      let (width, own) = (gates * units, sample * units)
      let functions = Array(
        activations[direction * activations.count / directions..<(direction + 1) * activations.count / directions])
      func sum(_ gate: Int, _ k: Int) -> Scalar {
        let place = gate * units + k
        return fromInput[input + place] + fromState[sample * width + place] + bias[place] + bias[width + place]
      }
      switch gates {
      case 1:
        for k in 0..<units { state[own + k] = functions[0](sum(0, k)) }
      case 3:
        let update = (0..<units).map { functions[0](sum(0, $0)) }
        let reset = (0..<units).map { functions[0](sum(1, $0)) }
        let before = Array(state[own..<own + units])
        var hidden: [Scalar]
        if call.integer("linear_before_reset", 0) == 1 {
          hidden = (0..<units).map {
            reset[$0] * (fromState[sample * width + 2 * units + $0] + bias[width + 2 * units + $0])
          }
        } else {
          let kept = Tensor((0..<units).map { reset[$0] * before[$0] }, shape: [1, units])
          hidden = (kept • columns[.all, 2 * units..<3 * units]).scalars
          for k in 0..<units { hidden[k] += bias[width + 2 * units + k] }
        }
        for k in 0..<units {
          let new = functions[1](fromInput[input + 2 * units + k] + bias[2 * units + k] + hidden[k])
          state[own + k] = (1 - update[k]) * new + update[k] * before[k]
        }
      default:
        let peepholes = peepholes?.row(direction).scalars
        let isCoupled = call.integer("input_forget", 0) == 1
        for k in 0..<units {
          let old = cells[own + k]
          let enter = functions[0](sum(0, k) + (peepholes?[k] ?? 0) * old)
          let keep = isCoupled ? 1 - enter : functions[0](sum(2, k) + (peepholes?[2 * units + k] ?? 0) * old)
          let new = keep * old + enter * functions[1](sum(3, k))
          let leave = functions[0](sum(1, k) + (peepholes?[units + k] ?? 0) * new)
          cells[own + k] = new
          state[own + k] = leave * functions[2](new)
        }
      }
    }
  }

  private static func activation(_ name: String, _ alpha: Double?, _ beta: Double?) throws -> (Double) -> Double {
    switch name.lowercased() {
    case "sigmoid": return { 1 / (1 + exp(-$0)) }
    case "tanh": return { tanh($0) }
    case "relu": return { max(0, $0) }
    case "affine": return { (alpha ?? 1) * $0 + (beta ?? 0) }
    case "leakyrelu": return { $0 < 0 ? (alpha ?? 0.01) * $0 : $0 }
    case "thresholdedrelu": return { $0 > (alpha ?? 1) ? $0 : 0 }
    case "scaledtanh": return { (alpha ?? 1) * tanh((beta ?? 1) * $0) }
    case "hardsigmoid": return { max(0, min(1, (alpha ?? 0.2) * $0 + (beta ?? 0.5))) }
    case "elu": return { $0 < 0 ? (alpha ?? 1) * expm1($0) : $0 }
    case "softsign": return { $0 / (1 + abs($0)) }
    case "softplus": return { max(0, $0) + log1p(exp(-abs($0))) }
    default: throw ONNXError("The activation '\(name)' is not known.")
    }
  }
}
