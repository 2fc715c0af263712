var generator = SystemRandomNumberGenerator()
var position = 0
var trail = [position]
for _ in 0..<1000 {
  position += Bool.random(using: &generator) ? 1 : -1
  trail.append(position)
}
trail.count
