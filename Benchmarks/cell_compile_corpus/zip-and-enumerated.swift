let xs = [1.0, 2.0, 3.0]
let ys = [2.1, 3.9, 6.2]
let dotProduct = zip(xs, ys).map { $0 * $1 }.reduce(0, +)
for (index, x) in xs.enumerated() {
  print(index, x)
}
dotProduct
