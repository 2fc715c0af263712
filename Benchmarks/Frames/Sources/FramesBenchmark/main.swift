import Foundation
import MartletFrames

/// Times the tasks of the peers' benchmark on the same file; prints a JSON object a line with the same task names.
///
/// usage: FramesBenchmark FOLDER [task ...]
let arguments = Array(CommandLine.arguments.dropFirst())
guard let folder = arguments.first else {
  print("usage: FramesBenchmark FOLDER [task ...]")
  exit(2)
}

/// Times `work` and keeps the best of several runs in this process, as the peers do.
func time(_ task: String, repetitions: Int = 3, _ work: () throws -> DataFrame) rethrows {
  if arguments.count > 1 && !arguments[1...].contains(task) { return }
  var best = Double.infinity
  for _ in 0..<repetitions {
    let start = DispatchTime.now().uptimeNanoseconds
    _ = try work()
    best = min(best, Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
  }
  print("{\"task\": \"\(task)\", \"peer\": \"martlet\", \"s\": \(String(format: "%.5f", best)), \"score\": null}")
}

let path = folder + "/groupby.csv"
let frame = try DataFrame(csv: path)
try time("csv_1e6x9") { try DataFrame(csv: path) }
try time("q1_sum_v1_by_id1") { try frame.grouped(by: "id1").aggregate(.sum("v1")) }
try time("q3_by_id3") { try frame.grouped(by: "id3").aggregate(.sum("v1"), .mean("v3")) }
try time("q5_by_id6") { try frame.grouped(by: "id6").aggregate(.sum("v1"), .sum("v2"), .sum("v3")) }
try time("q6_median_sd_by_id4_id5") {
  try frame.grouped(by: "id4", "id5").aggregate(.median("v3"), .standardDeviation("v3"))
}
try time("join_id3") { try frame.joined(frame.distinct("id3").select("id3", "v2"), on: "id3") }
try time("sort_v3") { try frame.sorted(by: "v3") }
