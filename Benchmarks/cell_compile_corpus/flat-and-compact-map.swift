let rawReadings = ["12", "x", "7", "", "31"]
let readings = rawReadings.compactMap { Int($0) }
let pairs = (1...3).flatMap { row in (1...3).map { row * $0 } }
print(readings, pairs)
