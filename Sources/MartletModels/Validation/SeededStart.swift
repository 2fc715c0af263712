import MartletNumerics

/// The random numbers of methods that start somewhere, or split samples, at random.
enum SeededStart {
  /// The stream of a seed, the same as scikit-learn's for that `random_state`; without one, that of ``Random/nextSeed()``.
  static func generator(_ seed: UInt64?) throws(FitError) -> MT19937 {
    let seed = seed ?? Random.nextSeed()
    try SampleChecks.parameter(seed <= UInt32.max, "seed", "up to 4294967295", seed)
    return MT19937(seed: seed)
  }
}
