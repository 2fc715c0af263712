"""Preprocessing, encoders, feature selection, searches and calibration as scikit-learn makes them."""
import warnings
import numpy as np
import pandas as pd
from scipy import stats
from sklearn import datasets
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.feature_selection import (
    RFE, SelectFromModel, SequentialFeatureSelector, VarianceThreshold, chi2, f_classif, f_regression, mutual_info_classif,
    mutual_info_regression)
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV, KFold, StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    KBinsDiscretizer, MaxAbsScaler, MinMaxScaler, Normalizer, OneHotEncoder, OrdinalEncoder, PolynomialFeatures,
    PowerTransformer, QuantileTransformer, RobustScaler, StandardScaler, TargetEncoder)
from reference import save

warnings.simplefilter("ignore")
rng = np.random.default_rng(9)


def table(array): return [[None if v is None or v != v else float(v) for v in row] for row in np.asarray(array, dtype=float)]


full = np.round(rng.normal(size=(24, 4)) * [1, 5, 0.2, 3] + [0, 10, -1, 4], 3)
holes = full.copy()
holes[rng.random(holes.shape) < 0.2] = np.nan
fresh = np.round(rng.normal(size=(6, 4)) * [2, 6, 0.5, 4] + [0, 10, -1, 4], 3)
fresh_holes = fresh.copy()
fresh_holes[[0, 2, 2, 4], [1, 0, 3, 2]] = np.nan
positive = np.abs(full) + 0.5
matrices = {}
for name, step in (("standard", StandardScaler()), ("minMax", MinMaxScaler((-1, 2))), ("minMaxClip", MinMaxScaler(clip=True)),
                   ("maxAbs", MaxAbsScaler()), ("robust", RobustScaler()), ("robust1090", RobustScaler(quantile_range=(10, 90))),
                   ("yeoJohnson", PowerTransformer()), ("yeoJohnsonRaw", PowerTransformer(standardize=False)),
                   ("quantileUniform", QuantileTransformer(n_quantiles=10)),
                   ("quantileNormal", QuantileTransformer(n_quantiles=24, output_distribution="normal")),
                   ("mean", SimpleImputer(strategy="mean", add_indicator=True)), ("median", SimpleImputer(strategy="median")),
                   ("mostFrequent", SimpleImputer(strategy="most_frequent")),
                   ("knn", KNNImputer(n_neighbors=3)), ("knnDistance", KNNImputer(n_neighbors=4, weights="distance"))):
    matrices[name] = table(step.fit(holes).transform(fresh_holes))
for name, step in (("l1", Normalizer("l1")), ("l2", Normalizer("l2")), ("max", Normalizer("max")),
                   ("polynomial", PolynomialFeatures(3)), ("interactions", PolynomialFeatures(2, interaction_only=True, include_bias=False)),
                   ("bins", KBinsDiscretizer(4, encode="ordinal")), ("binsUniform", KBinsDiscretizer(3, encode="onehot-dense", strategy="uniform"))):
    matrices[name] = table(step.fit(full).transform(fresh))
matrices["boxCox"] = table(PowerTransformer("box-cox").fit(positive).transform(np.abs(fresh) + 0.5))
polynomial_names = PolynomialFeatures(2).fit(full[:, :2]).get_feature_names_out(["a", "b"]).tolist()

n = 60
city = rng.choice(["Oslo", "Bergen", "Tromso", "Bodo", "Moss"], n, p=[.4, .3, .15, .1, .05])
size = rng.integers(1, 4, n)
flag = np.where(rng.random(n) < 0.5, "yes", "no")
city = np.where(rng.random(n) < 0.1, None, city)
frame = pd.DataFrame({"city": city, "size": size, "flag": flag})
number = np.round(rng.normal(size=n) + (city == "Oslo") * 2 + size, 3)
label = (number > np.median(number)).astype(int)
three = np.digitize(number, np.quantile(number, [1 / 3, 2 / 3]))
later = pd.DataFrame({"city": ["Oslo", "Paris", None, "Moss"], "size": [2, 9, 1, 3], "flag": ["yes", "no", "maybe", "no"]})
encoded = {
    "oneHot": table(OneHotEncoder(sparse_output=False).fit_transform(frame)),
    "oneHotFirst": table(OneHotEncoder(sparse_output=False, drop="first").fit_transform(frame)),
    "oneHotBinary": table(OneHotEncoder(sparse_output=False, drop="if_binary").fit_transform(frame)),
    "oneHotIgnore": table(OneHotEncoder(sparse_output=False, handle_unknown="ignore").fit(frame).transform(later)),
    "oneHotRare": table(OneHotEncoder(sparse_output=False, min_frequency=8, handle_unknown="infrequent_if_exist").fit(frame).transform(later)),
    "oneHotLimited": table(OneHotEncoder(sparse_output=False, max_categories=3).fit_transform(frame)),
    "ordinal": table(OrdinalEncoder().fit_transform(frame)),
    "targetNumber": table(TargetEncoder(target_type="continuous").fit(frame, number).transform(later)),
    "targetSmooth": table(TargetEncoder(target_type="continuous", smooth=5.0).fit(frame, number).transform(later)),
    "targetBinary": table(TargetEncoder().fit(frame, label).transform(later)),
    "targetThree": table(TargetEncoder().fit(frame, three).transform(later)),
    "targetCrossFitted": table(TargetEncoder(cv=5, shuffle=False, target_type="binary").fit_transform(frame, label)),
}
columns = ColumnTransformer([("n", make_pipeline(SimpleImputer(), StandardScaler()), ["size"]),
                             ("c", OneHotEncoder(handle_unknown="ignore"), ["city", "flag"])], sparse_threshold=0)
model = make_pipeline(columns, LogisticRegression(tol=1e-10, max_iter=10000, solver="newton-cg")).fit(frame, label)

iris, diabetes, cancer = datasets.load_iris(), datasets.load_diabetes(), datasets.load_breast_cancer()
logistic = LogisticRegression(tol=1e-10, max_iter=10000, solver="newton-cg")
scaled = StandardScaler().fit_transform(iris.data)
patients = diabetes.data
rfe = RFE(LinearRegression(), n_features_to_select=4).fit(patients, diabetes.target)
forward = SequentialFeatureSelector(LinearRegression(), n_features_to_select=3, cv=KFold(5)).fit(patients, diabetes.target)
backward = SequentialFeatureSelector(LinearRegression(), n_features_to_select=7, direction="backward", cv=KFold(5)).fit(patients, diabetes.target)
selection = {
    "fClass": f_classif(iris.data, iris.target)[0].tolist(), "fClassP": f_classif(iris.data, iris.target)[1].tolist(),
    "fLine": f_regression(patients, diabetes.target)[0].tolist(), "fLineP": f_regression(patients, diabetes.target)[1].tolist(),
    "chi2": chi2(iris.data, iris.target)[0].tolist(), "chi2P": chi2(iris.data, iris.target)[1].tolist(),
    "information": mutual_info_classif(iris.data, iris.target, random_state=0).tolist(),
    "informationLine": mutual_info_regression(patients[:, [0, 2, 8]], diabetes.target, random_state=0, discrete_features=False).tolist(),
    "ranking": rfe.ranking_.tolist(), "forward": np.flatnonzero(forward.get_support()).tolist(),
    "backward": np.flatnonzero(backward.get_support()).tolist(),
    "fromModel": np.flatnonzero(SelectFromModel(LinearRegression()).fit(patients, diabetes.target).get_support()).tolist(),
    "variance": np.flatnonzero(VarianceThreshold(0.5).fit(iris.data).get_support()).tolist(),
}

grid = GridSearchCV(make_pipeline(StandardScaler(), LogisticRegression(tol=1e-10, max_iter=10000, solver="newton-cg")),
                    {"logisticregression__C": [0.01, 1, 100], "logisticregression__fit_intercept": [True, False]},
                    cv=StratifiedKFold(5), scoring="neg_log_loss").fit(iris.data, iris.target)
search = {"mean": (-grid.cv_results_["mean_test_score"]).tolist(), "std": grid.cv_results_["std_test_score"].tolist(),
          "rank": grid.cv_results_["rank_test_score"].tolist(), "best": -grid.best_score_,
          "nested": cross_val_score(grid, iris.data, iris.target, cv=StratifiedKFold(3), scoring="accuracy").tolist()}

binary = (iris.target == 2).astype(int)
calibrated = {}
for method in ("sigmoid", "isotonic"):
    two = CalibratedClassifierCV(logistic, method=method, cv=StratifiedKFold(5)).fit(scaled[:, :2], binary)
    many = CalibratedClassifierCV(logistic, method=method, cv=StratifiedKFold(5)).fit(scaled[:, :2], iris.target)
    calibrated[method] = {"two": two.predict_proba(scaled[:, :2])[:, 1].tolist(), "three": many.predict_proba(scaled[:, :2]).ravel().tolist()}

a, b, c = rng.normal(0.8, 0.05, 10), rng.normal(0.76, 0.05, 10), rng.normal(0.78, 0.05, 10)
d = a - b
t = d.mean() / np.sqrt(d.var(ddof=1) * (1 / 10 + 1 / 9))
tests = {"a": a.tolist(), "b": b.tolist(), "c": c.tolist(), "correctedT": t, "correctedP": 2 * stats.t.sf(abs(t), 9),
         "friedman": stats.friedmanchisquare(a, b, c).statistic, "friedmanP": stats.friedmanchisquare(a, b, c).pvalue,
         "nemenyi": {str(k): stats.studentized_range.ppf(0.95, k, np.inf) / np.sqrt(2) * np.sqrt(k * (k + 1) / (6 * 14)) for k in (2, 3, 5, 10)}}
weights = np.round(rng.random(150) * 2, 2)
w = LogisticRegression(tol=1e-10, max_iter=10000, solver="newton-cg").fit(scaled, iris.target, sample_weight=weights)
unequal = np.r_[0:50, 50:70, 100:110]
balanced = LogisticRegression(tol=1e-10, max_iter=10000, solver="newton-cg", class_weight="balanced").fit(scaled[unequal], iris.target[unequal])
line_weights = np.round(rng.random(442) * 2, 2)
line = LinearRegression().fit(patients, diabetes.target, sample_weight=line_weights)
save("MartletModels", "preprocessing", {
    "full": table(full), "holes": table(holes), "fresh": table(fresh), "freshHoles": table(fresh_holes), "matrices": matrices,
    "polynomialNames": polynomial_names, "city": list(city), "size": size.tolist(), "flag": list(flag), "number": number.tolist(),
    "label": label.tolist(), "three": three.tolist(), "encoded": encoded,
    "columnProbabilities": model.predict_proba(frame)[:, 1].tolist(), "selection": selection})
save("MartletModels", "selection", {
    "search": search, "calibrated": calibrated, "tests": tests, "weights": weights.tolist(), "weightedCoefficients": w.coef_.ravel().tolist(),
    "unequal": unequal.tolist(), "balancedCoefficients": balanced.coef_.ravel().tolist(),
    "lineWeights": line_weights.tolist(), "line": line.coef_.tolist(), "lineIntercept": line.intercept_,
    "dummy": {"median": DummyRegressor(strategy="median").fit(patients, diabetes.target).predict(patients[:1])[0],
              "quantile": DummyRegressor(strategy="quantile", quantile=0.3).fit(patients, diabetes.target).predict(patients[:1])[0],
              "prior": DummyClassifier().fit(scaled[unequal], iris.target[unequal]).predict_proba(scaled[:1]).ravel().tolist()}})
