import Foundation

/// One family of tasks: a file of its own, listed in `main.swift`, with the name that the peers' script has for it.
struct Family: Sendable {
  let name: String
  /// Times its tasks with ``report(_:_:score:)``. The argument is the folder with the peers' data.
  let run: @Sendable (_ data: String) throws -> Void
}

/// The least processor time of the runs of the last task, on all cores together: what to compare where others use the machine.
nonisolated(unsafe) private var processorSeconds: Double?  // tasks run one after the other, on the main thread

/// The best of several runs, in seconds, and the last result.
func best<Result>(of repetitions: Int = 3, _ work: () throws -> Result) rethrows -> (seconds: Double, result: Result) {
  var (shortest, least) = (Double.infinity, Double.infinity)
  for repetition in 1... {
    let (start, spent) = (ContinuousClock.now, clock())
    let result = try work()
    shortest = min(shortest, (ContinuousClock.now - start) / .seconds(1))
    least = min(least, Double(clock() - spent) / Double(CLOCKS_PER_SEC))
    if repetition >= repetitions {
      processorSeconds = least
      return (shortest, result)
    }
  }
  fatalError("unreachable")
}

/// Prints a line as the peers' script does; with the bytes that a task reads and writes, also how many a second.
func report(_ task: String, _ seconds: Double, score: Double? = nil, bytes: Int? = nil) {
  let scoreText = score.map { String(format: "%.5f", $0) } ?? "null"
  let rate = bytes.map { ", \"GB/s\": \(String(format: "%.2f", Double($0) / seconds / 1e9))" } ?? ""
  let processor = processorSeconds.map { ", \"cpu\": \(String(format: "%.6f", $0))" } ?? ""
  print(
    "{\"task\": \"\(task)\", \"peer\": \"martlet\", \"s\": \(String(format: "%.6f", seconds))\(processor), \"score\": \(scoreText)\(rate)}"
  )
}
