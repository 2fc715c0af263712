let names = ["Noether", "Gauss", "Euler", "Abel"].sorted()
names
