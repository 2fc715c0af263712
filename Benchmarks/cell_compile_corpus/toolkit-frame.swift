let weather = try DataFrame(Column("city", ["Oslo", "Lima", "Cairo"]), Column("degrees", [4.5, 19.2, 28.1]))
try weather.sorted(by: "degrees")
