import MartletDisplay

// One function for each number of controls, up to five.

/// Runs code with values that the reader can change, again whenever one of them is changed.
///
///     interact("frequency", 1...10, "phase", 0.0...6.28) { frequency, phase in
///       plot(xs, xs.map { sin(Double(frequency) * $0 + phase) })
///     }
///
/// ``Interactive`` says which control a value becomes. What the code prints, displays and returns is shown below the
/// controls and replaced at every call. Calls after the first run on the thread of callbacks; while one is busy,
/// changes gather. Where there are no widgets, in a terminal or a file that is run, the code runs once with the first
/// values.
///
/// - Returns: the controls and the output, for those who want more of them.
/// - Throws: the code's error in the first call; errors of later calls are shown in the output.
@discardableResult
@inline(never)
public func interact<A: Interactive, Shown, Failure: Error>(
  _ firstLabel: String, _ first: A,
  _ body: @escaping (A.ControlValue) throws(Failure) -> Shown
) throws(Failure) -> Interaction {
  let first = first.control(label: firstLabel)
  return try startInteraction(
    [first.widget], [first.steer]
  ) { () throws(Failure) in try body(first.read()) }
}

/// Runs code with two values that the reader can change; see the variant with one.
@discardableResult
@inline(never)
public func interact<A: Interactive, B: Interactive, Shown, Failure: Error>(
  _ firstLabel: String, _ first: A, _ secondLabel: String, _ second: B,
  _ body: @escaping (A.ControlValue, B.ControlValue) throws(Failure) -> Shown
) throws(Failure) -> Interaction {
  let first = first.control(label: firstLabel)
  let second = second.control(label: secondLabel)
  return try startInteraction(
    [first.widget, second.widget], [first.steer, second.steer]
  ) { () throws(Failure) in try body(first.read(), second.read()) }
}

/// Runs code with three values that the reader can change; see the variant with one.
@discardableResult
@inline(never)
public func interact<A: Interactive, B: Interactive, C: Interactive, Shown, Failure: Error>(
  _ firstLabel: String, _ first: A, _ secondLabel: String, _ second: B, _ thirdLabel: String, _ third: C,
  _ body: @escaping (A.ControlValue, B.ControlValue, C.ControlValue) throws(Failure) -> Shown
) throws(Failure) -> Interaction {
  let first = first.control(label: firstLabel)
  let second = second.control(label: secondLabel)
  let third = third.control(label: thirdLabel)
  return try startInteraction(
    [first.widget, second.widget, third.widget], [first.steer, second.steer, third.steer]
  ) { () throws(Failure) in try body(first.read(), second.read(), third.read()) }
}

/// Runs code with four values that the reader can change; see the variant with one.
@discardableResult
@inline(never)
public func interact<A: Interactive, B: Interactive, C: Interactive, D: Interactive, Shown, Failure: Error>(
  _ firstLabel: String, _ first: A, _ secondLabel: String, _ second: B, _ thirdLabel: String, _ third: C,
  _ fourthLabel: String, _ fourth: D,
  _ body: @escaping (A.ControlValue, B.ControlValue, C.ControlValue, D.ControlValue) throws(Failure) -> Shown
) throws(Failure) -> Interaction {
  let first = first.control(label: firstLabel)
  let second = second.control(label: secondLabel)
  let third = third.control(label: thirdLabel)
  let fourth = fourth.control(label: fourthLabel)
  return try startInteraction(
    [first.widget, second.widget, third.widget, fourth.widget], [first.steer, second.steer, third.steer, fourth.steer]
  ) { () throws(Failure) in try body(first.read(), second.read(), third.read(), fourth.read()) }
}

/// Runs code with five values that the reader can change; see the variant with one.
@discardableResult
@inline(never)
public func interact<
  A: Interactive, B: Interactive, C: Interactive, D: Interactive, E: Interactive, Shown, Failure: Error
>(
  _ firstLabel: String, _ first: A, _ secondLabel: String, _ second: B, _ thirdLabel: String, _ third: C,
  _ fourthLabel: String, _ fourth: D, _ fifthLabel: String, _ fifth: E,
  _ body:
    @escaping (A.ControlValue, B.ControlValue, C.ControlValue, D.ControlValue, E.ControlValue) throws(Failure) -> Shown
) throws(Failure) -> Interaction {
  let first = first.control(label: firstLabel)
  let second = second.control(label: secondLabel)
  let third = third.control(label: thirdLabel)
  let fourth = fourth.control(label: fourthLabel)
  let fifth = fifth.control(label: fifthLabel)
  return try startInteraction(
    [first.widget, second.widget, third.widget, fourth.widget, fifth.widget],
    [first.steer, second.steer, third.steer, fourth.steer, fifth.steer]
  ) { () throws(Failure) in try body(first.read(), second.read(), third.read(), fourth.read(), fifth.read()) }
}
