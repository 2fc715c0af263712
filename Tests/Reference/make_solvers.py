"""Minima of logistic losses as scikit-learn's own solvers find them."""
import warnings
import numpy as np
from sklearn import datasets
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from reference import save

warnings.filterwarnings("ignore")


def floats(array): return np.asarray(array, dtype=float).tolist()


rng = np.random.default_rng(21)
cancer, wine = datasets.load_breast_cancer(), datasets.load_wine()
cancer_x, wine_x = StandardScaler().fit_transform(cancer.data), StandardScaler().fit_transform(wine.data)
# Classes that overlap, so that there is a minimum without a penalty.
overlapping_y = np.arange(240) % 3
overlapping_x = np.round(rng.normal(size=(240, 4)) + overlapping_y[:, None] * np.array([0.5, -0.3, 0.2, 0]) + np.array([0, 2, 0, -1]), 3)
data = {"cancer": (cancer_x, cancer.target), "wine": (wine_x, wine.target), "overlapping": (overlapping_x, overlapping_y),
        "overlappingTwo": (overlapping_x, np.minimum(overlapping_y, 1))}
fits = []
for name, solver, c, ratio, intercept, weighted, balanced in (
        ("cancer", "newton-cholesky", 1.0, 0.0, True, False, False), ("cancer", "newton-cholesky", 0.1, 0.0, False, True, False),
        ("wine", "newton-cholesky", 0.5, 0.0, True, True, False), ("wine", "newton-cholesky", 2.0, 0.0, False, False, True),
        ("overlapping", "newton-cholesky", np.inf, 0.0, True, False, False), ("overlappingTwo", "newton-cholesky", np.inf, 0.0, True, True, False),
        ("cancer", "saga", 0.1, 1.0, True, False, False), ("cancer", "saga", 0.1, 0.5, True, True, False),
        ("wine", "saga", 0.3, 1.0, True, False, True), ("overlapping", "saga", 0.5, 0.3, False, True, False)):
    x, y = data[name]
    weights = np.round(np.random.default_rng(4).uniform(0, 3, len(y)), 2)
    weights[::9] = 0
    model = LogisticRegression(solver=solver, C=c, l1_ratio=ratio, fit_intercept=intercept, class_weight="balanced" if balanced else None,
                               tol=1e-12, max_iter=1_000_000, random_state=0).fit(x, y, sample_weight=weights if weighted else None)
    fits.append({"name": name, "c": None if np.isinf(c) else c, "l1Ratio": ratio, "fitsIntercept": intercept, "balanced": balanced,
                 "weights": floats(weights) if weighted else None, "coefficients": floats(model.coef_), "intercepts": floats(model.intercept_)})
save("MartletModels", "solvers", {
    "data": {name: {"x": x.tolist(), "y": y.tolist()} for name, (x, y) in data.items() if name != "cancer" and name != "wine"}, "fits": fits})
