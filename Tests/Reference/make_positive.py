"""Least squares with coefficients of at least 0, as scikit-learn and SciPy compute them."""
import numpy as np
from scipy.optimize import nnls
from sklearn import datasets
from sklearn.linear_model import LinearRegression
from reference import save


def floats(array): return np.asarray(array, dtype=float).tolist()


X, y = datasets.load_diabetes(return_X_y=True)
rng = np.random.default_rng(9)
weights = np.round(rng.uniform(0.2, 3, len(y)), 3)
fits = []
for intercept, w in ((True, None), (False, None), (True, weights)):
    m = LinearRegression(positive=True, fit_intercept=intercept).fit(X, y, sample_weight=w)
    fits.append({"fitsIntercept": intercept, "weighted": w is not None, "coefficients": floats(m.coef_), "intercept": float(m.intercept_),
                 "r2": float(m.score(X, y, w))})
# More columns than rows, columns of very different sizes, and many that have to be bound again.
problems = []
for rows, columns, seed in ((6, 12, 1), (60, 25, 2), (80, 20, 3)):
    r = np.random.default_rng(seed)
    a = np.round(r.normal(size=(rows, columns)) * 10.0 ** r.integers(-3, 4, columns), 6)
    b = np.round(a @ r.normal(size=columns) + r.normal(size=rows), 6)
    solution, norm = nnls(a, b)
    problems.append({"a": a.tolist(), "b": b.tolist(), "solution": floats(solution), "norm": float(norm)})
save("MartletModels", "positive", {"weights": floats(weights), "fits": fits, "problems": problems})
