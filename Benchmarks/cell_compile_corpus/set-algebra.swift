let odd: Set = [1, 3, 5, 7, 9]
let prime: Set = [2, 3, 5, 7]
print(odd.intersection(prime).sorted(), odd.union(prime).count, odd.subtracting(prime).sorted())
