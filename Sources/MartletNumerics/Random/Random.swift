import Synchronization

/// Where seeds come from when something random is given none.
///
///     Random.seed(0)                       // in a notebook's first cell: what follows repeats itself
///     Datasets.makeMoons(samples: 200)     // draws its seed from here
///
/// Without ``seed(_:)`` or ``withRandomSeed(_:_:)`` every run draws others.
public enum Random {
  /// The seeds of this task, where ``withRandomSeed(_:_:)`` has set some.
  @TaskLocal static var scoped: SeedSource?
  private static let shared = SeedSource()

  /// Fixes the seeds that are drawn from now on: those of the ``withRandomSeed(_:_:)`` that this is called in, or of the
  /// whole process.
  public static func seed(_ seed: UInt64) { (scoped ?? shared).start(from: seed) }

  /// A seed for a generator whose caller named none, from 0 up to 2³² − 1, which every generator takes.
  ///
  ///     var random = PCG64(seed: Random.nextSeed())
  public static func nextSeed() -> UInt64 { (scoped ?? shared).next() }
}

/// Fixes the seeds that are drawn while `body` runs, in this task and those that it starts.
///
///     let rows = withRandomSeed(0) { df.sample(3) }      // the same rows every time
public func withRandomSeed<Result>(_ seed: UInt64, _ body: () throws -> Result) rethrows -> Result {
  try Random.$scoped.withValue(SeedSource(seed: seed), operation: body)
}

/// Fixes the seeds that are drawn while `body` runs, in this task and those that it starts.
public func withRandomSeed<Result>(_ seed: UInt64, _ body: () async throws -> Result) async rethrows -> Result {
  try await Random.$scoped.withValue(SeedSource(seed: seed), operation: body)
}

/// A row of seeds that several threads may draw from.
final class SeedSource: Sendable {
  private let generator: Mutex<PCG64>

  init(seed: UInt64 = .random(in: .min ... .max)) { generator = Mutex(PCG64(seed: seed)) }

  func start(from seed: UInt64) { generator.withLock { $0 = PCG64(seed: seed) } }

  func next() -> UInt64 { generator.withLock { $0.next() >> 32 } }
}
