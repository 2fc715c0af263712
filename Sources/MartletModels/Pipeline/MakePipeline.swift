/// Steps of preprocessing and a method, one a line, as one.
///
///     let method = makePipeline {
///       StandardScaler()
///       PolynomialFeatures(degree: 2)
///       LogisticRegression<String>()
///     }
///
/// The same as `.then(…)`; the type says what every step is, so that what does not fit does not compile.
public func makePipeline<Result>(@PipelineBuilder _ steps: () -> Result) -> Result { steps() }

/// Joins steps by `then`.
@resultBuilder public enum PipelineBuilder {
  /// The first step.
  public static func buildPartialBlock<Step: UnsupervisedEstimator>(first: Step) -> Step { first }
  /// The first step, which learns from the answers.
  public static func buildPartialBlock<Step: SupervisedPreprocessor>(first: Step) -> Step { first }

  /// One more step of preprocessing.
  public static func buildPartialBlock<First: UnsupervisedEstimator, Next: UnsupervisedEstimator>(
    accumulated: First, next: Next
  ) -> Chain<First, Next>
  where
    First.Model: Transformer, First.Model.Input == First.Features, Next.Model: Transformer,
    Next.Model.Input == Next.Features, Next.Features == First.Model.Output
  { accumulated.then(next) }

  /// The method at the end.
  public static func buildPartialBlock<First: UnsupervisedEstimator, Estimator: SupervisedEstimator>(
    accumulated: First, next: Estimator
  ) -> Pipeline<First, Estimator>
  where First.Model: Transformer, First.Model.Input == First.Features, Estimator.Features == First.Model.Output {
    accumulated.then(next)
  }

  /// The method at the end, which learns without answers.
  public static func buildPartialBlock<First: UnsupervisedEstimator, Estimator: UnsupervisedEstimator>(
    accumulated: First, next: Estimator
  ) -> UnsupervisedPipeline<First, Estimator>
  where First.Model: Transformer, First.Model.Input == First.Features, Estimator.Features == First.Model.Output {
    accumulated.then(next)
  }

  /// A step that learns from the answers, after one that does not.
  public static func buildPartialBlock<First: UnsupervisedEstimator, Next: SupervisedPreprocessor>(
    accumulated: First, next: Next
  ) -> SupervisedChain<WithoutAnswers<First, Next.Target>, Next>
  where First.Model: Transformer, First.Model.Input == First.Features, Next.Features == First.Model.Output {
    accumulated.then(next)
  }

  /// A step that learns from the answers, after another.
  public static func buildPartialBlock<First: SupervisedPreprocessor, Next: SupervisedPreprocessor>(
    accumulated: First, next: Next
  ) -> SupervisedChain<First, Next> where Next.Features == First.Model.Output, Next.Target == First.Target {
    accumulated.then(next)
  }

  /// A step that does not learn from the answers, after one that does.
  public static func buildPartialBlock<First: SupervisedPreprocessor, Next: UnsupervisedEstimator>(
    accumulated: First, next: Next
  ) -> SupervisedChain<First, WithoutAnswers<Next, First.Target>>
  where Next.Model: Transformer, Next.Model.Input == Next.Features, Next.Features == First.Model.Output {
    SupervisedChain(first: accumulated, next: WithoutAnswers(next))
  }

  /// The method at the end, after steps that learn from the answers.
  public static func buildPartialBlock<First: SupervisedPreprocessor, Estimator: SupervisedEstimator>(
    accumulated: First, next: Estimator
  ) -> SupervisedPipeline<First, Estimator>
  where Estimator.Features == First.Model.Output, Estimator.Target == First.Target {
    accumulated.then(next)
  }
}
