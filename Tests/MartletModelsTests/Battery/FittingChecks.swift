import MartletModels
import MartletNumerics
import Testing

/// What every estimator does with its training data.
@Suite struct FittingChecks {
  @Test(arguments: BatteryCase.all) func theOrderOfSamplesDoesNotMatter(_ subject: BatteryCase) throws {
    guard !subject.has(.dependsOnOrder) else { return }
    let (x, y) = BatteryData.samples(subject.kind)
    var random = PCG64(seed: 1)
    let order = random.permutation(y.count)
    let a = try subject.fit(x, y, nil).answers(BatteryData.fresh)
    let b = try subject.fit(x[rows: order], order.map { y[$0] }, nil).answers(BatteryData.fresh)
    #expect(agree(a.scalars, b.scalars, within: 1e-5))
  }

  @Test(arguments: BatteryCase.all) func theSameDataTeachTheSame(_ subject: BatteryCase) throws {
    let (x, y) = BatteryData.samples(subject.kind)
    let once = try subject.fit(x, y, nil).answers(BatteryData.fresh)
    let again = try subject.fit(x, y, nil).answers(BatteryData.fresh)
    let alone = try Parallel.$threadLimit.withValue(1) { try subject.fit(x, y, nil).answers(BatteryData.fresh) }
    #expect(once == again, "a second time")
    #expect(once == alone, "on one thread")
  }

  @Test(arguments: BatteryCase.all) func viewsAreLikeCopies(_ subject: BatteryCase) throws {
    let (x, y) = BatteryData.samples(subject.kind)
    let view = x.transposed().compacted().transposed()
    let a = try subject.fit(x, y, nil).answers(BatteryData.fresh)
    let b = try subject.fit(view, y, nil).answers(BatteryData.fresh.transposed().compacted().transposed())
    #expect(agree(a.scalars, b.scalars, within: 1e-8))
  }

  @Test(arguments: BatteryCase.all) func wrongShapesAreRefused(_ subject: BatteryCase) {
    let (x, y) = BatteryData.samples(subject.kind)
    #expect(refusal { try subject.fit(Matrix([1, 2, 3]), [0, 1, 0], nil) } == .shape, "one axis")
    #expect(refusal { try subject.fit(Matrix.zeros(2, 2, 2), [0, 1], nil) } == .shape, "three axes")
    #expect(refusal { try subject.fit(Matrix.zeros(60, 0), y, nil) } == .shape, "no feature")
    #expect(refusal { try subject.fit(Matrix.zeros(0, 4), [], nil) } == .tooFewSamples, "no sample")
    if subject.kind.isSupervised {
      #expect(refusal { try subject.fit(x, Array(y.dropLast()), nil) } == .shape, "a target too few")
    }
  }

  @Test(arguments: BatteryCase.all) func numbersHaveToBeFinite(_ subject: BatteryCase) throws {
    let (x, y) = BatteryData.samples(subject.kind)
    for wrong in [Double.nan, .infinity, -.infinity] {
      var scalars = x.scalars
      scalars[9] = wrong
      let damaged = Matrix(scalars, shape: x.shape)
      if !(wrong.isNaN && subject.has(.acceptsMissing)) && !subject.has(.ignoresFeatures) {
        #expect(refusal { try subject.fit(damaged, y, nil) } == .notFinite, "feature \(wrong)")
        let model = try subject.fit(x, y, nil)
        if subject.has(.answersForItsOwnSamples) { continue }
        #expect(refusal { try model.answers(damaged) } == .notFinite, "asked with \(wrong)")
      }
      if subject.kind == .regressor {
        #expect(refusal { try subject.fit(x, [wrong] + y.dropFirst(), nil) } == .notFinite, "target \(wrong)")
      }
    }
  }

  /// One sample is learned from, or refused with words; it never stops the cell.
  @Test(arguments: BatteryCase.all) func oneSample(_ subject: BatteryCase) throws {
    let (x, y) = BatteryData.samples(subject.kind)
    do {
      let model = try subject.fit(x[rows: [0]], [y[0]], nil)
      #expect(try subject.has(.answersForItsOwnSamples) || model.answers(x).shape[0] == x.shape[0])
    } catch let error as FitError {
      #expect([.tooFewSamples, .tooFewClasses].contains(error.kind), "\(error)")
    }
  }

  @Test(arguments: BatteryCase.all) func oneFeature(_ subject: BatteryCase) throws {
    let (x, y) = BatteryData.samples(subject.kind)
    do {
      let model = try subject.fit(x[.all, 0..<1], y, nil)
      let answers = try model.answers(BatteryData.fresh[.all, 0..<1])
      #expect(subject.has(.answersForItsOwnSamples) || answers.shape[0] == 25)
    } catch let error as FitError {
      #expect([.shape, .parameter].contains(error.kind), "\(error)")
    }
  }

  /// A feature that never varies is no reason for infinities.
  @Test(arguments: BatteryCase.all) func constantFeature(_ subject: BatteryCase) throws {
    let (x, y) = BatteryData.samples(subject.kind)
    let constant = Matrix.concatenated([x, Matrix.full(2.5, x.shape[0], 1)], axis: 1)
    let fresh = Matrix.concatenated([BatteryData.fresh, Matrix.full(2.5, 25, 1)], axis: 1)
    if subject.has(.needsVaryingFeatures) {
      #expect(refusal { try subject.fit(constant, y, nil) } == .notConverged)
    } else {
      #expect(try subject.fit(constant, y, nil).answers(fresh).isFinite.allTrue)
    }
  }

  @Test(arguments: BatteryCase.classifiers) func oneClass(_ subject: BatteryCase) throws {
    let (x, y) = BatteryData.samples(.classifier)
    let same = y.map { _ in 1.0 }
    if subject.has(.acceptsOneClass) {
      #expect(try subject.fit(x, same, nil).predictions(x) == same)
    } else {
      #expect(refusal { try subject.fit(x, same, nil) } == .tooFewClasses)
    }
  }
}
