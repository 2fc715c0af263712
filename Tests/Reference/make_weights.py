"""Methods that take weights of samples, and isotonic curves, as scikit-learn computes them."""
import numpy as np
from sklearn import datasets
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import DBSCAN
from sklearn.ensemble import VotingClassifier, VotingRegressor
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import ElasticNetCV, LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import GaussianNB
from reference import save


def floats(array): return np.asarray(array, dtype=float).tolist()


rng = np.random.default_rng(12)
iris = datasets.load_iris()
X, y = iris.data, (iris.target == 2).astype(int)
weights = np.round(rng.uniform(0, 3, len(y)), 3)
weights[:4] = 0
calibrated = {}
for method in ("sigmoid", "isotonic"):
    m = CalibratedClassifierCV(GaussianNB(), method=method, cv=StratifiedKFold(4), ensemble=True).fit(X, y, sample_weight=weights)
    calibrated[method] = floats(m.predict_proba(X)[:, 1])
votes = VotingClassifier([("bayes", GaussianNB()), ("line", LogisticRegression(C=0.1, tol=1e-10, max_iter=10_000))], voting="soft").fit(X, y, sample_weight=weights)
diabetes, progression = datasets.load_diabetes(return_X_y=True)
own = np.round(rng.uniform(0.2, 3, len(progression)), 3)
numbers = VotingRegressor([("a", Ridge(alpha=0.1)), ("b", LinearRegression())], weights=[1, 3]).fit(diabetes, progression, sample_weight=own)
net = ElasticNetCV(l1_ratio=[0.3, 0.8], alphas=25, tol=1e-12, max_iter=1_000_000, cv=4).fit(diabetes, progression, sample_weight=own)
groups = DBSCAN(eps=0.4, min_samples=6).fit(X, sample_weight=weights)

x = np.round(rng.uniform(0, 10, 60), 1)
heights = np.round(np.log1p(x) + 0.3 * rng.normal(size=60), 4)
counted = np.round(rng.uniform(0, 2, 60), 2)
counted[::7] = 0
places = np.round(rng.uniform(-1, 11, 25), 3)
curves = []
for increasing, weighted, lower, upper in ((True, False, None, None), (True, True, None, None), (False, False, None, None), (True, True, 0.8, 1.9)):
    m = IsotonicRegression(increasing=increasing, y_min=lower, y_max=upper, out_of_bounds="clip").fit(x, heights, sample_weight=counted if weighted else None)
    curves.append({"isIncreasing": increasing, "weighted": weighted, "range": [] if lower is None else [lower, upper], "predictions": floats(m.predict(places))})

save("MartletModels", "weights", {
    "x": X.tolist(), "y": y.tolist(), "weights": weights.tolist(), "own": own.tolist(), "sigmoid": calibrated["sigmoid"], "isotonic": calibrated["isotonic"],
    "votes": floats(votes.predict_proba(X)[:, 1]), "numbers": floats(numbers.predict(diabetes)),
    "net": {"l1Ratio": float(net.l1_ratio_), "regularization": float(net.alpha_), "errors": [floats(e) for e in net.mse_path_.mean(axis=-1)],
            "coefficients": floats(net.coef_)},
    "labels": groups.labels_.tolist(),
    "curve": {"x": x.tolist(), "y": heights.tolist(), "weights": counted.tolist(), "places": places.tolist(), "fits": curves}})
