/// What a server puts up with. Whoever goes beyond is told so and cut off.
public struct ServerLimits: Sendable, Equatable {
  /// The most bytes of a request's header fields.
  public var headBytes = 16 << 10
  /// The most bytes of a request's body.
  public var bodyBytes = 8 << 20
  /// The most rows that one request may ask about.
  public var rows = 10_000
  /// The most connections at once; more are answered 503.
  public var connections = 128
  /// Within how many seconds a request must have come whole, and an answer must have been taken.
  public var transferSeconds = 15.0
  /// After how many seconds of silence a connection is closed.
  public var idleSeconds = 60.0
  /// After how many seconds a client is told that there will be no answer.
  public var answerSeconds = 60.0

  /// The limits as they are meant for a model's server.
  public init() {}
}

/// Where and how a server works.
public struct ServerOptions: Sendable, Equatable {
  /// The address that is listened on. The default is this machine alone; "0.0.0.0" is everybody, who can reach it.
  public var host = "127.0.0.1"
  /// How many of the last rows that were asked about are kept for ``ModelServer/requests``; 0 for none.
  public var keptRequests = 10_000
  /// Whether a classifier's answers say how sure it is of each class.
  public var answersProbabilities = true
  /// What it puts up with.
  public var limits = ServerLimits()

  /// This machine alone, the last 10 000 rows kept, with probabilities.
  public init() {}
}
