func primes(upTo limit: Int) -> [Int] {
  var isPrime = Array(repeating: true, count: limit + 1)
  var found: [Int] = []
  for candidate in 2...limit where isPrime[candidate] {
    found.append(candidate)
    for multiple in stride(from: candidate * candidate, through: limit, by: candidate) {
      isPrime[multiple] = false
    }
  }
  return found
}
primes(upTo: 50)
