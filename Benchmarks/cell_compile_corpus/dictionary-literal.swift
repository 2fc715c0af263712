var capitals = ["France": "Paris", "Peru": "Lima"]
capitals["Norway"] = "Oslo"
capitals["Peru"] = nil
for (country, capital) in capitals {
  print(country, capital)
}
capitals.count
