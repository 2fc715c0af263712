var table: [(Double, Double)] = []
for x in stride(from: 0.0, through: 1.0, by: 0.25) {
  table.append((x, x * x))
}
table
