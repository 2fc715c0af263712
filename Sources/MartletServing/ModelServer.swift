import MartletFrames

/// A model that answers over HTTP, in the background, for as long as this value lives.
///
///     let server = try serve(model)
///     server.address                     // "http://127.0.0.1:40123"
///     server.statistics.predictions      // 12
///     try DataDrift.report(before: training, after: server.requests)
///     server.stop()
///
/// It answers `POST /predict`, `GET /health`, `GET /schema` and `GET /metrics`, and shows a page to try the model at `/`.
/// `/predict` takes one row, `{"age": 31, "sex": "male"}`, or a list of rows, and answers `{"prediction": …}` or
/// `{"predictions": […]}`, with `probabilities` where the model is a classifier. What does not suit the model's fields is
/// answered 422 with each field's problem.
///
/// Each connection has a thread, so that all cores are used. The server is plain HTTP without passwords: made for this
/// machine, and for others only behind a server that knows who asks.
public final class ModelServer: Sendable {
  let listener: Listener
  let routes: ServerRoutes
  private let options: ServerOptions

  init(_ model: ServedModel, port: Int, _ options: ServerOptions) throws(ServerError) {
    routes = ServerRoutes(model, options)
    listener = try Listener(routes, port: port, options)
    self.options = options
  }

  deinit { listener.beginStop() }

  /// Where it answers: `http://127.0.0.1:` and the port.
  public var address: String { "http://\(reachableHost):\(port)" }
  /// The port that it listens on.
  public var port: Int { Int(listener.port) }
  /// The fields of a row.
  public var features: [ServedFeature] { routes.model.features }
  /// Whether it takes requests.
  public var isRunning: Bool { listener.isRunning }
  /// What it has done so far.
  public var statistics: ServerStatistics { listener.counts }

  /// The last rows that a prediction was made for, the oldest first, and the predictions: the table to hold beside the
  /// training data. At most ``ServerOptions/keptRequests`` rows are kept.
  public var requests: DataFrame { routes.requests }

  /// Takes no more requests, and waits until those that are being answered are done.
  ///
  /// Calling it again does nothing.
  /// - Parameter seconds: after so many seconds it waits no longer.
  public func stop(within seconds: Double = 5) { listener.stop(within: seconds) }

  /// The address by which this machine reaches it.
  var reachableHost: String { listener.host == "0.0.0.0" ? "127.0.0.1" : listener.host }
}
