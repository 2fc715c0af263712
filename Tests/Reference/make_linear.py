"""Regularised, robust and generalised linear models as scikit-learn computes them."""
import numpy as np
from sklearn import datasets
from sklearn.linear_model import (BayesianRidge, ElasticNet, ElasticNetCV, HuberRegressor, Lasso, LassoCV, LogisticRegression, Ridge,
                                  RidgeCV, TweedieRegressor, enet_path)
from scipy.optimize import minimize
from sklearn.metrics import log_loss
from sklearn.linear_model._huber import _huber_loss_and_gradient
from reference import save


def floats(array): return np.asarray(array, dtype=float).tolist()


diabetes = datasets.load_diabetes()
X, y = diabetes.data, diabetes.target
rng = np.random.default_rng(5)
weights = np.round(rng.uniform(0.2, 3, len(y)), 3)
wide = np.round(rng.normal(size=(12, 30)), 3)
wide_y = np.round(wide[:, 0] * 3 - wide[:, 1] + rng.normal(size=12) * 0.1, 3)


def entry(model, x, y, **more):
    return {"coefficients": floats(model.coef_), "intercept": float(model.intercept_), "r2": float(model.score(x, y)), **more}


ridge = []
for alpha, intercept, w in ((1.0, True, None), (0.1, False, None), (0.01, True, weights), (0.0, True, None)):
    m = Ridge(alpha=alpha, fit_intercept=intercept).fit(X, y, sample_weight=w)
    ridge.append(entry(m, X, y, regularization=alpha, fitsIntercept=intercept, weighted=w is not None))
wide_ridge = entry(Ridge(alpha=0.5).fit(wide, wide_y), wide, wide_y)
alphas = [1e-3, 1e-2, 1e-1, 1.0, 10.0]
cv = RidgeCV(alphas=alphas, store_cv_results=True).fit(X, y)
save("MartletModels", "ridge", {
    "weights": floats(weights), "wide": {"x": wide.tolist(), "y": wide_y.tolist()}, "fits": ridge, "wideFit": wide_ridge,
    "cv": {"regularizations": alphas, "best": float(cv.alpha_), "errors": floats(cv.cv_results_.mean(axis=0)),
           **entry(cv, X, y)}})

nets = []
for alpha, ratio, positive, intercept, w in ((0.1, 1.0, False, True, None), (1.0, 1.0, False, True, None), (0.01, 0.5, False, True, None),
                                             (0.05, 0.9, True, True, None), (0.1, 0.7, False, False, None), (0.02, 0.8, False, True, weights)):
    m = ElasticNet(alpha=alpha, l1_ratio=ratio, positive=positive, fit_intercept=intercept, tol=1e-14, max_iter=1_000_000).fit(X, y, sample_weight=w)
    nets.append(entry(m, X, y, regularization=alpha, l1Ratio=ratio, isPositive=positive, fitsIntercept=intercept, weighted=w is not None))
wide_lasso = entry(Lasso(alpha=0.05, tol=1e-14, max_iter=1_000_000).fit(wide, wide_y), wide, wide_y)
path_alphas, path_coefs, _ = enet_path(X - X.mean(axis=0), y - y.mean(), l1_ratio=0.7, alphas=20, eps=1e-3, tol=1e-14, max_iter=1_000_000)
lasso_cv = LassoCV(tol=1e-12, max_iter=1_000_000).fit(X, y)
net_cv = ElasticNetCV(l1_ratio=[0.3, 0.7, 0.95], alphas=30, tol=1e-12, max_iter=1_000_000, cv=4).fit(X, y)
save("MartletModels", "elasticNet", {
    "weights": floats(weights), "wide": {"x": wide.tolist(), "y": wide_y.tolist()}, "fits": nets, "wideFit": wide_lasso,
    "path": {"regularizations": floats(path_alphas), "coefficients": floats(path_coefs.T)},
    "lassoCV": {"best": float(lasso_cv.alpha_), "errors": floats(lasso_cv.mse_path_.mean(axis=-1)), **entry(lasso_cv, X, y)},
    "netCV": {"best": float(net_cv.alpha_), "l1Ratio": float(net_cv.l1_ratio_), "errors": floats(net_cv.mse_path_.mean(axis=-1)), **entry(net_cv, X, y)}})

bayes = BayesianRidge(tol=1e-10, max_iter=10_000).fit(X, y)
mean, deviation = bayes.predict(X[:20], return_std=True)
default = BayesianRidge().fit(X, y)
save("MartletModels", "bayesianRidge", {
    **entry(bayes, X, y), "noisePrecision": float(bayes.alpha_), "weightPrecision": float(bayes.lambda_), "deviations": floats(deviation),
    "defaultNoisePrecision": float(default.alpha_), "defaultWeightPrecision": float(default.lambda_)})

spoilt = y.copy()
spoilt[::17] += 600
hubers = []
for epsilon, alpha, intercept, w in ((1.35, 1e-4, True, None), (2.0, 0.01, True, None), (1.35, 1e-4, True, weights), (1.5, 0.1, False, None)):
    m = HuberRegressor(epsilon=epsilon, alpha=alpha, fit_intercept=intercept, tol=1e-9, max_iter=100_000).fit(X * 10, spoilt, sample_weight=w)
    # scikit-learn's search stops when its loss hardly changes, at four digits of the weights; from there on to its minimum.
    start = np.concatenate([m.coef_, [m.intercept_] if intercept else [], [m.scale_]])
    bounds = [(-np.inf, np.inf)] * (len(start) - 1) + [(1e-9, np.inf)]
    found = minimize(_huber_loss_and_gradient, start, args=(X * 10, spoilt, epsilon, alpha, w if w is not None else np.ones(len(y))), jac=True,
                     method="L-BFGS-B", bounds=bounds, options={"maxiter": 100_000, "maxfun": 1_000_000, "ftol": 0, "gtol": 1e-9, "maxcor": 50})
    assert np.abs(found.jac).max() < 1e-3 and found.fun <= _huber_loss_and_gradient(start, X * 10, spoilt, epsilon, alpha, w if w is not None else np.ones(len(y)))[0]
    m.coef_, m.intercept_, m.scale_ = found.x[:10], (found.x[10] if intercept else 0.0), found.x[-1]
    outliers = np.abs(spoilt - X * 10 @ m.coef_ - m.intercept_) > epsilon * m.scale_
    hubers.append(entry(m, X * 10, spoilt, threshold=epsilon, regularization=alpha, fitsIntercept=intercept, weighted=w is not None,
                        scale=float(m.scale_), outliers=np.flatnonzero(outliers).tolist()))
save("MartletModels", "huber", {"weights": floats(weights), "every": 17, "shift": 600.0, "factor": 10.0, "fits": hubers})

features = X[:200] * 10
expected = np.exp(0.5 + 0.3 * features[:, 2] - 0.2 * features[:, 8])
counts = rng.poisson(expected).astype(float)
amounts = np.round(rng.gamma(2.0, expected / 2.0) + 1e-3, 6)
tweedies = []
for power, alpha, target, w in ((0.0, 0.1, counts, None), (1.0, 0.0, counts, None), (1.0, 0.5, counts, weights[:200]), (1.5, 0.01, counts, None),
                                (2.0, 0.0, amounts, None), (3.0, 0.1, amounts, None)):
    m = TweedieRegressor(power=power, alpha=alpha, tol=1e-12, max_iter=100_000, solver="newton-cholesky").fit(features, target, sample_weight=w)
    tweedies.append({"power": power, "regularization": alpha, "usesCounts": target is counts, "weighted": w is not None,
                     "coefficients": floats(m.coef_), "intercept": float(m.intercept_), "devianceExplained": float(m.score(features, target, sample_weight=w))})
save("MartletModels", "tweedie", {"weights": floats(weights[:200]), "rows": 200, "factor": 10.0, "counts": floats(counts), "amounts": floats(amounts), "fits": tweedies})

sparse = []
iris = datasets.load_iris()
for name, data, labels, c, ratio in (("iris", iris.data, iris.target, 0.2, 1.0), ("iris", iris.data, iris.target, 1.0, 0.5),
                                     ("diabetes", X * 20, (y > 140).astype(int), 0.05, 1.0), ("diabetes", X * 20, (y > 140).astype(int), 0.02, 0.4)):
    m = LogisticRegression(C=c, l1_ratio=ratio, solver="saga", tol=1e-12, max_iter=1_000_000, random_state=0).fit(data, labels)
    sparse.append({"name": name, "c": c, "l1Ratio": ratio, "coefficients": floats(m.coef_), "intercepts": floats(m.intercept_),
                   "logLoss": log_loss(labels, m.predict_proba(data))})
save("MartletModels", "sparseLogistic", {"fits": sparse})
