import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct MeasurementTests {
  struct Balance: Decodable {
    let name: String
    let labels, counts: [Int]
    let shares: [Double]
    let evenness: Double
  }
  struct Duplicates: Decodable {
    let columns: [String]
    let extras, iris: [Int]
    let groups: Int
  }
  struct Reference: Decodable {
    let balances: [Balance]
    let duplicates: Duplicates
  }
  private func reference() throws -> Reference { try ReferenceFile.read("measurements") }

  @Test(arguments: 0..<3) func labelsAreAsEvenAsSciPySays(place: Int) throws {
    let expected = try reference().balances[place]
    let balance = LabelBalance(expected.labels)
    #expect(balance.counts == expected.counts && agree(balance.shares, expected.shares))
    #expect(agree([balance.evenness], [expected.evenness]))
    #expect(balance.imbalance == Double(expected.counts[0]) / Double(expected.counts[expected.counts.count - 1]))
  }

  @Test func theCommonestClassComesFirst() {
    let balance = LabelBalance(["b", "c", "a", "c", "b"])
    #expect(balance.classes == ["b", "c", "a"] && balance.counts == [2, 2, 1] && balance.imbalance == 2)
    #expect(LabelBalance([true, true]).evenness == 1 && LabelBalance([1, 2]).evenness == 1)
    #expect(balance.description.contains("5 labels of 3 classes") && balance.frame.rowCount == 3)
    #expect(balance.displayBundle()[.html] != nil)
  }

  @Test func rowsRepeatWherePandasSaysSo() throws {
    let expected = try reference().duplicates
    let penguins = try DuplicateRows(Datasets.penguins(), columns: expected.columns)
    #expect(penguins.extras == expected.extras && penguins.groups.count == expected.groups)
    #expect(penguins.share == Double(expected.extras.count) / 344)
    let iris = DuplicateRows(try Datasets.iris().matrix(except: "species"))
    #expect(iris.extras == expected.iris && iris.groups.count == 1)
    #expect(refusal { try DuplicateRows(Datasets.iris(), columns: ["petals"]) } == .table)
  }

  @Test func whatIsTheSame() {
    #expect(DuplicateRows(["a", "b", "a", "a"]).groups == [[0, 2, 3]])
    #expect(DuplicateRows(Matrix([[.nan, 0], [.nan, -0.0], [1, 0]])).groups == [[0, 1]])
    #expect(DuplicateRows([Int]()).share == 0 && DuplicateRows([1, 2]).groups.isEmpty)
    #expect(DuplicateRows([1, 1]).description.contains("1 of 2 samples repeat"))
  }

  @Test func texts() throws {
    let lengths = TextLengths(["a short one", "this one has five words", "don’t"])
    #expect(lengths.words == [3, 5, 1] && lengths.meanWords == 3 && lengths.characters == [11, 23, 5])
    #expect(try lengths.frame["median", Double.self].values() == [3, 11])
    let found = try TermUse(
      ["You FOOL!", "Nice day.", "a fool, a knave and no Good Day"], terms: ["fool", "good day"])
    #expect(found.texts == [0, 2] && found.counts == Tensor([[1, 0], [0, 0], [1, 1]]) && found.share == 2.0 / 3)
    #expect(try found.frame["times", Int.self].values() == [2, 1])
    #expect(refusal { try TermUse([], terms: ["a"]) } == .parameter)
    #expect(refusal { try TermUse(["a"], terms: ["!"]) } == .parameter)
    #expect(refusal { try TermUse(["a"], terms: ["b", "B"]) } == .parameter)
  }
}
