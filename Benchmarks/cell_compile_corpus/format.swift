let temperature = 21.456
let label = String(format: "%.1f °C", temperature)
print(label)
