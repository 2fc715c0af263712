import MartletModels
import MartletNumerics
import Testing

@Suite struct SplitTests {
  struct Plain: Decodable {
    let count: Int
    let testSize: Double
    let seed: UInt64
    let train, test: [Int]
  }
  struct Stratified: Decodable {
    let labels: [Int]
    let testSize: Double
    let seed: UInt64
    let train, test: [Int]
  }
  struct Reference: Decodable {
    let plain: [Plain]
    let stratified: [Stratified]
  }

  @Test func drawsTheRowsThatScikitLearnDraws() throws {
    let reference: Reference = try ReferenceFile.read("splits")
    for expected in reference.plain {
      let split = try TrainTestSplit(count: expected.count, testSize: expected.testSize, seed: expected.seed)
      #expect(split.train == expected.train && split.test == expected.test, "\(expected.count), seed \(expected.seed)")
    }
    for expected in reference.stratified {
      let split = try TrainTestSplit(stratifiedBy: expected.labels, testSize: expected.testSize, seed: expected.seed)
      #expect(split.train == expected.train && split.test == expected.test, "seed \(expected.seed)")
    }
  }

  @Test(arguments: [2, 3, 10, 101]) func everyRowIsOnOneSide(count: Int) throws {
    let split = try TrainTestSplit(count: count, testSize: 0.3)
    #expect((split.train + split.test).sorted() == Array(0..<count))
  }

  @Test func refusals() {
    #expect(throws: FitError.self) { try TrainTestSplit(count: 1) }
    #expect(throws: FitError.self) { try TrainTestSplit(count: 10, testSize: 1) }
    #expect(throws: FitError.self) { try TrainTestSplit(count: 10, testSize: .nan) }
    #expect(throws: FitError.self) { try TrainTestSplit(count: 10, seed: 1 << 32) }
    #expect(throws: FitError.self) { try TrainTestSplit(stratifiedBy: [1, 1, 2], testSize: 0.5, seed: 0) }
    #expect(throws: FitError.self) { try trainTestSplit(Matrix.zeros(3, 1), [1, 2]) }
  }
}
