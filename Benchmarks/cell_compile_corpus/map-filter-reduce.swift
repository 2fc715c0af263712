let numbers = Array(1...100)
let evenSquares = numbers.filter { $0 % 2 == 0 }.map { $0 * $0 }
let sumOfSquares = evenSquares.reduce(0, +)
sumOfSquares
