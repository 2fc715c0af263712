"""Support vectors told how many samples may be near the border, kernels that are functions, and weights of samples, as scikit-learn computes
them."""
import sklearn
import numpy as np
from sklearn import datasets
from sklearn.decomposition import KernelPCA
from sklearn.ensemble import StackingClassifier, StackingRegressor
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import LinearRegression, LogisticRegression, Perceptron, RANSACRegressor, Ridge
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import RadiusNeighborsClassifier, RadiusNeighborsRegressor
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR, NuSVC, NuSVR, OneClassSVM
from reference import save


def floats(array): return np.asarray(array, dtype=float).tolist()
def integers(array): return np.asarray(array).astype(int).tolist()


iris = datasets.load_iris()
x, y = iris.data, iris.target
counts = np.arange(len(y)) % 4
diabetes, progression = datasets.load_diabetes(return_X_y=True)
dx, dy = StandardScaler().fit_transform(diabetes), progression / 100
sizes = np.round(np.random.default_rng(6).uniform(0.2, 3, len(dy)), 3)


def machine(name, weights=None, **options):
    model = NuSVC(tol=1e-9, **options).fit(x, y, sample_weight=weights)
    pairs = NuSVC(tol=1e-9, decision_function_shape="ovo", **options).fit(x, y, sample_weight=weights)
    return {"name": name, "counts": integers(model.n_support_), "support": integers(np.sort(model.support_)), "score": float(model.score(x, y)),
            "pairs": floats(pairs.decision_function(x[::15])), "intercepts": floats(model.intercept_)}


def curve(name, model, weights=None):
    model.fit(dx, dy, sample_weight=weights)
    return {"name": name, "count": len(model.support_), "intercept": float(model.intercept_[0]), "predicted": floats(model.predict(dx[::9]))}


def intersection(a, b): return np.minimum(a[:, None, :], b[None, :, :]).sum(axis=-1)
def intersection_of_two(a, b): return np.minimum(a, b).sum()


crossed = SVC(kernel=intersection, tol=1e-9).fit(x, y)
components = KernelPCA(n_components=2, kernel=intersection_of_two).fit(x)
outside = OneClassSVM(kernel=intersection, nu=0.2, tol=1e-9).fit(x)
crossed_curve = SVR(kernel=intersection, tol=1e-9).fit(x, y)

ridges = [("linear", KernelRidge(alpha=0.5), None), ("rbf", KernelRidge(alpha=0.1, kernel="rbf", gamma=0.05), None),
          ("poly", KernelRidge(alpha=2, kernel="poly", degree=2, gamma=0.1, coef0=1), sizes)]
near = RadiusNeighborsClassifier(1.0, weights="distance", outlier_label=0).fit(x[::2], y[::2])
near_mean = RadiusNeighborsRegressor(2.5).fit(dx[::2], dy[::2])
asked = dx[[place for place in range(1, len(dx), 2) if len(near_mean.radius_neighbors(dx[place:place + 1], return_distance=False)[0]) > 0]]

stack = StackingClassifier([("a", LogisticRegression(C=0.01, tol=1e-10, max_iter=10_000)), ("b", GaussianNB())],
                           LogisticRegression(tol=1e-10, max_iter=10_000), cv=StratifiedKFold(5)).fit(x, y, sample_weight=counts + 0.5)
numbers = StackingRegressor([("a", Ridge(alpha=0.1)), ("b", LinearRegression())], Ridge(alpha=1.0), cv=KFold(5)).fit(
    diabetes, progression, sample_weight=sizes)
weighed = OneClassSVM(gamma=0.1, nu=0.2, tol=1e-9).fit(x, sample_weight=counts)

# A line, and samples far from it that no draw of two agrees with.
rng = np.random.default_rng(8)
place = np.round(rng.uniform(0, 10, 60), 3)
height = np.round(2 * place + 1 + rng.uniform(-0.4, 0.4, 60), 3)
height[::6] += np.round(rng.uniform(30, 60, 10), 2)
counted = np.round(rng.uniform(0.1, 3, 60), 2)
agreeing = RANSACRegressor(LinearRegression(), residual_threshold=4, random_state=0).fit(place[:, None], height, sample_weight=counted)
assert not agreeing.inlier_mask_[::6].any() and agreeing.inlier_mask_.sum() == 50

perceptron = Perceptron(class_weight={0: 1, 1: 3}, random_state=3, tol=1e-3).fit(x, (y == 2).astype(int))

gaps = x.copy()
gaps[::11, 1] = np.nan
scaler = StandardScaler().fit(gaps, sample_weight=counts)

sklearn.set_config(enable_metadata_routing=True)
logistic = LogisticRegression(C=0.5, tol=1e-10, max_iter=10_000).set_fit_request(sample_weight=True)
rest = OneVsRestClassifier(logistic).fit(x, y, sample_weight=counts + 0.5)
pairs = OneVsOneClassifier(logistic).fit(x, y, sample_weight=counts + 0.5)

save("MartletModels", "nuVectors", {
    "machines": [machine("rbf", nu=0.5), machine("few", nu=0.1, gamma=0.5), machine("linear", nu=0.23, kernel="linear"),
                 machine("weighted", nu=0.3, weights=counts)],
    # A fifth of a hundred samples, half of it of each class, is a whole number: no multiplier is between its limits, and many borders are best.
    "whole": machine("whole", nu=0.2, kernel="linear"),
    "curves": [curve("rbf", NuSVR(tol=1e-9)), curve("linear", NuSVR(nu=0.3, C=0.3, kernel="linear", tol=1e-9)),
               curve("weighted", NuSVR(nu=0.4, C=2, tol=1e-9), sizes)],
    "sizes": floats(sizes),
    "ridges": [{"name": n, "predicted": floats(m.fit(dx, dy, sample_weight=w).predict(dx[::9])), "coefficients": floats(m.dual_coef_[::9])} for n, m, w in ridges],
    "near": {"probabilities": floats(near.predict_proba(x[1::2])), "far": floats(near.predict_proba([[40.0, 0, 0, 0]])[0]),
             "asked": floats(asked), "predicted": floats(near_mean.predict(asked))},
    "function": {"support": integers(np.sort(crossed.support_)), "intercepts": floats(crossed.intercept_), "score": float(crossed.score(x, y)),
                 "eigenvalues": floats(components.eigenvalues_), "coordinates": floats(np.abs(components.transform(x[::15]))),
                 "outside": floats(outside.decision_function(x[::15])), "curve": floats(crossed_curve.predict(x[::15]))}})
save("MartletModels", "sampleWeights", {
    "stack": floats(stack.predict_proba(x)), "sizes": floats(sizes), "numbers": floats(numbers.predict(diabetes)),
    "oneClass": {"support": integers(np.sort(weighed.support_)), "scores": floats(weighed.decision_function(x[::7])), "intercept": float(weighed.intercept_[0])},
    "line": {"place": floats(place), "height": floats(height), "weights": floats(counted), "slope": float(agreeing.estimator_.coef_[0]),
             "intercept": float(agreeing.estimator_.intercept_)},
    "perceptron": {"coefficients": floats(perceptron.coef_), "intercepts": floats(perceptron.intercept_)},
    "scaler": {"means": floats(scaler.mean_), "scales": floats(scaler.scale_)},
    "rest": floats(rest.predict_proba(x)[::7]), "pairs": floats(pairs.decision_function(x[::7]))})
