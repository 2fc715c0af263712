enum Token {
  case number(Int)
  case sum
}
let tokens: [Token] = [.number(3), .number(4), .sum]
var operands: [Int] = []
for token in tokens {
  switch token {
  case .number(let value): operands.append(value)
  case .sum: operands.append(operands.removeLast() + operands.removeLast())
  }
}
operands
