import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct PipelineTests {
  @Test func equalsItsPartsOneAfterTheOther() throws {
    let digits = try Datasets.digits()
    let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(digits.features, digits.labels, testSize: 0.2, seed: 0)
    let model = try StandardScaler().then(LogisticRegression<Int>()).fit(xTrain, yTrain)
    #expect(
      try model.score(xTest, yTest) == 346.0 / 360, "as scikit-learn's pipeline, see heldOutPredictionsAreScikitLearns")
    let scaler = try StandardScaler().fit(xTrain)
    let alone = try LogisticRegression<Int>().fit(scaler.transform(xTrain), yTrain)
    #expect(try model.predictProbabilities(xTest) == alone.predictProbabilities(scaler.transform(xTest)))
    #expect(model.classes == Array(0...9))
  }

  @Test func chainsTablesAndFiles() throws {
    let iris = try Datasets.iris()
    let method = StandardScaler().then(StandardScaler()).then(LogisticRegression<String>())
    let model = try method.fit(iris, target: "species")
    let once = try StandardScaler().then(LogisticRegression<String>()).fit(iris, target: "species")
    #expect(try model.predict(iris) == once.predict(iris))
    #expect(model.description.contains("petalWidth"))
    let again = try JSONDecoder().decode(type(of: once), from: JSONEncoder().encode(once))
    #expect(try again.predictProbabilities(iris) == once.predictProbabilities(iris))
    let patients = try Datasets.diabetes()
    let line = try StandardScaler().then(LinearRegression()).fit(patients, target: "progression")
    let plain = try LinearRegression().fit(patients, target: "progression")
    #expect(agree([try line.score(patients)], [try plain.score(patients)]), "scaling does not change the best line")
  }
}
