protocol Shape {
  var area: Double { get }
}
struct Circle: Shape {
  let radius: Double
  var area: Double { .pi * radius * radius }
}
struct Square: Shape {
  let side: Double
  var area: Double { side * side }
}
let shapes: [any Shape] = [Circle(radius: 1), Square(side: 2)]
shapes.map(\.area).reduce(0, +)
