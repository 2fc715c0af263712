struct Stack<Element> {
  private var items: [Element] = []
  mutating func push(_ item: Element) { items.append(item) }
  mutating func pop() -> Element? { items.popLast() }
  var count: Int { items.count }
}
var stack = Stack<Int>()
stack.push(1)
stack.push(2)
stack.pop()
