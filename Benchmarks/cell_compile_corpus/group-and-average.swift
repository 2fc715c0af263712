struct Sale {
  let region: String
  let amount: Double
}
let sales = [
  Sale(region: "north", amount: 120), Sale(region: "south", amount: 80), Sale(region: "north", amount: 60),
]
var totals: [String: [Double]] = [:]
for sale in sales {
  totals[sale.region, default: []].append(sale.amount)
}
for (region, amounts) in totals.sorted(by: { $0.key < $1.key }) {
  print(region, amounts.reduce(0, +) / Double(amounts.count))
}
