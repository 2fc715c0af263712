import Foundation
import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct TableTests {
  private let passengers: DataFrame
  private let columns = ["pclass", "sex", "age", "fare", "embarked"]

  init() throws { passengers = try Datasets.titanicPassengers() }

  /// The same as numbering the texts by hand, with NaN for what is missing.
  @Test func treesTakeTextsAndGaps() throws {
    let method = HistogramGradientBoostingClassifier<Bool>(rounds: 20, seed: 0)
    let model = try method.fit(passengers, target: "survived", features: columns)
    #expect(model.categories.map(\.column) == ["sex", "embarked"])
    var numbers: [[Double]] = []
    let texts = try (passengers["sex", String.self], passengers["embarked", String.self])
    let (ages, fares) = try (passengers["age"].numbers(), passengers["fare"].numbers())
    let classes = try passengers["pclass"].numbers()
    for row in 0..<passengers.rowCount {
      let port = texts.1[row].map { ["C": 0.0, "Q": 1, "S": 2][$0] ?? .nan } ?? .nan
      numbers.append([
        classes[row] ?? .nan, texts.0[row] == "male" ? 1 : 0, ages[row] ?? .nan, fares[row] ?? .nan, port,
      ])
    }
    var byHand = method
    byHand.categoricalFeatures = [1, 4]
    let x = Matrix(numbers)
    let same = try byHand.fit(x, try passengers["survived", Bool.self].values())
    #expect(try model.predictProbabilities(passengers) == same.predictProbabilities(x))
    let again = try JSONDecoder().decode(type(of: model), from: JSONEncoder().encode(model))
    #expect(try again.predictProbabilities(passengers) == model.predictProbabilities(passengers))
    #expect(again.categories == model.categories)
  }

  /// The likeliest weights of sex, first and second class, as statsmodels' `Logit` has them.
  @Test func likeliestWeights() throws {
    let classes = try passengers["pclass", Int.self].values()
    let people = try passengers["sex", String.self].values().enumerated().map { place, sex in
      [sex == "female", classes[place] == 1, classes[place] == 2].map { $0 ? 1.0 : 0 }
    }
    let model = try LogisticRegression<Bool>(inverseRegularization: .infinity, tolerance: 1e-10)
      .fit(Matrix(people), try passengers["survived", Bool.self].values())
    let published = [2.51500353, 1.7231291, 0.84230584, -2.12899982]
    #expect(agree(model.coefficients.flattened().scalars + model.intercepts, published, within: 1e-6))
  }

  /// A port that nobody has learned is as good as none: those without one were saved, as those of the second port.
  @Test func unknownCategoriesAreMissing() throws {
    let learned = try DataFrame(
      Column("port", ["a", "a", "b", "b", nil, nil]), Column("saved", [false, false, true, true, true, true]))
    let model = try DecisionTreeClassifier<Bool>(seed: 0).fit(learned, target: "saved")
    #expect(model.categories.count == 1)
    let asked = try DataFrame(Column("port", ["a", "b", nil, "Atlantis"]))
    #expect(try model.predict(asked) == [false, true, true, true])
  }

  /// Names are left out by default, texts with few values are not.
  @Test func defaultFeatures() throws {
    let forest = try RandomForestClassifier<Bool>(treeCount: 5, seed: 0).fit(passengers, target: "survived")
    let expected = ["pclass", "sex", "age", "sibsp", "parch", "fare", "cabin", "embarked", "boat", "body"]
    #expect(forest.features == expected)
    let whole = try passengers.select("age", "sex", "survived", "fare").droppingMissing("age", "fare")
    let line = try LinearRegression().fit(whole, target: "fare")
    #expect(line.features == ["age"])
  }

  /// As scikit-learn's tree on the sex by number and NaN for unknown ages. The table is sorted by class: a fold of its own
  /// asks for passengers unlike those learned from.
  @Test(
    arguments: [
      (nil, [0.38215103, 0.59174312, 0.6146789]), (0, [0.798627, 0.78899083, 0.78440367]),
    ] as [(UInt64?, [Double])])
  func crossValidationTakesTextsAndGaps(seed: UInt64?, published: [Double]) throws {
    let folds = try crossValidate(
      DecisionTreeClassifier<Bool>(maximumDepth: 3, seed: 0), passengers, target: "survived",
      features: ["sex", "age", "pclass"], folds: StratifiedKFold(3, seed: seed))
    #expect(agree(folds["accuracy"], published, within: 1e-7))
  }

  @Test func whoNeedsAllValuesNamesTheColumn() throws {
    #expect {
      try LogisticRegression<Bool>().fit(passengers, target: "survived", features: ["pclass", "age"])
    } throws: { error in
      let text = "\(error)"
      return text.contains("'age'") && text.contains("263 missing") && !text.contains("..")
    }
    let whole = try passengers.droppingMissing("age")
    let model = try LogisticRegression<Bool>().fit(whole, target: "survived", features: ["pclass", "age"])
    #expect { try model.predict(passengers) } throws: { "\($0)".contains("'age'") }
  }

  /// A row that counts twice is as good as two rows.
  @Test func weightsAreAColumn() throws {
    let iris = try Datasets.iris()
    let counted = try iris.adding("count", (0..<150).map { $0 % 2 == 0 ? 2 : 1 })
    let twice = iris[rows: Array(0..<150) + stride(from: 0, to: 150, by: 2)]
    let weighted = try GaussianNaiveBayes<String>().fit(counted, target: "species", weights: "count")
    let repeated = try GaussianNaiveBayes<String>().fit(twice, target: "species")
    #expect(!weighted.features.contains("count"))
    #expect(
      agree(
        try weighted.predictProbabilities(iris).scalars, try repeated.predictProbabilities(iris).scalars, within: 1e-9))
    #expect(throws: FitError.self) {
      try KNeighborsClassifier<String>().fit(counted, target: "species", weights: "count")
    }
  }

  /// A weight stands beside the column that it belongs to.
  @Test func pipelinesNameWhatTheyMake() throws {
    let method = ColumnTransformer {
      Columns(.named("age", "fare"), SimpleImputer(.median).then(StandardScaler()))
      Columns(.named("sex"), OneHotEncoder())
    }.then(LogisticRegression<Bool>())
    let model = try method.fit(passengers, target: "survived", features: ["sex", "age", "fare"])
    let lines = model.description.split(separator: "\n").map { $0.split(separator: " ")[0] }
    #expect(lines.suffix(4) == ["age", "fare", "sex=female", "sex=male"])
    let search = try GridSearch(method).varying(\.estimator.inverseRegularization, over: [0.1, 1])
      .fit(passengers, target: "survived", features: ["sex", "age", "fare"])
    #expect(search.description.hasPrefix("Search\n"))
    let trees = try GridSearch(DecisionTreeClassifier<Bool>(seed: 0)).varying(\.maximumDepth, over: [1, 2])
      .fit(passengers, target: "survived", features: ["sex", "pclass"])
    #expect(trees.categories.map(\.column) == ["sex"])
  }

  @Test func hostileCategoriesAreRefused() throws {
    let model = try DecisionTreeClassifier<Bool>(maximumDepth: 2, seed: 0)
      .fit(passengers, target: "survived", features: ["sex"])
    let text = String(decoding: try JSONEncoder().encode(model), as: UTF8.self)
    for (part, bad) in [("\"column\":\"sex\"", "\"column\":\"age\""), ("\"female\"", "\"male\"")] {
      let broken = text.replacingOccurrences(of: part, with: bad)
      #expect(broken != text)
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(type(of: model), from: Data(broken.utf8)) }
    }
  }
}
