import CVectorMath
import MartletNumerics

/// What a recurrent layer does at one step, with PyTorch's order of gates.
///
/// With `a` for what the input gives and `b` for what the hidden state before gives:
/// - `tanh`, `relu`: `h = f(a + b)`
/// - `lstm`: `i, f, o = σ(a + b)`, `g = tanh(a + b)`, `c = f · c₋ + i · g`, `h = o · tanh(c)`; gates `i, f, g, o`
/// - `gru`: `r, z = σ(a + b)`, `n = tanh(a + r · b)`, `h = (1 − z) · n + z · h₋`; gates `r, z, n`
enum RecurrentCell: Sendable {
  case tanh, relu, lstm, gru

  /// How many sums are made for each unit.
  var gates: Int {
    switch self {
    case .tanh, .relu: 1
    case .lstm: 4
    case .gru: 3
    }
  }

  /// How many numbers are kept for each unit, so that gradients need not compute them again.
  var kept: Int {
    switch self {
    case .tanh, .relu: 1
    case .lstm: 5
    case .gru: 4
    }
  }
}

/// Where one sample's numbers of one step lie, on the way forward.
struct RecurrentStep<Scalar: NetScalar> {
  let units: Int
  /// What the input gives and what the state before gives, for each gate and unit.
  let fromInput, fromState: UnsafePointer<Scalar>
  let stateBefore: UnsafePointer<Scalar>
  let state: UnsafeMutablePointer<Scalar>
  /// The cells before and after; only an LSTM has any.
  let cellBefore: UnsafePointer<Scalar>
  let cell: UnsafeMutablePointer<Scalar>
  let kept: UnsafeMutablePointer<Scalar>

  /// After the sample's last step everything stays as it is.
  @inline(__always)
  func stay(_ rule: RecurrentCell) {
    state.update(from: stateBefore, count: units)
    if rule == .lstm { cell.update(from: cellBefore, count: units) }
  }

  @inline(__always)
  func forward(_ rule: RecurrentCell) {
    switch rule {
    case .tanh:
      for i in 0..<units { state[i] = fromInput[i] + fromState[i] }
      Scalar._apply(.tanh, state, state, units)
      for i in 0..<units { kept[i] = 1 - state[i] * state[i] }
    case .relu:
      for i in 0..<units {
        let sum = fromInput[i] + fromState[i]
        state[i] = sum < 0 ? 0 : sum
        kept[i] = sum > 0 ? 1 : 0
      }
    case .lstm: longShortTermMemory()
    case .gru: gatedUnit()
    }
  }

  @inline(__always)
  private func longShortTermMemory() {
    if Scalar.self == Float.self {
      let step = unsafeBitCast(self, to: RecurrentStep<Float>.self)  // the same type, which is not known as such
      return martlet_lstm_step(
        units, step.fromInput, step.fromState, step.cellBefore, step.cell, step.state, step.kept)
    }
    for i in 0..<4 &* units { kept[i] = fromInput[i] + fromState[i] }
    let (input, forget, new, output) = (kept, kept + units, kept + 2 &* units, kept + 3 &* units)
    ElementwiseKernels.sigmoid(input, input, 2 &* units)
    Scalar._apply(.tanh, new, new, units)
    ElementwiseKernels.sigmoid(output, output, units)
    for i in 0..<units { cell[i] = forget[i] * cellBefore[i] + input[i] * new[i] }
    let bent = kept + 4 &* units
    Scalar._apply(.tanh, cell, bent, units)
    for i in 0..<units { state[i] = output[i] * bent[i] }
  }

  @inline(__always)
  private func gatedUnit() {
    let (reset, update, new, recurrent) = (kept, kept + units, kept + 2 &* units, kept + 3 &* units)
    for i in 0..<2 &* units { kept[i] = fromInput[i] + fromState[i] }
    ElementwiseKernels.sigmoid(reset, reset, 2 &* units)
    for i in 0..<units {
      recurrent[i] = fromState[2 &* units &+ i]
      new[i] = fromInput[2 &* units &+ i] + reset[i] * recurrent[i]
    }
    Scalar._apply(.tanh, new, new, units)
    for i in 0..<units { state[i] = (1 - update[i]) * new[i] + update[i] * stateBefore[i] }
  }
}

/// Where one sample's numbers of one step lie, on the way back.
struct RecurrentStepBack<Scalar: NetScalar> {
  let units: Int
  let kept, stateBefore, cellBefore: UnsafePointer<Scalar>
  /// The slope of the loss along the state and the cell after the step; replaced by those before it, but for what flows
  /// through the state's sums.
  let state, cell: UnsafeMutablePointer<Scalar>
  /// The slopes along what the input and the state before gave; one and the same but for a GRU.
  let fromInput, fromState: UnsafeMutablePointer<Scalar>

  /// What stays as it is hands its slopes on.
  @inline(__always)
  func stay(_ rule: RecurrentCell) {
    fromInput.update(repeating: 0, count: rule.gates * units)
    if rule == .gru { fromState.update(repeating: 0, count: rule.gates * units) }
  }

  @inline(__always)
  func backward(_ rule: RecurrentCell) {
    switch rule {
    case .tanh, .relu:
      for i in 0..<units {
        fromInput[i] = state[i] * kept[i]
        state[i] = 0
      }
    case .lstm: longShortTermMemory()
    case .gru: gatedUnit()
    }
  }

  @inline(__always)
  private func longShortTermMemory() {
    if Scalar.self == Float.self {
      let step = unsafeBitCast(self, to: RecurrentStepBack<Float>.self)  // the same type, which is not known as such
      return martlet_lstm_step_back(units, step.kept, step.cellBefore, step.state, step.cell, step.fromInput)
    }
    for k in 0..<units {
      let (i, f) = (kept[k], kept[units &+ k])
      let (g, o, bent) = (kept[2 &* units &+ k], kept[3 &* units &+ k], kept[4 &* units &+ k])
      let slope = cell[k] + state[k] * o * (1 - bent * bent)
      fromInput[k] = slope * g * i * (1 - i)
      fromInput[units &+ k] = slope * cellBefore[k] * f * (1 - f)
      fromInput[2 &* units &+ k] = slope * i * (1 - g * g)
      fromInput[3 &* units &+ k] = state[k] * bent * o * (1 - o)
      cell[k] = slope * f
      state[k] = 0
    }
  }

  @inline(__always)
  private func gatedUnit() {
    for k in 0..<units {
      let (r, z) = (kept[k], kept[units &+ k])
      let (n, recurrent) = (kept[2 &* units &+ k], kept[3 &* units &+ k])
      let new = state[k] * (1 - z) * (1 - n * n)
      fromInput[k] = new * recurrent * r * (1 - r)
      fromInput[units &+ k] = state[k] * (stateBefore[k] - n) * z * (1 - z)
      fromInput[2 &* units &+ k] = new
      fromState[k] = fromInput[k]
      fromState[units &+ k] = fromInput[units &+ k]
      fromState[2 &* units &+ k] = new * r
      state[k] *= z
    }
  }
}
