import Foundation
import Martlet

/// A table of a million rows and nine columns: read, grouped, joined and sorted. `frame_peers.py` writes it.
let frames = Family(name: "frames") { data in
  let path = data + "/groupby.csv"
  guard FileManager.default.fileExists(atPath: path) else {
    return FileHandle.standardError.write(Data("no \(path): run frame_peers.py first; family frames left out\n".utf8))
  }
  let frame = try DataFrame(csv: path)
  report("csv_1e6x9", try best(of: 5) { try DataFrame(csv: path) }.seconds)
  report("q1_sum_v1_by_id1", try best(of: 7) { try frame.grouped(by: "id1").aggregate(.sum("v1")) }.seconds)
  report("q3_by_id3", try best(of: 7) { try frame.grouped(by: "id3").aggregate(.sum("v1"), .mean("v3")) }.seconds)
  report(
    "q5_by_id6",
    try best(of: 7) { try frame.grouped(by: "id6").aggregate(.sum("v1"), .sum("v2"), .sum("v3")) }.seconds)
  report(
    "q6_median_sd_by_id4_id5",
    try best(of: 5) {
      try frame.grouped(by: "id4", "id5").aggregate(.median("v3"), .standardDeviation("v3"))
    }.seconds)
  report(
    "join_id3",
    try best(of: 5) { try frame.joined(frame.distinct("id3").select("id3", "v2"), on: "id3") }.seconds)
  report("sort_v3", try best(of: 5) { try frame.sorted(by: "v3") }.seconds)
}
