import Foundation
import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

/// What statsmodels made of the same series; see Tests/Reference/make_forecasting.py.
private struct Reference: Decodable {
  struct Smoothing: Decodable {
    let trend: ExponentialSmoothing.Trend
    let season: ExponentialSmoothing.Season
    let period: Int
    let sse, level: Double
    let forecast: [Double]
    let series: String
  }
  struct Arima: Decodable {
    let series: String
    let order: [Int]
    let ar, ma: [Double]
    let mean, variance, llf: Double
    let forecast, errors: [Double]
  }
  struct Nile: Decodable {
    let noise, step, llf: Double
    let forecast, errors: [Double]
  }
  let co2: [Double]
  let smoothing: [Smoothing]
  let arima: [Arima]
  let exactSunspots: [Double]
  let nile: Nile

  static let shared: Reference = {
    do { return try ReferenceFile.read("forecasting") } catch { fatalError("\(error)") }
  }()
  static let nile: [Double] = numbers(Datasets.nile, "volume")
  static let sunspots: [Double] = numbers(Datasets.sunspots, "activity")

  private static func numbers(_ frame: () throws(DatasetError) -> DataFrame, _ name: String) -> [Double] {
    do { return try frame().matrix(of: [name]).scalars } catch { fatalError("\(error)") }
  }

  func series(_ name: String) -> [Double] {
    name == "nile" ? Self.nile : name == "sunspots" ? Self.sunspots : co2
  }
}

@Suite struct ForecastingTests {
  /// Twenty-four months of CO₂ after 502: statsmodels misses them by 0.3039 on average, last year's values by 2.0665.
  @Test func holtAndWintersFollowCO2() throws {
    let co2 = Reference.shared.co2
    let (history, test) = (Array(co2.dropLast(24)), Array(co2.suffix(24)))
    let naive = try NaiveForecaster(period: 12).fit(history).forecast(24)
    #expect(abs(rootMeanSquaredError(predicted: naive.mean, actual: test) - 2.066489) < 1e-6)
    let model = try ExponentialSmoothing(trend: .additive, season: .additive, period: 12).fit(history)
    let missed = rootMeanSquaredError(predicted: try model.forecast(24).mean, actual: test)
    print("CO₂, Holt and Winters: \(missed), squared error \(model.squaredError)")
    #expect(abs(missed - 0.303870) < 0.02)
  }

  /// As small a squared error as statsmodels finds, and much the same forecast.
  @Test(arguments: 0..<5) func smoothingIsAsCloseAsStatsmodels(place: Int) throws {
    let theirs = Reference.shared.smoothing[place]
    let series = theirs.series == "co2" ? Array(Reference.shared.co2.dropLast(24)) : Reference.nile
    let model = try ExponentialSmoothing(trend: theirs.trend, season: theirs.season, period: theirs.period).fit(series)
    let forecast = try model.forecast(theirs.forecast.count)
    let far = zip(forecast.mean, theirs.forecast).map { abs($0 - $1) }.max() ?? 0
    print(
      "\(theirs.series) \(theirs.trend) \(theirs.season): squared error \(model.squaredError) (statsmodels \(theirs.sse)),"
        + " α \(model.levelRate) (\(theirs.level)), farthest \(far)")
    #expect(model.squaredError < theirs.sse * 1.002)
    #expect(far < 6 * model.standardDeviation)
  }

  /// Each forecast is the last one, moved towards what happened; errors grow as in Hyndman et al. (2008), class 1.
  @Test func simpleSmoothingIsAMovingMean() throws {
    let model = try ExponentialSmoothing().fit([3, 5, 9, 20, 8, 9, 11, 4])
    var level = try #require(model.fitted[0])
    for (value, fitted) in zip([3.0, 5, 9, 20, 8, 9, 11, 4], model.fitted) {
      #expect(abs(level - (fitted ?? .nan)) < 1e-9)
      level += model.levelRate * (value - level)
    }
    let forecast = try model.forecast(3)
    #expect(forecast.mean.allSatisfy { abs($0 - level) < 1e-9 })
    // σ² (1 + (h − 1) α²).
    for (h, error) in forecast.standardErrors.enumerated() {
      let variance = 1 + Double(h) * model.levelRate * model.levelRate
      #expect(abs(error - model.standardDeviation * variance.squareRoot()) < 1e-6)
    }
  }

  @Test func smoothingFindsWhatIsThere() throws {
    // A line and a season without noise go on for ever.
    let series = (0..<60).map { 10 + 0.5 * Double($0) + [3.0, -1, -2, 0][$0 % 4] }
    let model = try ExponentialSmoothing(trend: .additive, season: .additive, period: 4).fit(series)
    let next = (60..<72).map { 10 + 0.5 * Double($0) + [3.0, -1, -2, 0][$0 % 4] }
    let forecast = try model.forecast(12).mean
    #expect(zip(forecast, next).allSatisfy { abs($0 - $1) < 0.02 })
    let growing = (0..<60).map { (10 + 0.5 * Double($0)) * [1.3, 0.9, 0.8, 1][$0 % 4] }
    let multiplicative = try ExponentialSmoothing(trend: .additive, season: .multiplicative, period: 4).fit(growing)
    let later = (60..<72).map { (10 + 0.5 * Double($0)) * [1.3, 0.9, 0.8, 1][$0 % 4] }
    #expect(zip(try multiplicative.forecast(12).mean, later).allSatisfy { abs($0 - $1) < 0.1 })
  }

  /// statsmodels' variances and likelihood, whose level starts around 0 with variance 10⁶.
  @Test func nileIsStatsmodels() throws {
    let theirs = Reference.shared.nile
    let method = LocalLevel(initialVariance: 1e6)
    let given = try method.fit(Reference.nile, noiseVariance: theirs.noise, stepVariance: theirs.step)
    #expect(abs(given.logLikelihood - -632.537761) < 1e-6)
    #expect(abs(given.logLikelihood - theirs.llf) < 1e-8)
    let forecast = try given.forecast(3)
    #expect(zip(forecast.mean, theirs.forecast).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(zip(forecast.standardErrors, theirs.errors).allSatisfy { abs($0 - $1) < 1e-6 })
    let found = try method.fit(Reference.nile)
    print("Nile: \(found.noiseVariance), \(found.stepVariance), \(found.logLikelihood)")
    #expect(found.logLikelihood >= theirs.llf)
    #expect(abs(found.noiseVariance / theirs.noise - 1) < 0.01 && abs(found.stepVariance / theirs.step - 1) < 0.02)
  }

  /// Durbin and Koopman (2012), section 2.10: 15099 and 1469.1 where nothing is known of the first level.
  @Test func nileIsTheTextbooks() throws {
    let model = try LocalLevel().fit(Reference.nile)
    #expect(abs(model.noiseVariance - 15099) < 1.5)
    #expect(abs(model.stepVariance - 1469.1) < 0.5)
  }

  @Test(arguments: 0..<4) func likelihoodsAreStatsmodels(place: Int) throws {
    let theirs = Reference.shared.arima[place]
    let method = ARIMA(
      autoregression: theirs.order[0], differences: theirs.order[1], movingAverage: theirs.order[2])
    let series = Reference.shared.series(theirs.series)
    let given = try method.fit(series, autoregression: theirs.ar, movingAverage: theirs.ma, mean: theirs.mean)
    let found = try method.fit(series)
    print("\(theirs.series) \(theirs.order): \(found.logLikelihood) (statsmodels \(theirs.llf))", found.autoregression)
    // Its variance is a parameter, ours the best one; with differences its first value starts from a level of variance 10⁶.
    if theirs.order[1] == 0 {
      #expect(abs(given.logLikelihood - theirs.llf) < 1e-3)
    }
    #expect(found.logLikelihood >= given.logLikelihood - 1e-6)
    let forecast = try given.forecast(8)
    #expect(zip(forecast.mean, theirs.forecast).allSatisfy { abs($0 - $1) < 1e-3 * max(1, abs($1)) })
    let scale = (theirs.variance / given.variance).squareRoot()
    #expect(zip(forecast.standardErrors, theirs.errors).allSatisfy { abs($0 * scale - $1) < 1e-3 * $1 })
  }

  /// statsmodels by two ways: (1.390633, −0.688573) and, more exactly, (1.3906557, −0.6885712).
  @Test func sunspotsAreAnAutoregression() throws {
    let model = try ARIMA(autoregression: 2).fit(Reference.sunspots)
    #expect(zip(model.autoregression, [1.390633, -0.688573]).allSatisfy { abs($0 - $1) < 1e-4 })
    let exact = Reference.shared.exactSunspots
    #expect(zip([model.mean] + model.autoregression, exact).allSatisfy { abs($0 - $1) < 2e-4 * abs($1) })
  }

  @Test func naiveForecastsAreTheirFormulas() throws {
    let series = [2.0, 4, 3, 7, 5, 9]
    let last = try NaiveForecaster().fit(series).forecast(4)
    #expect(last.mean == [9, 9, 9, 9])
    let spread = ([2.0, -1, 4, -2, 4].reduce(0) { $0 + $1 * $1 } / 5).squareRoot()
    #expect(zip(last.standardErrors, [1, 2, 3, 4]).allSatisfy { abs($0 - spread * Double($1).squareRoot()) < 1e-12 })
    #expect(try NaiveForecaster(period: 3).fit(series).forecast(5).mean == [7, 5, 9, 7, 5])
    let drift = try DriftForecaster().fit(series).forecast(2)
    #expect(zip(drift.mean, [10.4, 11.8]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func lagsFollowWhatTheyCan() throws {
    // x₊₁ = 0.6 x + 0.3 x₋₁ exactly: least squares finds it.
    var series = [1.0, 2]
    for place in 2..<80 { series.append(0.6 * series[place - 1] + 0.3 * series[place - 2]) }
    let model = try LagRegression(lags: [1, 2], LinearRegression()).fit(series)
    let next = 0.6 * series[79] + 0.3 * series[78]
    let forecast = try model.forecast(3)
    #expect(abs(forecast.mean[0] - next) < 1e-9 && forecast.standardErrors[2] < 1e-9)
    // A tree cannot go beyond what it has seen; with changes it can.
    let line = (0..<60).map { 2 * Double($0) + Double($0 % 3) }
    let flat = try LagRegression(lags: [1, 2, 3], DecisionTreeRegressor()).fit(line).forecast(12).mean
    let rising = try LagRegression(lags: [1, 2, 3], DecisionTreeRegressor(), differences: 1).fit(line).forecast(12).mean
    #expect(flat[11] < 121)
    #expect(abs(rising[11] - (2 * 71 + 2)) < 1e-9)
  }

  @Test func pastForecastsSeeNoFuture() throws {
    let series = Array(Reference.shared.co2.prefix(240))
    let rolling = RollingOrigin(horizon: 12, start: 120, step: 12)
    let naive = try rolling.evaluate(NaiveForecaster(period: 12), on: series)
    #expect(naive.parts.count == 10 && naive.parts[0].origin == 120)
    #expect(naive.parts[3].forecast.mean == Array(series[144..<156]))
    let smooth = try rolling.evaluate(
      ExponentialSmoothing(trend: .additive, season: .additive, period: 12), on: series)
    print(
      "CO₂, ten years: naive \(naive.meanAbsoluteScaledError(period: 12)), smoothing"
        + " \(smooth.meanAbsoluteScaledError(period: 12)), coverage \(smooth.coverage(0.9))")
    #expect(smooth.meanAbsoluteScaledError(period: 12) < 0.6 * naive.meanAbsoluteScaledError(period: 12))
    #expect(smooth.errorsByStep.count == 12)
    #expect(smooth.frame.rowCount == 120)
    #expect(smooth.coverage(0.9) > 0.75)
  }

  @Test func errorsAreTheirFormulas() {
    #expect(abs(meanAbsoluteScaledError(predicted: [3, 5], actual: [4, 4], history: [1, 3, 2]) - 2.0 / 3) < 1e-15)
    #expect(symmetricPercentageError(predicted: [1, 3], actual: [1, 1]) == 0.5)
    #expect(symmetricPercentageError(predicted: [0], actual: [0]) == 0)
  }

  /// Uniform, normal or not: the quantile at c₊ / (c₊ + c₋) costs least.
  @Test func newsvendorsOrderAQuantile() throws {
    let newsvendor = Newsvendor(shortageCost: 3, surplusCost: 1)
    #expect(newsvendor.fraction == 0.75)
    let forecast = Forecast(mean: [100], standardErrors: [20])
    let order = newsvendor.orders(for: forecast)[0]
    #expect(abs(order - (100 + 20 * 0.6744897501960817)) < 1e-9)
    let least = newsvendor.expectedCost(order: order, mean: 100, standardDeviation: 20)
    // At the best order the cost is (c₊ + c₋) σ φ(z).
    #expect(
      abs(least - 4 * 20 * exp(-0.6744897501960817 * 0.6744897501960817 / 2) / (2 * Double.pi).squareRoot()) < 1e-9)
    for other in [order - 5, order + 5, 100] {
      #expect(newsvendor.expectedCost(order: other, mean: 100, standardDeviation: 20) > least)
    }
    var random = PCG64(seed: 1)
    let costs = random.normals(200_000, mean: 100, standardDeviation: 20).map {
      newsvendor.cost(order: order, demand: $0)
    }
    #expect(abs(mean(costs) - least) < 0.2)
  }

  @Test func modelsAreKept() throws {
    let series = Reference.nile
    func kept<Model: ForecastModel & Codable>(_ model: Model) throws -> Bool {
      let again = try ModelFile.decode(Model.self, from: ModelFile.encode(model))
      return try again.forecast(5) == model.forecast(5)
    }
    #expect(try kept(NaiveForecaster(period: 4).fit(series)))
    #expect(try kept(DriftForecaster().fit(series)))
    #expect(try kept(ExponentialSmoothing(trend: .damped).fit(series)))
    #expect(try kept(LocalLevel().fit(series)))
    #expect(try kept(ARIMA(autoregression: 1, differences: 1, movingAverage: 1).fit(series)))
    let text = String(decoding: try ModelFile.encode(LocalLevel().fit(series)), as: UTF8.self)
    #expect(throws: ModelFileError.self) {
      try ModelFile.decode(
        LocalLevel.Model.self, from: Data(text.replacing("\"noiseVariance\":", with: "\"noiseVariance\":-").utf8))
    }
  }

  @Test func wrongSeriesAreRefused() {
    #expect(throws: FitError.self) { try NaiveForecaster(period: 12).fit([1, 2, 3]) }
    #expect(throws: FitError.self) { try ExponentialSmoothing().fit([1, 2, .nan, 4, 5]) }
    #expect(throws: FitError.self) {
      try ExponentialSmoothing(season: .multiplicative, period: 2).fit([1, 2, 0, 3, 4, 5, 6, 7])
    }
    #expect(throws: FitError.self) { try LocalLevel().fit([2, 2, 2, 2, 2]) }
    #expect(throws: FitError.self) { try ARIMA(autoregression: 2).fit([1, 2, 3]) }
    #expect(throws: FitError.self) {
      try ARIMA(autoregression: 1).fit([1, 2, 3, 5, 4, 6, 7], autoregression: [1.2], movingAverage: [])
    }
    #expect(throws: FitError.self) { try NaiveForecaster().fit([1, 2, 3]).forecast(0) }
    #expect(throws: FitError.self) { try LagRegression(lags: [0], LinearRegression()).fit([1, 2, 3, 4, 5]) }
    #expect(throws: FitError.self) { try RollingOrigin(horizon: 20).evaluate(NaiveForecaster(), on: [1, 2, 3]) }
  }
}
