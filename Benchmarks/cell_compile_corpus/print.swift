let planet = "Mars"
let moons = 2
print("\(planet) has \(moons) moons,", moons + 1, "with the station")
