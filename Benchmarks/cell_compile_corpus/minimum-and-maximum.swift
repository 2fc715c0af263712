let samples = [4.2, 1.7, 9.3, 5.5]
let low = samples.min()!
let high = samples.max()!
print("from \(low) to \(high)")
