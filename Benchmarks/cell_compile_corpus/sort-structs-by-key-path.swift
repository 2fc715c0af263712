struct Person {
  let name: String
  let age: Int
}

let people = [Person(name: "Ada", age: 36), Person(name: "Alan", age: 41), Person(name: "Grace", age: 85)]
let oldestFirst = people.sorted { $0.age > $1.age }
oldestFirst.map(\.name)
