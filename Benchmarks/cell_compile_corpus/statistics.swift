let marks = [62.0, 71.5, 88.0, 54.5, 93.0, 77.0]
let mean = marks.reduce(0, +) / Double(marks.count)
let variance = marks.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(marks.count - 1)
let sortedMarks = marks.sorted()
let median = (sortedMarks[2] + sortedMarks[3]) / 2
print("mean \(mean), deviation \(variance.squareRoot()), median \(median)")
