let cities = ["Oslo", "Lima", "Reykjavik", "Quito"]
let byLength = cities.sorted { $0.count < $1.count }
byLength
