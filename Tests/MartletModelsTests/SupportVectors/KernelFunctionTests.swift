import Foundation
import MartletModels
import MartletNumerics
import Testing

@Suite struct KernelFunctionTests {
  struct Function: Decodable {
    let support: [Int]
    let intercepts, eigenvalues: [Double]
    let score: Double
    let coordinates: [[Double]]
    let outside, curve: [Double]
  }
  struct Reference: Decodable { let function: Function }
  private let x: Matrix
  private let y: [Int]
  private let intersection = KernelFunction("intersection") { a, b in zip(a, b).reduce(0) { $0 + min($1.0, $1.1) } }

  init() throws { (x, y) = try ClassicData.iris() }

  @Test func answersAreScikitLearns() throws {
    let expected = try ReferenceFile.read("nuVectors", as: Reference.self).function
    let kernel = Kernel.function(intersection)
    let some = x[.stride(by: 15)]
    let machine = try SVC<Int>(kernel: kernel, tolerance: 1e-9).fit(x, y)
    #expect(
      machine.supportIndices.sorted() == expected.support
        && agree(machine.intercepts, expected.intercepts, within: 1e-4))
    #expect(try machine.score(x, y) == expected.score)
    let outside = try OneClassSVM(outlierFraction: 0.2, kernel: kernel, tolerance: 1e-9).fit(x)
    #expect(agree(try outside.scores(some), expected.outside, within: 1e-3))
    let curve = try SVR(kernel: kernel, tolerance: 1e-9).fit(x, y.map(Double.init))
    #expect(agree(try curve.predict(some), expected.curve, within: 1e-4))
    let components = try KernelPCA(components: 2, kernel: kernel).fit(x)
    #expect(agree(components.eigenvalues, expected.eigenvalues, within: 1e-8))
    #expect(agree(abs(try components.transform(some)).scalars, expected.coordinates.flatMap { $0 }, within: 1e-7))
  }

  /// The same formula as a function and by name.
  @Test func aFunctionDoesWhatItsFormulaDoes() throws {
    let written = Kernel.function(
      KernelFunction { a, b in exp(-0.3 * zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }) })
    let named = Kernel.rbf(gamma: 0.3)
    let a = try NuSVC<Int>(marginShare: 0.2, kernel: written, learnsProbabilities: true, tolerance: 1e-8).fit(x, y)
    let b = try NuSVC<Int>(marginShare: 0.2, kernel: named, learnsProbabilities: true, tolerance: 1e-8).fit(x, y)
    #expect(a.supportIndices == b.supportIndices)
    #expect(agree(try a.pairDecisions(x).scalars, try b.pairDecisions(x).scalars, within: 1e-5))
    #expect(agree(try a.predictProbabilities(x).scalars, try b.predictProbabilities(x).scalars, within: 1e-4))
    let targets = y.map(Double.init)
    let c = try NuSVR(kernel: written, tolerance: 1e-8).fit(x, targets)
    #expect(agree(try c.predict(x), try NuSVR(kernel: named, tolerance: 1e-8).fit(x, targets).predict(x), within: 1e-4))
    #expect(a.description.contains("kernel function") && written.description == "function")
    #expect(written.gamma == nil && written != Kernel.function(KernelFunction { _, _ in 1 }))
  }

  @Test func filesHoldTheName() throws {
    let model = try SVC<Int>(kernel: .function(intersection)).fit(x, y)
    let data = try ModelFile.encode(model)
    let again = try intersection.reading { try ModelFile.decode(SVC<Int>.Model.self, from: data) }
    #expect(try again.pairDecisions(x) == model.pairDecisions(x))
    do {
      _ = try ModelFile.decode(SVC<Int>.Model.self, from: data)
      Issue.record("a function came out of a file")
    } catch {
      #expect(
        error.description.contains("the function that is the kernel 'intersection'")
          && error.description.contains("KernelFunction(\"intersection\") { … }.reading { … }"))
    }
    let problems = try intersection.reading { try ClassicData.damageProblems(model) { _ = try $0.predict(x) } }
    #expect(problems.isEmpty)
  }

  @Test func aFunctionWithoutANameIsNotWritten() throws {
    let model = try SVR(kernel: .function(KernelFunction { a, b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } })).fit(
      x, y.map(Double.init))
    do {
      _ = try ModelFile.encode(model)
      Issue.record("a function went into a file")
    } catch {
      #expect(error.description.contains("KernelFunction(\"name\")") && error.description.contains(".precomputed"))
    }
  }

  @Test func refusals() throws {
    func kind(_ similarity: @escaping @Sendable ([Double], [Double]) -> Double) -> FitError.Kind? {
      refusal { try SVC<Int>(kernel: .function(KernelFunction(nil, similarity))).fit(x, y) }
    }
    #expect(kind { _, _ in .nan } == .notFinite)
    #expect(kind { a, b in a[0] - b[0] } == .parameter, "not the same in either order")
    // Finite for the samples of fitting, not for others.
    let steep = KernelFunction { a, b in a[0] > 100 || b[0] > 100 ? .infinity : a[0] * b[0] }
    let model = try SVC<Int>(kernel: .function(steep)).fit(x, y)
    #expect(refusal { try model.predict(Matrix([[200, 0, 0, 0]])) } == .notFinite)
  }
}
