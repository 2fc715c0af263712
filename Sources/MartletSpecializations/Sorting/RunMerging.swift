/// A stable merge sort over memory that is moved block by block: what is sorted has already been reduced to bytes.
///
/// Ascending and strictly descending runs are found as they are, short ones are grown by insertion, and runs are merged
/// in the order of powersort: close to the fewest comparisons that the runs allow, n − 1 for sorted input. Merging
/// branches where the answers can be foreseen, as in data that is nearly sorted, regular or poor in values; elsewhere it
/// chooses by arithmetic, since the processor would take a random branch wrongly half of the time (``AnswerPattern``).
///
/// At each question the memory and the scratch space together hold every block once, and an error that the order throws
/// leaves all of them in the memory.
///
/// Reference: Munro and Wild (2018), Nearly-optimal mergesorts: fast, practical sorting methods that optimally adapt to
/// existing runs.
struct RunMerging<Block: BitwiseCopyable> {
  typealias Pointer = UnsafeMutablePointer<Block>

  private let start: Pointer
  private let count: Int
  private let scratch: Pointer

  /// Where a run begins and ends, and how deep in the tree of merges the boundary to the run after it lies.
  private struct Run {
    var range: Range<Int>
    var power: Int
  }

  /// Below this length insertion needs less time than merging.
  private static var shortestRun: Int { 12 }

  /// Sorts `count` blocks from `start`.
  /// - Parameter isBefore: whether the block at the first address comes before the one at the second.
  @inline(__always)
  static func sort(_ start: Pointer, count: Int, by isBefore: (Pointer, Pointer) throws -> Bool) rethrows {
    guard count > 1 else { return }
    if count <= shortestRun {
      // One block of scratch space is what insertion needs.
      return try withUnsafeTemporaryAllocation(of: Block.self, capacity: 1) { scratch in
        guard let scratch = scratch.baseAddress else { return }
        let sorter = RunMerging(start: start, count: count, scratch: scratch)
        let end = try sorter.endOfRun(from: 0, by: isBefore)
        try sorter.insert(end..<count, into: 0, by: isBefore)
      }
    }
    let scratch = Pointer.allocate(capacity: count / 2 + 1)
    defer { scratch.deallocate() }
    try RunMerging(start: start, count: count, scratch: scratch).sort(by: isBefore)
  }

  @inline(__always)
  private func sort(by isBefore: (Pointer, Pointer) throws -> Bool) rethrows {
    var stack: [Run] = []
    var answers = AnswerPattern()
    var current = try nextRun(from: 0, by: isBefore)
    while current.upperBound < count {
      let next = try nextRun(from: current.upperBound, by: isBefore)
      let power = power(between: current, and: next)
      while let last = stack.last, last.power > power {
        stack.removeLast()
        try merge(last.range.lowerBound, current.lowerBound, current.upperBound, &answers, by: isBefore)
        current = last.range.lowerBound..<current.upperBound
      }
      stack.append(Run(range: current, power: power))
      current = next
    }
    while let last = stack.popLast() {
      try merge(last.range.lowerBound, current.lowerBound, current.upperBound, &answers, by: isBefore)
      current = last.range.lowerBound..<current.upperBound
    }
  }

  /// The depth of the boundary between two neighbouring runs: the first bit in which the runs' middles differ, as
  /// fractions of the whole.
  private func power(between first: Range<Int>, and second: Range<Int>) -> Int {
    // Both are twice the middle, so that they are whole; below 2 · count.
    let left = UInt64(first.lowerBound + second.lowerBound)
    let right = UInt64(second.lowerBound + second.upperBound)
    let whole = UInt64(2 * count)
    let one = whole.dividingFullWidth((left, 0)).quotient
    let other = whole.dividingFullWidth((right, 0)).quotient
    return (one ^ other).leadingZeroBitCount + 1
  }

  @inline(__always)
  private func nextRun(
    from first: Int, by isBefore: (Pointer, Pointer) throws -> Bool
  ) rethrows -> Range<Int> {
    let end = try endOfRun(from: first, by: isBefore)
    let grown = Swift.min(count, first + Self.shortestRun)
    guard end < grown else { return first..<end }
    try insert(end..<grown, into: first, by: isBefore)
    return first..<grown
  }

  /// The end of the ascending run that starts at a place, after a strictly descending one there has been reversed.
  @inline(__always)
  private func endOfRun(from first: Int, by isBefore: (Pointer, Pointer) throws -> Bool) rethrows -> Int {
    var end = first + 1
    guard end < count else { return end }
    let isDescending = try isBefore(start + end, start + end - 1)
    end += 1
    while end < count, try isBefore(start + end, start + end - 1) == isDescending { end += 1 }
    if isDescending {
      var run = UnsafeMutableBufferPointer(start: start + first, count: end - first)
      run.reverse()
    }
    return end
  }

  /// Puts the blocks of a range into the sorted ones before it, each after those that it is not before.
  @inline(__always)
  private func insert(
    _ range: Range<Int>, into first: Int, by isBefore: (Pointer, Pointer) throws -> Bool
  ) rethrows {
    for place in range {
      var low = first
      var high = place
      while low < high {
        let middle = (low + high) / 2
        if try isBefore(start + place, start + middle) { high = middle } else { low = middle + 1 }
      }
      guard low < place else { continue }
      scratch.pointee = start[place]
      (start + low + 1).update(from: start + low, count: place - low)
      start[low] = scratch.pointee
    }
  }

  // What merges is part of `sort` always. Compiled apart, as a function that may throw and whose last act is to copy, it
  // comes back with another's value for the error (a call of `memmove` that does not return here; 6.3.1).

  /// Merges two neighbouring runs; at equality the left one's blocks come first.
  @_transparent
  private func merge(
    _ low: Int, _ middle: Int, _ high: Int, _ answers: inout AnswerPattern,
    by isBefore: (Pointer, Pointer) throws -> Bool
  ) rethrows {
    // In order already, as neighbouring runs of nearly sorted input often are.
    guard try isBefore(start + middle, start + middle - 1) else { return }
    if middle - low <= high - middle {
      try mergeForwards(low, middle, high, &answers, by: isBefore)
    } else {
      try mergeBackwards(low, middle, high, &answers, by: isBefore)
    }
  }

  @_transparent
  private func mergeForwards(
    _ low: Int, _ middle: Int, _ high: Int, _ answers: inout AnswerPattern,
    by isBefore: (Pointer, Pointer) throws -> Bool
  ) rethrows {
    scratch.update(from: start + low, count: middle - low)
    var left = scratch
    let leftEnd = scratch + (middle - low)
    var right = start + middle
    let rightEnd = start + high
    var output = start + low
    // What is left of the left run is as long as the gap, which ends where the right run begins.
    defer { output.update(from: left, count: leftEnd - left) }
    var asked = answers.questions(in: high - low)
    while asked > 0 && output < right && right < rightEnd {
      let takesRight = try isBefore(right, left)
      answers.add(takesRight)
      asked -= 1
      output.pointee = (takesRight ? right : left).pointee
      right += takesRight ? 1 : 0
      left += takesRight ? 0 : 1
      output += 1
    }
    if !answers.areForeseen {
      while output < right && right < rightEnd {
        let takesRight = try isBefore(right, left)
        output.pointee = (takesRight ? right : left).pointee
        right += takesRight ? 1 : 0
        left += takesRight ? 0 : 1
        output += 1
      }
    }
    while output < right && right < rightEnd {
      // The hint keeps the compiler from choosing by arithmetic.
      if _fastPath(try isBefore(right, left)) {
        output.pointee = right.pointee
        right += 1
      } else {
        output.pointee = left.pointee
        left += 1
      }
      output += 1
    }
  }

  @_transparent
  private func mergeBackwards(
    _ low: Int, _ middle: Int, _ high: Int, _ answers: inout AnswerPattern,
    by isBefore: (Pointer, Pointer) throws -> Bool
  ) rethrows {
    scratch.update(from: start + middle, count: high - middle)
    let rightStart = scratch
    var right = scratch + (high - middle)
    let leftStart = start + low
    var left = start + middle
    var output = start + high
    // What is left of the right run is as long as the gap, which begins where the left run ends.
    defer { left.update(from: rightStart, count: right - rightStart) }
    var asked = answers.questions(in: high - low)
    while asked > 0 && left < output && left > leftStart {
      let takesLeft = try isBefore(right - 1, left - 1)
      answers.add(takesLeft)
      asked -= 1
      output -= 1
      output.pointee = (takesLeft ? left - 1 : right - 1).pointee
      left -= takesLeft ? 1 : 0
      right -= takesLeft ? 0 : 1
    }
    if !answers.areForeseen {
      while left < output && left > leftStart {
        let takesLeft = try isBefore(right - 1, left - 1)
        output -= 1
        output.pointee = (takesLeft ? left - 1 : right - 1).pointee
        left -= takesLeft ? 1 : 0
        right -= takesLeft ? 0 : 1
      }
    }
    while left < output && left > leftStart {
      output -= 1
      if _fastPath(try isBefore(right - 1, left - 1)) {
        left -= 1
        output.pointee = left.pointee
      } else {
        right -= 1
        output.pointee = right.pointee
      }
    }
  }
}
