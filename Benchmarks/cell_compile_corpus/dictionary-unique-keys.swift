let prices = Dictionary(uniqueKeysWithValues: zip(["tea", "milk", "bread"], [3.5, 1.2, 2.8]))
prices.filter { $0.value > 2 }.keys.sorted()
