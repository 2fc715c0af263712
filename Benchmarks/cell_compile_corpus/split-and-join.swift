let line = "name,age,city"
let fields = line.split(separator: ",").map(String.init)
fields.map { $0.uppercased() }.joined(separator: " | ")
