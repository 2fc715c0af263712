"""Votes, stacks, multiclass methods, stochastic and robust linear models, imputers, splines and resampling."""
import warnings
import numpy as np
from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.under_sampling import RandomUnderSampler
from sklearn import datasets
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.ensemble import HistGradientBoostingClassifier, StackingClassifier, StackingRegressor, VotingClassifier
from sklearn.feature_selection import RFECV
from sklearn.impute import IterativeImputer
from sklearn.linear_model import (
    LinearRegression, LogisticRegression, Perceptron, QuantileRegressor, RANSACRegressor, Ridge, SGDClassifier, SGDRegressor)
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier, OutputCodeClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import SplineTransformer, StandardScaler
from reference import save

warnings.simplefilter("ignore")
rng = np.random.default_rng(21)
iris, diabetes, cancer = datasets.load_iris(), datasets.load_diabetes(), datasets.load_breast_cancer()
scaled = StandardScaler().fit_transform(iris.data)
two = scaled[:, :2]


def logistic(C=1.0): return LogisticRegression(C=C, tol=1e-10, max_iter=10000, solver="newton-cg")


def flat(a): return np.asarray(a, dtype=float).ravel().tolist()


members = [("a", logistic(0.01)), ("b", logistic(1)), ("c", logistic(100))]
votes = {kind: VotingClassifier(members, voting=kind, weights=[1, 2, 1.5]).fit(two, iris.target) for kind in ("soft", "hard")}
stack = StackingClassifier(members, logistic(), cv=StratifiedKFold(5)).fit(two, iris.target)
passing = StackingClassifier(members[:2], logistic(), cv=StratifiedKFold(5), passthrough=True).fit(two, (iris.target == 2))
lines = StackingRegressor([("a", Ridge(0.1)), ("b", Ridge(10))], LinearRegression(), cv=KFold(5)).fit(diabetes.data, diabetes.target)
rest = OneVsRestClassifier(logistic()).fit(two, iris.target)
pairs = OneVsOneClassifier(logistic()).fit(two, iris.target)
codes = OutputCodeClassifier(logistic(), code_size=2, random_state=3).fit(two, iris.target)
ensembles = {
    "soft": flat(votes["soft"].predict_proba(two)), "hard": votes["hard"].predict(two).tolist(),
    "stack": flat(stack.predict_proba(two)), "passing": flat(passing.predict_proba(two)),
    "lines": flat(lines.predict(diabetes.data)), "rest": flat(rest.predict_proba(two)), "restClasses": rest.predict(two).tolist(),
    "pairs": flat(pairs.decision_function(two)), "pairClasses": pairs.predict(two).tolist(), "codeClasses": codes.predict(two).tolist(),
    "cancerLogistic": cross_val_score(make_pipeline(StandardScaler(), LogisticRegression(max_iter=10000, tol=1e-8)), cancer.data, cancer.target, cv=5).tolist(),
    "cancerBoosting": cross_val_score(HistGradientBoostingClassifier(), cancer.data, cancer.target, cv=5).tolist(),
}

stochastic = {}
binary = (iris.target == 2).astype(int)
for name, options in {
    "hinge": {"shuffle": False}, "log": {"loss": "log_loss", "random_state": 1}, "l1": {"loss": "log_loss", "penalty": "l1", "alpha": 0.01, "random_state": 2},
    "elastic": {"loss": "modified_huber", "penalty": "elasticnet", "alpha": 0.01, "l1_ratio": 0.4, "random_state": 5},
    "average": {"loss": "log_loss", "average": 10, "random_state": 3}, "constant": {"loss": "squared_hinge", "learning_rate": "constant", "eta0": 0.01, "random_state": 0},
    "adaptive": {"loss": "hinge", "learning_rate": "adaptive", "eta0": 0.1, "random_state": 4}, "weights": {"loss": "log_loss", "class_weight": {0: 1, 1: 3}, "random_state": 6},
}.items():
    model = SGDClassifier(**options).fit(two, binary)
    stochastic[name] = {"coefficients": flat(model.coef_), "intercepts": flat(model.intercept_), "epochs": model.n_iter_, "probabilities": []}
perceptron = Perceptron(random_state=1).fit(two, iris.target)
stochastic["perceptron"] = {"coefficients": flat(perceptron.coef_), "intercepts": flat(perceptron.intercept_), "epochs": perceptron.n_iter_, "probabilities": []}
part = SGDClassifier(loss="log_loss", shuffle=False)
for rows in (slice(0, None, 2), slice(1, None, 2)): part.partial_fit(two[rows], binary[rows], classes=[0, 1])
stochastic["parts"] = {"coefficients": flat(part.coef_), "intercepts": flat(part.intercept_), "epochs": 1, "probabilities": []}
patients = StandardScaler().fit_transform(diabetes.data)
target = (diabetes.target - diabetes.target.mean()) / diabetes.target.std()
for name, options in {
    "squared": {"random_state": 0}, "huber": {"loss": "huber", "random_state": 1}, "epsilon": {"loss": "epsilon_insensitive", "random_state": 2},
    "squaredEpsilon": {"loss": "squared_epsilon_insensitive", "penalty": "l1", "alpha": 0.01, "random_state": 3},
}.items():
    model = SGDRegressor(**options).fit(patients, target)
    stochastic[name] = {"coefficients": flat(model.coef_), "intercepts": flat(model.intercept_), "epochs": model.n_iter_, "probabilities": []}

wild = np.c_[rng.normal(size=(120, 2))]
line = wild @ [2.0, -1.0] + 0.5 + rng.normal(scale=0.05, size=120)
line[:40] += rng.uniform(5, 50, 40)
ransac = RANSACRegressor(LinearRegression(), random_state=0, residual_threshold=0.5, max_trials=500).fit(wild, line)
quantiles = {}
for q, alpha in ((0.5, 0.0), (0.9, 0.0), (0.25, 0.01), (0.5, 0.1)):
    model = QuantileRegressor(quantile=q, alpha=alpha, solver="highs").fit(patients, diabetes.target)
    quantiles[f"{q} {alpha}"] = flat(model.coef_) + [float(model.intercept_)]
sample_weights = np.round(rng.random(442) * 2, 2)
weighted = QuantileRegressor(quantile=0.3, alpha=0, solver="highs").fit(patients, diabetes.target, sample_weight=sample_weights)

full = np.round(rng.normal(size=(40, 4)) @ rng.normal(size=(4, 4)) + [0, 10, -1, 4], 3)
holes = full.copy()
holes[rng.random(holes.shape) < 0.2] = np.nan
later = full[:5] + 0.25
later[[0, 2, 2, 4], [1, 0, 3, 2]] = np.nan
imputer = IterativeImputer(max_iter=20).fit(holes)


def table(a): return [[None if v != v else float(v) for v in row] for row in np.asarray(a)]


fresh = np.array([[-3.0, 9], [0.1, 11.5], [1.7, 8.2], [9, 20]])
splines = {name: table(SplineTransformer(**options).fit(full[:, :2]).transform(fresh)) for name, options in {
    "constant": {}, "linear": {"extrapolation": "linear", "degree": 2}, "quantile": {"knots": "quantile", "n_knots": 6, "include_bias": False},
    "steps": {"degree": 1}}.items()}
selector = RFECV(LinearRegression(), cv=KFold(5), scoring="neg_mean_squared_error").fit(diabetes.data, diabetes.target)
unequal = np.r_[0:50, 50:62, 100:125]
resampled = {}
for name, method in (("smote", SMOTE(k_neighbors=3, random_state=4)), ("over", RandomOverSampler(random_state=5)), ("under", RandomUnderSampler(random_state=6))):
    x, y = method.fit_resample(scaled[unequal], iris.target[unequal])
    resampled[name] = {"x": table(x), "y": y.tolist()}

save("MartletModels", "ensembles", {
    **ensembles, "stochastic": stochastic, "wild": table(wild), "line": line.tolist(), "inliers": np.flatnonzero(ransac.inlier_mask_).tolist(),
    "ransac": flat(ransac.estimator_.coef_) + [float(ransac.estimator_.intercept_)], "quantiles": quantiles,
    "weightedQuantile": flat(weighted.coef_) + [float(weighted.intercept_)], "sampleWeights": sample_weights.tolist(),
    "holes": table(holes), "later": table(later), "filled": table(imputer.transform(holes)), "filledLater": table(imputer.transform(later)),
    "rounds": imputer.n_iter_, "full": table(full), "fresh": table(fresh), "splines": splines,
    "eliminated": selector.ranking_.tolist(), "path": (-selector.cv_results_["mean_test_score"]).tolist(),
    "unequal": unequal.tolist(), "resampled": resampled})
