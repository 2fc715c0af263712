import Foundation
import MartletONNX
import Testing

/// The ONNX project's own cases of operators: each is a model with inputs and outputs.
@Suite struct ONNXCaseTests {
  /// Those of the repository, or of the file that the environment names.
  private var cases: [ONNXCase] {
    get throws {
      let given = ProcessInfo.processInfo.environment["MARTLET_ONNX_CASES"]
      return try ONNXCase.read(given ?? Bundle.module.bundleURL.appendingPathComponent("Reference/cases.npz").path)
    }
  }

  @Test func modelsAgreeWithTheONNXCases() throws {
    var table: [String: (passed: Int, all: Int)] = [:]
    var reasons: [String: Int] = [:]
    var unexpected: [String] = []
    let cases = try cases
    for subject in cases {
      let problem = subject.problem()
      let reason = ExpectedFailures.reason(subject.name)
      let operation = subject.operation
      table[operation, default: (0, 0)].all += 1
      if problem == nil { table[operation]?.passed += 1 }
      if let problem, let reason {
        reasons[reason, default: 0] += 1
        _ = problem
      } else if let problem {
        unexpected.append("\(subject.name): \(problem)")
      } else if let reason {
        unexpected.append("\(subject.name) passes, and is said to fail: \(reason)")
      }
    }
    for (name, count) in table.sorted(by: { $0.key < $1.key }) { print("\(name) \(count.passed)/\(count.all)") }
    print("all \(table.values.reduce(0) { $0 + $1.passed })/\(cases.count)")
    for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) { print("expected to fail, \(count): \(reason)") }
    for line in unexpected { print("unexpected: \(line)") }
    #expect(unexpected.isEmpty, "\(unexpected.count) cases, which are printed above")
  }
}
