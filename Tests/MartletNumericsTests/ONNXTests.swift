import MartletNumerics
import Testing

/// The ONNX project's cases of operators that tensors have: each is evaluated by tensor operations alone.
@Suite struct ONNXTests {
  struct Reference: Decodable {
    let total: [String: Int]
    let cases: [ONNXNode]
  }

  @Test func operationsAgreeWithTheONNXCases() throws {
    let reference = try ReferenceFile.read("onnx", as: Reference.self)
    var passed: [String: Int] = [:]
    var unsupported: [String] = []
    for node in reference.cases {
      do {
        let found = try node.evaluate()
        let agrees =
          found.count >= node.outputs.count && zip(found, node.outputs).allSatisfy { $0.agrees(with: $1.tensor) }
        #expect(agrees, "\(node.name): \(found) instead of \(node.outputs.map(\.tensor))")
        if agrees { passed[node.operator, default: 0] += 1 }
      } catch let problem as ONNXNode.Unsupported {
        unsupported.append("\(node.name) (\(problem.reason))")
      }
    }
    for (name, total) in reference.total.sorted(by: { $0.key < $1.key }) {
      print("\(name): \(passed[name] ?? 0) of \(total)")
    }
    print("\(passed.values.reduce(0, +)) cases passed; not to be expressed: \(unsupported)")
    #expect(unsupported.count <= 12, "\(unsupported)")
    #expect(passed.values.reduce(0, +) + unsupported.count == reference.cases.count)
  }
}
