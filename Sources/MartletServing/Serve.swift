import MartletFrames
import MartletModels
import MartletNumerics

/// Lets a model that was fitted to a table answer over HTTP, in the background.
///
///     let model = try DecisionTreeClassifier<String>().fit(titanic, target: "survived", features: ["pclass", "age"])
///     let server = try serve(model, like: titanic)
///     try server.ask(#"{"pclass": 3, "age": 22}"#).body
///
/// - Parameters:
///   - model: what answers.
///   - sample: a table such as the one that was learned from, which says what each field holds: numbers, texts and which,
///     and whether values may be missing.
///   - port: where to listen; 0 for any port that is free. A server of this notebook that has the port is stopped first.
///   - options: where and how it works. By default it answers this machine alone.
/// - Returns: the server, which runs until ``ModelServer/stop(within:)``, or as long as the value lives.
/// - Throws: ``ServerError`` when the port is taken or the features cannot be served.
public func serve<Base: Predictor>(
  _ model: TabularModel<Base>, like sample: DataFrame, port: Int = 0, options: ServerOptions = ServerOptions()
) throws(ServerError) -> ModelServer where Base.Features: TableFeatures {
  try serve(model, try servedFeatures(sample, model.features), port, options)
}

/// Lets a model that was fitted to a table answer over HTTP, in the background.
///
///     let server = try serve(model)
/// - Parameters:
///   - model: what answers; its fields take numbers, or the categories that it has learned.
///   - port: where to listen; 0 for any port that is free.
///   - options: where and how it works. By default it answers this machine alone.
/// - Throws: ``ServerError`` when the port is taken.
public func serve<Base: Predictor>(
  _ model: TabularModel<Base>, port: Int = 0, options: ServerOptions = ServerOptions()
) throws(ServerError) -> ModelServer where Base.Features: TableFeatures {
  let texts = Dictionary(uniqueKeysWithValues: model.categories.map { ($0.column, $0.categories.compactMap { $0 }) })
  let features = model.features.map { name in
    texts[name].map { ServedFeature.text(name, categories: $0).optional() } ?? ServedFeature.number(name)
  }
  return try serve(model, features, port, options)
}

private func serve<Base: Predictor>(
  _ model: TabularModel<Base>, _ features: [ServedFeature], _ port: Int, _ options: ServerOptions
) throws(ServerError) -> ModelServer where Base.Features: TableFeatures {
  // The rows' checks have the place of the table's, so that the model behind the table can be asked at once.
  let served = try ServedModel(
    model.base, target: model.target, features: features, withProbabilities: options.answersProbabilities
  ) { rows in
    if model.categories.isEmpty, let matrix = rows.matrix as? Base.Features { return matrix }
    return try model.input(rows.frame)
  }
  return try ModelServer(served, port: port, options)
}

/// Lets a model of matrices answer over HTTP, in the background.
///
///     let server = try serve(model, features: ["sepalLength", "sepalWidth", "petalLength", "petalWidth"])
/// - Parameters:
///   - model: what answers.
///   - features: the names of the matrix's columns, in order.
///   - port: where to listen; 0 for any port that is free.
///   - options: where and how it works. By default it answers this machine alone.
/// - Throws: ``ServerError`` when the port is taken, or a name is there twice.
public func serve<Model: Predictor>(
  _ model: Model, features: [String], port: Int = 0, options: ServerOptions = ServerOptions()
) throws(ServerError) -> ModelServer where Model.Features == Matrix {
  let served = try ServedModel(
    model, features: features.map(ServedFeature.number), withProbabilities: options.answersProbabilities
  ) { $0.matrix }
  return try ModelServer(served, port: port, options)
}

/// Lets a model of tables answer over HTTP, in the background.
///
///     let server = try serve(model, like: penguins, features: ["species", "billLength"])
/// - Parameters:
///   - model: what answers.
///   - sample: a table such as the one that was learned from; its columns say what each field holds.
///   - features: the columns that the model needs; `nil` for all.
///   - port: where to listen; 0 for any port that is free.
///   - options: where and how it works. By default it answers this machine alone.
/// - Throws: ``ServerError`` when the port is taken, or a column is absent or cannot be served.
public func serve<Model: Predictor>(
  _ model: Model, like sample: DataFrame, features: [String]? = nil, port: Int = 0,
  options: ServerOptions = ServerOptions()
) throws(ServerError) -> ModelServer where Model.Features == DataFrame {
  let served = try ServedModel(
    model, features: try servedFeatures(sample, features ?? sample.columnNames),
    withProbabilities: options.answersProbabilities
  ) { $0.frame }
  return try ModelServer(served, port: port, options)
}

/// Lets any model answer over HTTP, in the background.
///
///     let server = try serve(spamFilter, features: [.text("mail")]) { rows in try rows["mail", String.self].values() }
/// - Parameters:
///   - model: what answers.
///   - features: the fields of a row.
///   - port: where to listen; 0 for any port that is free.
///   - options: where and how it works. By default it answers this machine alone.
///   - decode: makes what the model takes of a table with a column for each feature. It is called by several threads at
///     once, for rows that have been checked.
/// - Throws: ``ServerError`` when the port is taken, or a field is there twice.
public func serve<Model: Predictor>(
  _ model: Model, features: [ServedFeature], port: Int = 0, options: ServerOptions = ServerOptions(),
  decode: @escaping @Sendable (DataFrame) throws -> Model.Features
) throws(ServerError) -> ModelServer {
  let served = try ServedModel(model, features: features, withProbabilities: options.answersProbabilities) {
    try decode($0.frame)
  }
  return try ModelServer(served, port: port, options)
}

private func servedFeatures(_ sample: DataFrame, _ names: [String]) throws(ServerError) -> [ServedFeature] {
  var features: [ServedFeature] = []
  for name in names {
    do {
      features.append(try ServedFeature(like: try sample.column(name)))
    } catch let error as FrameError {
      throw ServerError(.features, error.description)
    } catch let error as ServerError {
      throw error
    } catch { throw ServerError(.features, "\(error)") }
  }
  return features
}
