let verse = "the quick brown fox jumps over the lazy dog and the cat"
var wordCounts: [String: Int] = [:]
for word in verse.split(separator: " ") {
  wordCounts[String(word), default: 0] += 1
}
wordCounts.sorted { $0.value > $1.value }.prefix(3)
