import MartletDatasets
import MartletModels
import MartletNumerics

/// What scikit-learn's trees answered, and the samples they were given.
struct TreeReference: Decodable {
  struct Classifier: Decodable {
    let criterion: String
    let maximumDepth: Int
    let weighted: Bool
    let depth, leaves: Int
    let score, leafImpurity, rootImpurity, rootThreshold: Double
  }
  struct Full: Decodable {
    let depth, leaves: Int
    let score: Double
  }
  struct Iris: Decodable {
    let weights, alphas, impurities: [Double]
    let classifiers: [Classifier]
    let full: Full
  }
  struct Regressor: Decodable {
    let criterion: String
    let parameters: [String: Double]
    let weighted: Bool
    let predictions, importances, impurities: [Double]
    let leaves, depth: Int
  }
  struct Missing: Decodable {
    struct Fit: Decodable {
      let maximumDepth: Int
      let probabilities: [[Double]]
      let leafImpurity: Double
    }
    let x, test: [[Double?]]
    let fits: [Fit]
  }
  struct Pruning: Decodable {
    struct Pruned: Decodable {
      let alpha: Double
      let leaves: Int
      let probabilities: [[Double]]
    }
    let alphas, impurities: [Double]
    let pruned: [Pruned]
  }
  struct Texts: Decodable { let classes, numbers, plain: String }
  struct Boosting: Decodable {
    let kind: String
    let parameters: [String: Double]
    let predictions: Predictions
    let trainingLosses: [Double]
    /// Probabilities by class, or numbers.
    enum Predictions: Decodable {
      case table([[Double]])
      case list([Double])

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let list = try? container.decode([Double].self) {
          self = .list(list)
        } else {
          self = .table(try container.decode([[Double]].self))
        }
      }

      var scalars: [Double] {
        switch self {
        case .table(let rows): rows.flatMap { $0 }
        case .list(let list): list
        }
      }
    }
  }
  struct AdaBoost: Decodable {
    let maximumDepth, rounds: Int
    let learningRate: Double
    let probabilities: [[Double]]
    let estimatorWeights, estimatorErrors: [Double]
  }

  let iris: Iris
  let x, test: [[Double]]
  let y, counts, weights: [Double]
  let labels: [Int]
  let regressors: [Regressor]
  let missing: Missing
  let pruning: Pruning
  let text: Texts
  let gradientBoosting: [Boosting]
  let adaBoost: [AdaBoost]

  static func read() throws -> TreeReference { try ReferenceFile.read("trees") }
}

/// A file of XGBoost's answers with exact borders.
struct XGBoostReference: Decodable {
  struct Fit: Decodable {
    let parameters: [String: Double]
    let rounds: Int
    let logLoss: Double
    let probabilities: [Double]
  }
  struct Missing: Decodable { let predictions: [Double] }
  let x: [[Double]]
  let y: [Int]
  let fits: [Fit]
  let missing: Missing

  static func read() throws -> XGBoostReference { try ReferenceFile.read("xgboost") }
}

/// The bundled flowers and digits, with classes as numbers.
enum TreeData {
  static func iris() throws -> (x: Matrix, y: [Int]) {
    let iris = try Datasets.iris()
    let codes = ["setosa": 0, "versicolor": 1, "virginica": 2]
    return (try iris.matrix(except: "species"), try iris["species", String.self].values().map { codes[$0] ?? -1 })
  }

  /// The reference split of the digits: 1,437 to learn from, 360 to test on.
  static func digits() throws -> (xTrain: Matrix, xTest: Matrix, yTrain: [Int], yTest: [Int]) {
    let digits = try Datasets.digits()
    return try trainTestSplit(digits.features, digits.labels, testSize: 0.2, seed: 0)
  }

  static func matrix(_ rows: [[Double?]]) -> Matrix { Matrix(rows.map { $0.map { $0 ?? .nan } }) }

  static func correct(_ predicted: [Int], _ actual: [Int]) -> Int { zip(predicted, actual).count { $0 == $1 } }
}

/// The impurity of a tree's leaves, as a share of the samples' weight.
func leafImpurity(_ tree: DecisionTree) -> Double {
  let leaves = tree.nodes.filter { $0.feature == nil }
  return leaves.reduce(0) { $0 + $1.impurity * $1.weight } / tree[0].weight
}
