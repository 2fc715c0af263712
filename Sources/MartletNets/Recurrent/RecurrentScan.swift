import CMartletRuntime
import MartletNumerics

/// A recurrent cell over all steps of a sequence: one entry on the tape, whose pullback goes back through time.
///
/// Reference: Werbos (1990), Backpropagation through time: what it does and how to do it.
struct RecurrentScan<Scalar: NetScalar>: @unchecked Sendable {
  // Unchecked: the pieces of work on several threads touch different samples.
  let rule: RecurrentCell
  let steps: Int
  let samples: Int
  let units: Int
  /// How many steps each sample has, where they are not all as long: a state stays as it is after its sample's last step.
  var lengths: [Int]?

  /// What the way forward leaves for the way back: the states and cells before each step and after the last, and what the
  /// cells have kept.
  struct Trace {
    /// Shape `[steps + 2, samples, units]`: behind the last state comes the last cell of an LSTM, so that both are one value.
    var states: Tensor<Scalar>
    /// Shape `[steps + 1, samples, units]` for an LSTM; a single block for others, which is never looked at.
    var cells: Tensor<Scalar>
    /// Shape `[steps, samples, kept · units]`.
    var kept: Tensor<Scalar>
  }

  private var width: Int { rule.gates * units }
  private var block: Int { samples * units }
  private var hasCells: Bool { rule == .lstm }

  /// - Parameters:
  ///   - x: what the input gives, shape `[steps, samples, gates · units]`.
  ///   - weight: shape `[gates · units, units]`.
  ///   - bias: shape `[gates · units]`.
  ///   - state: the start, shape `[samples, units]`; so is `cell`.
  func forward(
    _ x: Tensor<Scalar>, _ weight: Tensor<Scalar>, _ bias: Tensor<Scalar>?, _ state: Tensor<Scalar>,
    _ cell: Tensor<Scalar>?
  ) -> Trace {
    var (cells, kept) = (Tensor<Scalar>(scalar: 0), Tensor<Scalar>(scalar: 0))
    // Read in every step, row by row.
    let (weight, bias) = (weight.transposed().compacted(), bias ?? .zeros(width))
    let states = Tensor<Scalar>.filled(shape: [steps + 2, samples, units]) { states in
      cells = .filled(shape: [hasCells ? steps + 1 : 1, samples, units]) { cells in
        kept = .filled(shape: [steps, samples, rule.kept * units]) { kept in
          state.withElements { states.update(from: $0, count: block) }
          cell?.withElements { cells.update(from: $0, count: block) }
          x.withElements { x in
            weight.withElements { weight in
              bias.withElements { bias in
                let memory = ForwardMemory(
                  x: x, weight: weight, bias: bias, states: states, cells: cells, kept: kept)
                forEachPiece { forward(memory, $0) }
              }
            }
          }
          let last = states + (steps + 1) * block
          if hasCells { last.update(from: cells + steps * block, count: block) } else { Kernels.fill(last, 0, block) }
        }
      }
    }
    return Trace(states: states, cells: cells, kept: kept)
  }

  /// Where everything lies on the way forward.
  private struct ForwardMemory {
    let x, weight, bias: UnsafePointer<Scalar>
    let states, cells, kept: UnsafeMutablePointer<Scalar>
  }

  /// All steps of some samples, which know nothing of the others.
  private func forward(_ memory: ForwardMemory, _ range: Range<Int>) {
    let sums = UnsafeMutablePointer<Scalar>.allocate(capacity: range.count * width)
    defer { sums.deallocate() }
    let first = range.lowerBound * units
    for step in 0..<steps {
      let (before, after) = (step * block + first, (step + 1) * block + first)
      Kernels.repeatRow(memory.bias, sums, rows: range.count, width: width)
      Scalar._accumulateProduct(
        _ProductFactor(start: memory.states + before, rowLength: units),
        _ProductFactor(start: memory.weight, rowLength: width),
        _ProductTarget(start: sums, rowLength: width, m: range.count, n: width, k: units, adding: true))
      let place = step * samples + range.lowerBound
      let next = RecurrentStep(
        units: units, fromInput: memory.x + place * width, fromState: sums,
        stateBefore: memory.states + before, state: memory.states + after,
        cellBefore: memory.cells + (hasCells ? before : first), cell: memory.cells + (hasCells ? after : first),
        kept: memory.kept + place * rule.kept * units)
      Self.forwardSamples(rule, next, range.count, over: samplesOver(range, at: step))
    }
  }

  /// The slopes of the loss along everything that `forward` was given.
  struct Slopes {
    var input: Tensor<Scalar>
    var weight: Tensor<Scalar>
    var bias: Tensor<Scalar>
    var state: Tensor<Scalar>
    var cell: Tensor<Scalar>
  }

  /// - Parameters:
  ///   - gradient: along the states after each step, and behind them along the last cell: shape `[steps + 1, samples, units]`.
  ///     Without `hasLastCell` that of the cell is 0.
  func backward(
    _ trace: Trace, _ weight: Tensor<Scalar>, _ gradient: Tensor<Scalar>, hasLastCell: Bool
  ) -> Slopes {
    var state = Tensor<Scalar>.zeros(samples, units)
    var cell = hasLastCell ? gradient.row(steps).compacted() : .zeros(samples, units)
    // The sums' slopes are the same, unless a gate comes between them.
    var fromState: Tensor<Scalar>?
    let fromInput = Tensor<Scalar>.filled(shape: [steps, samples, width]) { fromInput in
      func run(_ fromState: UnsafeMutablePointer<Scalar>) {
        state.withMutableElements { state in
          cell.withMutableElements { cell in
            gradient.withElements { gradient in
              trace.states.withElements { states in
                trace.cells.withElements { cells in
                  trace.kept.withElements { kept in
                    weight.withElements { weight in
                      let memory = BackwardMemory(
                        gradient: gradient, weight: weight, states: states, cells: cells, kept: kept, state: state,
                        cell: cell, fromInput: fromInput, fromState: fromState)
                      forEachPiece { backward(memory, $0) }
                    }
                  }
                }
              }
            }
          }
        }
      }
      if rule == .gru {
        fromState = .filled(shape: [steps, samples, width]) { run($0) }
      } else {
        run(fromInput)
      }
    }
    // All steps' parts of the weights' gradient in one product.
    let before = trace.states[0..<steps].reshaped(-1, units)
    let rows = (fromState ?? fromInput).reshaped(-1, width)
    return Slopes(
      input: fromInput, weight: MatrixProducts.product(rows.transposed(), before), bias: rows.summed(to: [width]),
      state: state, cell: cell)
  }

  /// Where everything lies on the way back.
  private struct BackwardMemory {
    let gradient, weight, states, cells, kept: UnsafePointer<Scalar>
    let state, cell, fromInput, fromState: UnsafeMutablePointer<Scalar>
  }

  private func backward(_ memory: BackwardMemory, _ range: Range<Int>) {
    let first = range.lowerBound * units
    let state = memory.state + first
    for step in stride(from: steps - 1, through: 0, by: -1) {
      let place = step * samples + range.lowerBound
      Kernels.add(memory.gradient + step * block + first, to: state, range.count * units)
      let last = RecurrentStepBack(
        units: units, kept: memory.kept + place * rule.kept * units, stateBefore: memory.states + step * block + first,
        cellBefore: memory.cells + (hasCells ? step * block : 0) + first, state: state, cell: memory.cell + first,
        fromInput: memory.fromInput + place * width, fromState: memory.fromState + place * width)
      Self.backwardSamples(rule, last, range.count, over: samplesOver(range, at: step))
      Scalar._accumulateProduct(
        _ProductFactor(start: last.fromState, rowLength: width), _ProductFactor(start: memory.weight, rowLength: units),
        _ProductTarget(start: state, rowLength: units, m: range.count, n: units, k: width, adding: true))
    }
  }

  /// Which of some samples have ended before a step; `nil` where all are equally long.
  private func samplesOver(_ range: Range<Int>, at step: Int) -> [Bool]? { lengths?[range].map { step >= $0 } }

  /// Ranges of samples on all cores, which depend on the number of samples alone.
  private func forEachPiece(_ body: (Range<Int>) -> Void) {
    martlet_poll()
    let length = min(32, max(4, (samples + 1) / 2))
    let pieces = (samples + length - 1) / length
    MatrixProducts.forEach(pieces, alone: true) { body($0 * length..<min(($0 + 1) * length, samples)) }
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private static func forwardSamples(
    _ rule: RecurrentCell, _ step: RecurrentStep<Scalar>, _ samples: Int, over: [Bool]?
  ) {
    let (units, width, kept) = (step.units, rule.gates &* step.units, rule.kept &* step.units)
    for s in 0..<samples {
      let own = RecurrentStep(
        units: units, fromInput: step.fromInput + s &* width, fromState: step.fromState + s &* width,
        stateBefore: step.stateBefore + s &* units, state: step.state + s &* units,
        cellBefore: step.cellBefore + s &* units, cell: step.cell + s &* units, kept: step.kept + s &* kept)
      if let over, over[s] { own.stay(rule) } else { own.forward(rule) }
    }
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private static func backwardSamples(
    _ rule: RecurrentCell, _ step: RecurrentStepBack<Scalar>, _ samples: Int, over: [Bool]?
  ) {
    let (units, width, kept) = (step.units, rule.gates &* step.units, rule.kept &* step.units)
    for s in 0..<samples {
      let own = RecurrentStepBack(
        units: units, kept: step.kept + s &* kept, stateBefore: step.stateBefore + s &* units,
        cellBefore: step.cellBefore + s &* units, state: step.state + s &* units, cell: step.cell + s &* units,
        fromInput: step.fromInput + s &* width, fromState: step.fromState + s &* width)
      if let over, over[s] { own.stay(rule) } else { own.backward(rule) }
    }
  }
}

extension RecurrentScan {
  func callAsFunction(
    _ x: Variable<Scalar>, _ weight: Variable<Scalar>, _ bias: Variable<Scalar>?, _ state: Variable<Scalar>,
    _ cell: Variable<Scalar>?
  ) -> Results {
    let trace = forward(x.value, weight.value, bias?.value, state.value, cell?.value)
    let (factors, hasBias, hasCell) = (weight.value, bias != nil, cell != nil)
    // An entry of the tape has one value: the last cell follows the states.
    let value = trace.states[1..<steps + (hasCell ? 2 : 1)]
    let inputs = [x, weight, state] + [bias, cell].compactMap { $0 }
    let both = Variable.computed(value, from: inputs) { gradient in
      let slopes = backward(trace, factors, gradient, hasLastCell: hasCell)
      return [slopes.input, slopes.weight, slopes.state] + (hasBias ? [slopes.bias] : [])
        + (hasCell ? [slopes.cell] : [])
    }
    return Results(steps: steps, both: both, hasCell: hasCell)
  }

  /// What a scan gives. Parts are cut out of the entry itself, so that gradients take the short way back.
  struct Results {
    fileprivate let steps: Int
    fileprivate let both: Variable<Scalar>
    fileprivate let hasCell: Bool

    /// After each step, shape `[steps, samples, units]`.
    var states: Variable<Scalar> { hasCell ? both.slice(axis: 0, 0..<steps) : both }
    /// After the last step, shape `[samples, units]`.
    var lastState: Variable<Scalar> { both.part(steps - 1, axis: 0) }
    /// Of an LSTM.
    var lastCell: Variable<Scalar>? { hasCell ? both.part(steps, axis: 0) : nil }
  }
}
