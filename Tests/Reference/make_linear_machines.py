"""Linear support vector regression, ridge regression on classes, and weights of classes beside weights of samples, as scikit-learn computes
them."""
import numpy as np
import pandas as pd
from sklearn import datasets
from sklearn.linear_model import LogisticRegression, Perceptron, RidgeClassifier, RidgeClassifierCV, SGDClassifier
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC, LinearSVR
from reference import TESTS, save


def floats(array): return np.ravel(np.asarray(array, dtype=float)).tolist()


patients, progression = datasets.load_diabetes(return_X_y=True)
dx, dy = StandardScaler().fit_transform(patients), progression / 100
sizes = np.round(np.random.default_rng(21).uniform(0.2, 3, len(dy)), 3)
x, y = datasets.load_iris(return_X_y=True)
counts = np.arange(len(y)) % 4
unequal = np.arange(30, len(y))
digits, numerals = datasets.load_digits(return_X_y=True)


def curve(name, weighted=False, **options):
    model = LinearSVR(tol=1e-12, max_iter=2_000_000, random_state=0, **options).fit(dx, dy, sample_weight=sizes if weighted else None)
    return {"name": name, "coefficients": floats(model.coef_), "intercept": floats(model.intercept_)[0]}


def classes(name, features, labels, weights=None, **options):
    model = RidgeClassifier(**options).fit(features, labels, sample_weight=weights)
    return {"name": name, "coefficients": floats(model.coef_), "intercepts": floats(np.broadcast_to(model.intercept_, len(np.atleast_2d(model.coef_)))),
            "score": float(model.score(features, labels)), "decisions": floats(model.decision_function(features[::15]))}


alphas = [0.001, 0.01, 0.1, 1, 10, 100]
search = RidgeClassifierCV(alphas=alphas, store_cv_results=True).fit(x, y)
weighed = RidgeClassifierCV(alphas=alphas, store_cv_results=True).fit(x, (y == 1).astype(int), sample_weight=counts + 0.5)
logistic = LogisticRegression(class_weight="balanced", tol=1e-10, max_iter=10_000).fit(x[unequal], y[unequal], sample_weight=counts[unequal] + 0.5)
machine = LinearSVC(class_weight="balanced", tol=1e-12, max_iter=2_000_000, random_state=0).fit(x[unequal], y[unequal], sample_weight=counts[unequal] + 0.5)
scaled = StandardScaler().fit_transform(x)
stochastic = SGDClassifier(loss="log_loss", alpha=0.01, class_weight={0: 2, 1: 0.5, 2: 3}, random_state=7).fit(scaled, y, sample_weight=counts + 0.5)
perceptron = Perceptron(class_weight="balanced", random_state=2).fit(scaled[unequal], y[unequal])

tumours, kinds = datasets.load_breast_cancer(return_X_y=True)
tumours = StandardScaler().fit_transform(tumours)
sure = LogisticRegression(tol=1e-10, max_iter=10_000).fit(tumours, kinds)
probabilities = sure.predict_proba(tumours)
titanic = pd.read_csv(TESTS.parent / "Sources/MartletDatasets/Data/titanic.csv")
people = np.column_stack([titanic["sex"] == "female"] + [titanic["class"] == name for name in ("first", "second", "third")]).astype(float)
likeliest = LogisticRegression(C=np.inf, tol=1e-12, solver="newton-cholesky").fit(people, titanic["survived"])

save("MartletModels", "linearMachines", {
    "tumours": [log_loss(kinds, probabilities), sure.score(tumours, kinds), roc_auc_score(kinds, probabilities[:, 1])],
    "passengers": floats(likeliest.coef_) + floats(likeliest.intercept_),
    "sizes": floats(sizes),
    "curves": [curve("plain"), curve("margin", C=0.3, epsilon=0.2), curve("squared", C=0.5, epsilon=0.1, loss="squared_epsilon_insensitive", dual=True),
               curve("origin", C=2, fit_intercept=False), curve("weighted", weighted=True, C=0.2, epsilon=0.05)],
    "classes": [classes("iris", x, y, alpha=0.5), classes("two", x[50:], y[50:]), classes("origin", x, y, alpha=2, fit_intercept=False),
                classes("weighted", x, y, weights=counts + 0.5, class_weight={0: 1, 1: 2, 2: 0.5}),
                classes("wide", digits[:40], numerals[:40], alpha=3), classes("balanced", x[unequal], y[unequal], class_weight="balanced")],
    "search": {"regularizations": alphas, "best": float(search.alpha_), "errors": floats(search.cv_results_.mean(axis=(0, 1))),
               "coefficients": floats(search.coef_)},
    "weighedSearch": {"regularizations": alphas, "best": float(weighed.alpha_), "errors": floats(weighed.cv_results_.mean(axis=(0, 1))),
                      "coefficients": floats(weighed.coef_)},
    "logistic": floats(logistic.coef_), "machine": floats(machine.coef_),
    "stochastic": {"coefficients": floats(stochastic.coef_), "intercepts": floats(stochastic.intercept_)},
    "perceptron": {"coefficients": floats(perceptron.coef_), "intercepts": floats(perceptron.intercept_)}})
