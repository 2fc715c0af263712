let celsius = [12.5, 18.0, 21.3, 9.9]
let fahrenheit = celsius.map { $0 * 9 / 5 + 32 }
let average = fahrenheit.reduce(0, +) / Double(fahrenheit.count)
print(fahrenheit, average)
