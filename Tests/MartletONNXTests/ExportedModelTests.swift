import Foundation
import MartletONNX
import Testing

/// Pipelines that scikit-learn's exporter wrote and networks that PyTorch's wrote, with their own answers.
@Suite struct ExportedModelTests {
  @Test func modelsGiveTheirMakersAnswers() throws {
    let cases = try ONNXCase.read(Bundle.module.bundleURL.appendingPathComponent("Reference/exported.npz").path)
    #expect(cases.count == 25)
    for subject in cases {
      let problem = subject.problem()
      #expect(problem == nil, "\(subject.name): \(problem ?? "")")
    }
  }
}
