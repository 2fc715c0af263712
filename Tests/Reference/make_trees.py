"""Decision trees, pruning paths, forests and boosted trees as scikit-learn and XGBoost compute them."""
import json

import numpy as np
import xgboost
from sklearn import datasets, metrics
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier, GradientBoostingRegressor
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, export_text
from reference import save


def floats(array): return np.asarray(array, dtype=float).tolist()


iris, digits, diabetes = datasets.load_iris(), datasets.load_digits(), datasets.load_diabetes()
# scikit-learn compares features as single-precision numbers; ours are then the same ones.
single = lambda x: np.asarray(x, dtype=np.float32).astype(float)


def leaf_impurity(tree):
    t = tree.tree_
    leaves = t.children_left < 0
    return float((t.impurity * t.weighted_n_node_samples)[leaves].sum() / t.weighted_n_node_samples[0])


def grown(model, x, y, weights=None):
    model.fit(x, y, sample_weight=weights)
    t = model.tree_
    return {"depth": int(t.max_depth), "leaves": int(t.n_leaves), "score": model.score(x, y), "leafImpurity": leaf_impurity(model),
            "rootImpurity": float(t.impurity[0]), "rootThreshold": float(t.threshold[0]), "rootFeature": int(t.feature[0])}


rng = np.random.default_rng(11)
weights = np.round(rng.uniform(0.2, 3, 150), 2)
classifiers = []
for criterion in ("gini", "entropy"):
    for depth in (1, 2, 3):
        for used in (None, weights):
            entry = grown(DecisionTreeClassifier(criterion=criterion, max_depth=depth, random_state=0), iris.data, iris.target, used)
            classifiers.append({"criterion": criterion, "maximumDepth": depth, "weighted": used is not None, **entry})
full = grown(DecisionTreeClassifier(random_state=0), iris.data, iris.target)

# Numbers without ties between features, so that every node is decided.
n = 160
x = rng.normal(size=(n, 5))
y = np.round(3 * np.sin(x[:, 0]) + x[:, 1] * x[:, 2] + 0.3 * rng.normal(size=n), 4)
counts = rng.poisson(np.exp(0.5 * x[:, 0] + 0.4 * x[:, 3])).astype(float)
w = np.round(rng.uniform(0.5, 2, n), 3)
x = single(np.round(x, 4))
test = single(np.round(rng.normal(size=(40, 5)), 4))
regressors = []
for criterion, target in (("squared_error", y), ("absolute_error", y), ("poisson", counts)):
    for parameters in ({"max_depth": 3}, {"max_depth": 5, "min_samples_leaf": 5}, {"max_leaf_nodes": 9},
                       {"max_depth": 6, "min_samples_split": 20}, {"max_depth": 8, "min_impurity_decrease": 0.05}):
        for used in (None, w):
            if criterion == "absolute_error" and used is not None: continue
            model = DecisionTreeRegressor(criterion=criterion, random_state=0, **parameters).fit(x, target, sample_weight=used)
            regressors.append({"criterion": criterion, "parameters": parameters, "weighted": used is not None,
                               "predictions": floats(model.predict(test)), "leaves": int(model.tree_.n_leaves),
                               "depth": int(model.tree_.max_depth), "importances": floats(model.feature_importances_),
                               "impurities": floats(np.sort(model.tree_.impurity))})
labels = (y > 0).astype(int) + (y > 2)
holes = x.copy()
holes[rng.random(x.shape) < 0.15] = np.nan
holes_test = test.copy()
holes_test[rng.random(test.shape) < 0.15] = np.nan
missing = []
for depth in (1, 2, 3, 4):
    model = DecisionTreeClassifier(max_depth=depth, random_state=0).fit(holes, labels)
    missing.append({"maximumDepth": depth, "probabilities": floats(model.predict_proba(holes_test)), "leafImpurity": leaf_impurity(model)})
path = DecisionTreeClassifier(random_state=0).fit(x, labels)
pruning = path.cost_complexity_pruning_path(x, labels)
pruned = []
for alpha in (0.01, 0.02, 0.05):
    model = DecisionTreeClassifier(random_state=0, ccp_alpha=alpha).fit(x, labels)
    pruned.append({"alpha": alpha, "leaves": int(model.tree_.n_leaves), "probabilities": floats(model.predict_proba(test))})
iris_path = DecisionTreeClassifier(random_state=0).cost_complexity_pruning_path(iris.data, iris.target)
text_model = DecisionTreeClassifier(random_state=0, max_depth=3).fit(x, labels)
number_model = DecisionTreeRegressor(random_state=0, max_depth=4).fit(x, y)
names = ["a", "b", "c", "d", "e"]

boosting = []
for kind, parameters in (("classifier", {"n_estimators": 30}), ("classifier", {"n_estimators": 20, "max_depth": 2, "learning_rate": 0.3}),
                         ("squared_error", {"n_estimators": 40}), ("absolute_error", {"n_estimators": 25, "max_depth": 2}),
                         ("huber", {"n_estimators": 25, "max_depth": 2}), ("quantile", {"n_estimators": 25, "max_depth": 2, "alpha": 0.8}),
                         ("binary", {"n_estimators": 30}), ("exponential", {"n_estimators": 30, "max_depth": 2})):
    if kind in ("classifier", "binary", "exponential"):
        target = labels if kind == "classifier" else (y > 0).astype(int)
        loss = "exponential" if kind == "exponential" else "log_loss"
        model = GradientBoostingClassifier(random_state=0, loss=loss, criterion="squared_error", **parameters).fit(x, target)
        predictions = model.predict_proba(test)
    else:
        model = GradientBoostingRegressor(random_state=0, loss=kind, criterion="squared_error", **parameters).fit(x, y)
        predictions = model.predict(test)
    boosting.append({"kind": kind, "parameters": parameters, "predictions": floats(predictions), "trainingLosses": floats(model.train_score_)})
ada = []
for depth, rounds, rate in ((1, 30, 1.0), (2, 20, 0.5)):
    model = AdaBoostClassifier(DecisionTreeClassifier(max_depth=depth, random_state=0), n_estimators=rounds, learning_rate=rate,
                               random_state=0).fit(x, labels)
    ada.append({"maximumDepth": depth, "rounds": rounds, "learningRate": rate, "probabilities": floats(model.predict_proba(test)),
                "estimatorWeights": floats(model.estimator_weights_), "estimatorErrors": floats(model.estimator_errors_)})

save("MartletModels", "trees", {
    "iris": {"weights": floats(weights), "classifiers": classifiers, "full": full, "alphas": floats(iris_path.ccp_alphas),
             "impurities": floats(iris_path.impurities)},
    "x": floats(x), "y": floats(y), "counts": floats(counts), "weights": floats(w), "labels": labels.tolist(), "test": floats(test),
    "regressors": regressors,
    "missing": {"x": [[None if np.isnan(v) else v for v in row] for row in holes],
                "test": [[None if np.isnan(v) else v for v in row] for row in holes_test], "fits": missing},
    "pruning": {"alphas": floats(pruning.ccp_alphas), "impurities": floats(pruning.impurities), "pruned": pruned},
    "text": {"classes": export_text(text_model, feature_names=names, class_names=["u", "v", "w"]),
             "numbers": export_text(number_model, feature_names=names, max_depth=2), "plain": export_text(text_model, decimals=3)},
    "gradientBoosting": boosting, "adaBoost": ada})

cancer = datasets.load_breast_cancer()
exact = []
cx, cy = cancer.data, cancer.target
fits = (("cancer", {"max_depth": 3, "eta": 0.3}, 20), ("cancer", {"max_depth": 4, "eta": 0.2, "lambda": 3, "alpha": 0.5, "gamma": 1, "min_child_weight": 4}, 10))
for name, parameters, rounds in fits:
    d = xgboost.DMatrix(cx, label=cy)
    booster = xgboost.train({"objective": "binary:logistic", "tree_method": "exact", "nthread": 1, **parameters}, d, rounds)
    p = booster.predict(d)
    config = json.loads(booster.save_config())
    exact.append({"parameters": parameters, "rounds": rounds, "baseScore": config["learner"]["learner_model_param"]["base_score"],
                  "logLoss": metrics.log_loss(cy, p.astype(float)), "probabilities": floats(p)})
xr = xgboost.DMatrix(holes, label=y)
booster = xgboost.train({"objective": "reg:squarederror", "tree_method": "exact", "nthread": 1, "max_depth": 3, "eta": 0.3}, xr, 15)
config = json.loads(booster.save_config())
save("MartletModels", "xgboost", {
    "xgboost": xgboost.__version__, "x": floats(cx), "y": cy.tolist(), "fits": exact,
    "missing": {"baseScore": config["learner"]["learner_model_param"]["base_score"], "predictions": floats(booster.predict(xr))}})
