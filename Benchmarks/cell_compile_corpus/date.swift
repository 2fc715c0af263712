let start = Date(timeIntervalSince1970: 1_700_000_000)
let calendar = Calendar(identifier: .gregorian)
let parts = calendar.dateComponents([.year, .month], from: start)
"\(parts.year!)-\(parts.month!)"
