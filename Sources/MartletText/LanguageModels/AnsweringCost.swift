import MartletFrames
import MartletModels

/// What answering by a language model costs, and from how many requests on a machine of one's own is cheaper.
///
///     let service = AnsweringCost("service", requestPrice: ChatPrice(prompt: 2, completion: 8), tokens: (800, 200), seconds: 0.9)
///     let machine = AnsweringCost("own machine", fixed: 160, perRequest: 0.0001, seconds: 0.004)
///     service.perRequest                        // 0.0032
///     service.breakEven(with: machine)          // 51612.9: with more requests the machine is cheaper
///     AnsweringCost.table([service, machine], requests: [10_000, 50_000, 100_000])
public struct AnsweringCost: Sendable, Equatable {
  /// What tables call it.
  public let name: String
  /// What is paid in a period whatever is asked: rent, electricity, somebody's time.
  public let fixed: Double
  /// What each request costs.
  public let perRequest: Double
  /// How long one answer takes, in seconds.
  public let seconds: Double

  /// A way to answer with known costs, in any currency.
  public init(_ name: String, fixed: Double = 0, perRequest: Double = 0, seconds: Double = 0) {
    guard fixed >= 0, perRequest >= 0, seconds >= 0, fixed.isFinite, perRequest.isFinite, seconds.isFinite else {
      fatalError("AnsweringCost('\(name)') needs costs and seconds from 0; found \(fixed), \(perRequest), \(seconds).")
    }
    (self.name, self.fixed, self.perRequest, self.seconds) = (name, fixed, perRequest, seconds)
  }

  /// A service that is paid by tokens.
  ///
  /// - Parameters:
  ///   - requestPrice: what a million tokens cost.
  ///   - tokens: how many tokens a request has, and its answer.
  ///   - overhead: tokens that every request carries besides, as instructions and examples do.
  ///   - seconds: how long one answer takes.
  public init(
    _ name: String, requestPrice: ChatPrice, tokens: (prompt: Int, completion: Int), overhead: Int = 0,
    seconds: Double = 0
  ) {
    let usage = ChatUsage(promptTokens: tokens.prompt + overhead, completionTokens: tokens.completion)
    self.init(name, perRequest: requestPrice.cost(of: usage), seconds: seconds)
  }

  /// What so many requests cost in a period.
  public func cost(of requests: Double) -> Double { fixed + perRequest * requests }

  /// The number of requests in a period at which both cost the same: beyond it the one with the smaller price of a request is
  /// cheaper. `nil` where one is never dearer than the other.
  public func breakEven(with other: AnsweringCost) -> Double? {
    let requests = (other.fixed - fixed) / (perRequest - other.perRequest)
    return requests.isFinite && requests > 0 ? requests : nil
  }

  /// The costs of several ways for some numbers of requests, a row each, with the cheapest way named.
  public static func table(_ ways: [AnsweringCost], requests: [Int]) throws -> DataFrame {
    var columns = [AnyColumn]()
    columns.append(AnyColumn(Column("requests", requests)))
    for way in ways { columns.append(AnyColumn(Column(way.name, requests.map { way.cost(of: Double($0)) }))) }
    let cheapest = requests.map { count in
      ways.min { $0.cost(of: Double(count)) < $1.cost(of: Double(count)) }?.name ?? ""
    }
    columns.append(AnyColumn(Column("cheapest", cheapest)))
    return try DataFrame(columns)
  }
}
