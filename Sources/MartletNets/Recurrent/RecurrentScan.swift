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

  /// What the way forward leaves for the way back: the states and cells before each step and after the last, and what the
  /// cells have kept.
  struct Trace {
    /// Shape `[steps + 1, samples, units]`.
    var states: Tensor<Scalar>
    /// The same shape for an LSTM; a single row for others, which is never looked at.
    var cells: Tensor<Scalar>
    /// Shape `[steps, samples, kept · units]`.
    var kept: Tensor<Scalar>
  }

  private var width: Int { rule.gates * units }
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
    let block = samples * units
    var trace = Trace(
      states: .zeros(steps + 1, samples, units), cells: .zeros(hasCells ? steps + 1 : 1, samples, units),
      kept: .zeros(steps, samples, rule.kept * units))
    var sums = Tensor<Scalar>.zeros(samples, width)
    let bias = bias ?? .zeros(width)
    trace.states.withMutableElements { states in
      trace.cells.withMutableElements { cells in
        trace.kept.withMutableElements { kept in
          state.withElements { states.update(from: $0, count: block) }
          cell?.withElements { cells.update(from: $0, count: block) }
          sums.withMutableElements { sums in
            x.withElements { x in
              weight.withElements { weight in
                bias.withElements { bias in
                  for step in 0..<steps {
                    Kernels.repeatRow(bias, sums, rows: samples, width: width)
                    Scalar._accumulateProduct(
                      _ProductFactor(start: states + step * block, rowLength: units),
                      _ProductFactor(start: weight, rowLength: units, isTransposed: true),
                      _ProductTarget(start: sums, rowLength: width, m: samples, n: width, k: units, adding: true))
                    let cellStep = hasCells ? step : 0
                    let next = RecurrentStep(
                      units: units, fromInput: x + step * samples * width, fromState: sums,
                      stateBefore: states + step * block, state: states + (step + 1) * block,
                      cellBefore: cells + cellStep * block, cell: cells + (hasCells ? step + 1 : 0) * block,
                      kept: kept + step * samples * rule.kept * units)
                    forEachPiece { Self.forwardSamples(rule, next, $0) }
                  }
                }
              }
            }
          }
        }
      }
    }
    return trace
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
  ///   - gradient: along the states after each step, shape `[steps, samples, units]`.
  ///   - lastCell: along the last cell.
  func backward(
    _ trace: Trace, _ weight: Tensor<Scalar>, _ gradient: Tensor<Scalar>, lastCell: Tensor<Scalar>?
  ) -> Slopes {
    let block = samples * units
    var fromInput = Tensor<Scalar>.zeros(steps, samples, width)
    var fromState = Tensor<Scalar>.zeros(steps, samples, width)
    var state = Tensor<Scalar>.zeros(samples, units)
    var cell = lastCell ?? .zeros(samples, units)
    fromInput.withMutableElements { fromInput in
      fromState.withMutableElements { fromState in
        state.withMutableElements { state in
          cell.withMutableElements { cell in
            gradient.withElements { gradient in
              trace.states.withElements { states in
                trace.cells.withElements { cells in
                  trace.kept.withElements { kept in
                    weight.withElements { weight in
                      for step in stride(from: steps - 1, through: 0, by: -1) {
                        Kernels.add(gradient + step * block, to: state, block)
                        let last = RecurrentStepBack(
                          units: units, kept: kept + step * samples * rule.kept * units,
                          stateBefore: states + step * block, cellBefore: cells + (hasCells ? step : 0) * block,
                          state: state, cell: cell, fromInput: fromInput + step * samples * width,
                          fromState: fromState + step * samples * width)
                        forEachPiece { Self.backwardSamples(rule, last, $0) }
                        Scalar._accumulateProduct(
                          _ProductFactor(start: last.fromState, rowLength: width),
                          _ProductFactor(start: weight, rowLength: units),
                          _ProductTarget(start: state, rowLength: units, m: samples, n: units, k: width, adding: true))
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    // All steps' parts of the weights' gradient in one product.
    let before = trace.states[0..<steps].reshaped(-1, units)
    let rows = fromState.reshaped(-1, width)
    return Slopes(
      input: fromInput, weight: rows.transposed() • before, bias: rows.summed(to: [width]), state: state, cell: cell)
  }

  /// Ranges of samples on all cores; a step of a small layer is one piece.
  private func forEachPiece(_ body: (Range<Int>) -> Void) {
    let length = max(1, (1 << 12) / max(width, 1))
    Kernels.forEachPiece((samples + length - 1) / length) {
      body($0 * length..<min(($0 + 1) * length, samples))
    }
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private static func forwardSamples(_ rule: RecurrentCell, _ step: RecurrentStep<Scalar>, _ samples: Range<Int>) {
    let (units, width, kept) = (step.units, rule.gates &* step.units, rule.kept &* step.units)
    for s in samples {
      RecurrentStep(
        units: units, fromInput: step.fromInput + s &* width, fromState: step.fromState + s &* width,
        stateBefore: step.stateBefore + s &* units, state: step.state + s &* units,
        cellBefore: step.cellBefore + s &* units, cell: step.cell + s &* units, kept: step.kept + s &* kept
      ).forward(rule)
    }
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private static func backwardSamples(
    _ rule: RecurrentCell, _ step: RecurrentStepBack<Scalar>, _ samples: Range<Int>
  ) {
    let (units, width, kept) = (step.units, rule.gates &* step.units, rule.kept &* step.units)
    for s in samples {
      RecurrentStepBack(
        units: units, kept: step.kept + s &* kept, stateBefore: step.stateBefore + s &* units,
        cellBefore: step.cellBefore + s &* units, state: step.state + s &* units, cell: step.cell + s &* units,
        fromInput: step.fromInput + s &* width, fromState: step.fromState + s &* width
      ).backward(rule)
    }
  }
}

extension RecurrentScan {
  /// The states after each step, shape `[steps, samples, units]`, and the last cell of an LSTM.
  func callAsFunction(
    _ x: Variable<Scalar>, _ weight: Variable<Scalar>, _ bias: Variable<Scalar>?, _ state: Variable<Scalar>,
    _ cell: Variable<Scalar>?
  ) -> (states: Variable<Scalar>, cell: Variable<Scalar>?) {
    let trace = forward(x.value, weight.value, bias?.value, state.value, cell?.value)
    let (factors, hasBias, hasCell) = (weight.value, bias != nil, cell != nil)
    // An entry of the tape has one value: the last cell follows the states.
    var value = trace.states[1..<steps + 1]
    if hasCell { value = .concatenated([value, trace.cells[steps..<steps + 1]]) }
    let inputs = [x, weight, state] + [bias, cell].compactMap { $0 }
    let both = Variable.computed(value, from: inputs) { gradient in
      let slopes = backward(
        trace, factors, gradient[0..<steps], lastCell: hasCell ? gradient.row(steps) : nil)
      return [slopes.input, slopes.weight, slopes.state] + (hasBias ? [slopes.bias] : [])
        + (hasCell ? [slopes.cell] : [])
    }
    guard hasCell else { return (both, nil) }
    return (both.slice(axis: 0, 0..<steps), both.part(steps, axis: 0))
  }
}
