"""Models, metrics and splits as scikit-learn computes them."""
import numpy as np
from sklearn import datasets, metrics
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from reference import save


def floats(array): return np.asarray(array, dtype=float).tolist()


splits = []
for n, size, seed in ((10, 0.2, 0), (150, 0.2, 0), (150, 0.25, 7), (1797, 0.2, 0), (11, 0.3, 42)):
    train, test = train_test_split(np.arange(n), test_size=size, random_state=seed)
    splits.append({"count": n, "testSize": size, "seed": seed, "train": train.tolist(), "test": test.tolist()})
stratified = []
rng = np.random.default_rng(3)
iris = datasets.load_iris()
for labels, size, seed in ((iris.target, 0.2, 0), (rng.choice([0, 1, 1, 1, 2, 2], 83), 0.3, 5), (rng.integers(0, 7, 100), 0.25, 9)):
    train, test = train_test_split(np.arange(len(labels)), test_size=size, random_state=seed, stratify=labels)
    stratified.append({"labels": labels.tolist(), "testSize": size, "seed": seed, "train": train.tolist(), "test": test.tolist()})
save("MartletModels", "splits", {"plain": splits, "stratified": stratified})

linear = []
diabetes = datasets.load_diabetes()
for name, columns in (("all", list(range(10))), ("bmi", [2])):
    x = diabetes.data[:, columns]
    model = LinearRegression().fit(x, diabetes.target)
    plain = LinearRegression(fit_intercept=False).fit(x, diabetes.target)
    linear.append({"name": name, "columns": columns, "coefficients": floats(model.coef_), "intercept": float(model.intercept_),
                   "rank": int(model.rank_), "singularValues": floats(model.singular_), "r2": model.score(x, diabetes.target),
                   "withoutIntercept": floats(plain.coef_), "r2WithoutIntercept": plain.score(x, diabetes.target)})
doubled = np.column_stack([diabetes.data, diabetes.data[:, 0]])
model = LinearRegression().fit(doubled, diabetes.target)
xa, xb, ya, yb = train_test_split(diabetes.data, diabetes.target, test_size=0.2, random_state=0)
save("MartletModels", "linear", {
    "fits": linear, "deficient": {"coefficients": floats(model.coef_), "rank": int(model.rank_)},
    "heldOutR2": LinearRegression().fit(xa, ya).score(xb, yb)})


def logistic(name, x, y, c=1.0, intercept=True, scale=True, keep=True):
    if scale: x = StandardScaler().fit_transform(x)
    # Newton's steps end at the minimum itself; at the same tolerance lbfgs stops when the loss no longer changes, which
    # leaves the digits' intercepts uncertain in the fifth digit.
    model = LogisticRegression(C=c, fit_intercept=intercept, tol=1e-10, max_iter=10000, solver="newton-cg").fit(x, y)
    entry = {"name": name, "c": c, "fitIntercept": intercept, "scaled": scale, "coefficients": floats(model.coef_),
             "intercepts": floats(np.atleast_1d(model.intercept_)), "logLoss": metrics.log_loss(y, model.predict_proba(x)),
             "accuracy": model.score(x, y), "probabilities": floats(model.predict_proba(x)[::20])}
    if not keep: del entry["coefficients"]; del entry["probabilities"]
    return entry


digits = datasets.load_digits()
fits = [logistic("iris", iris.data, iris.target), logistic("iris", iris.data, iris.target, c=0.1, scale=False),
        logistic("iris", iris.data, iris.target, c=10, intercept=False), logistic("digits", digits.data, digits.target),
        logistic("irisVirginica", iris.data, (iris.target == 2).astype(int)),
        logistic("irisVirginica", iris.data, (iris.target == 2).astype(int), c=100, scale=False)]
held = {}
for name, data in (("iris", iris), ("digits", digits)):
    xa, xb, ya, yb = train_test_split(data.data, data.target, test_size=0.2, random_state=0)
    s = StandardScaler().fit(xa)
    p = LogisticRegression(tol=1e-10, max_iter=10000, solver="newton-cg").fit(s.transform(xa), ya).predict(s.transform(xb))
    held[name] = {"correct": int((p == yb).sum()), "count": len(yb), "confusion": metrics.confusion_matrix(yb, p).tolist(),
                  "predicted": p.tolist()}
scaler = StandardScaler().fit(digits.data)
save("MartletModels", "logistic", {"fits": fits, "heldOut": held, "scaler": {
    "means": floats(scaler.mean_), "scales": floats(scaler.scale_), "firstRow": floats(scaler.transform(digits.data)[0])}})
