import Foundation

/// A Python that has the onnx package, whose checker and reference evaluator judge files.
enum ONNXPython {
  struct Answer: Decodable {
    let numbers: [Double]
    let labels: [String]?
  }

  /// The Python that `MARTLET_PYTHON` names, or the `python3` in the path, where it has onnx.
  static let interpreter: String? = {
    let named = ProcessInfo.processInfo.environment["MARTLET_PYTHON"] ?? "python3"
    return output(of: named, ["-c", "import onnx.reference; print(1)"]).map { _ in named }
  }()

  /// What the reference evaluator makes of each file in a folder, after the checker has seen it.
  static func run(_ folder: URL, count: Int) throws -> [Answer] {
    let script = """
      import json, sys, numpy, onnx
      from onnx.reference import ReferenceEvaluator
      answers = []
      for number in range(\(count)):
          model = onnx.load(f"{sys.argv[1]}/{number}.onnx")
          onnx.checker.check_model(model, full_check=True)
          x = numpy.load(f"{sys.argv[1]}/{number}.npy")
          outputs = ReferenceEvaluator(model).run(None, {model.graph.input[0].name: x})
          answer = {"numbers": numpy.asarray(outputs[-1], dtype=float).ravel().tolist()}
          if len(outputs) == 2: answer["labels"] = [str(v) for v in outputs[0]]
          answers.append(answer)
      print(json.dumps(answers))
      """
    guard let interpreter, let text = output(of: interpreter, ["-c", script, folder.path]) else {
      struct Failure: Error {}
      throw Failure()
    }
    return try JSONDecoder().decode([Answer].self, from: Data(text.utf8))
  }

  private static func output(of program: String, _ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? text : nil
  }
}
