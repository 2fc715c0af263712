let fruits = ["apple", "avocado", "banana", "blueberry", "cherry"]
let byInitial = Dictionary(grouping: fruits) { $0.first! }
byInitial.mapValues(\.count)
