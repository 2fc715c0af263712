"""Shapley values, importance, dependence, surrogates and fairness as shap, xgboost, scikit-learn, lime and fairlearn compute them."""
import gzip
import json
import warnings
from pathlib import Path

import lime.lime_tabular
import lime.lime_text
import numpy as np
import pandas as pd
import shap
import sklearn
import xgboost
from fairlearn import metrics as fair
from fairlearn.postprocessing import ThresholdOptimizer
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeRegressor
from reference import save
from tree_layout import floats, grown, tree

warnings.filterwarnings("ignore")


def boosted(booster, width):
    """XGBoost asks for x < t; ours asks for x <= the largest single-precision number below t."""
    trees = []
    for text in booster.get_dump(dump_format="json", with_stats=True):
        nodes = {}

        def walk(node):
            nodes[node["nodeid"]] = node
            for child in node.get("children", []): walk(child)
        walk(json.loads(text))
        order = sorted(nodes)  # children have larger numbers
        place = {number: i for i, number in enumerate(order)}
        rows = [nodes[number] for number in order]
        inner = ["children" in row for row in rows]
        trees.append(tree(
            [int(row["split"][1:]) if i else -1 for row, i in zip(rows, inner)],
            [float(np.nextafter(np.float32(row["split_condition"]), np.float32(-np.inf))) if i else None for row, i in zip(rows, inner)],
            [place[row["yes"]] if i else -1 for row, i in zip(rows, inner)], [place[row["no"]] if i else -1 for row, i in zip(rows, inner)],
            [i and row["missing"] == row["yes"] for row, i in zip(rows, inner)], [[0.0 if i else float(row["leaf"])] for row, i in zip(rows, inner)],
            [1] * len(rows), [float(row["cover"]) for row in rows], width))
    return trees


rng = np.random.default_rng(5)
n, d = 160, 6
x = np.round(rng.normal(size=(n, d)), 3).astype(np.float32).astype(float)
x[:, 3] += 0.5 * x[:, 0]
x = x.astype(np.float32).astype(float)
y = 3 * np.sin(x[:, 0]) + x[:, 1] * x[:, 2] + 0.5 * x[:, 3] ** 2 + 0.2 * rng.normal(size=n)
test, background = x[:12], x[100:120]

forest = RandomForestRegressor(8, max_depth=6, random_state=0).fit(x, y)
explainer = shap.TreeExplainer(forest, feature_perturbation="tree_path_dependent")
against = shap.TreeExplainer(forest, data=background, feature_perturbation="interventional")
exact = shap.explainers.Exact(forest.predict, shap.maskers.Independent(background))(test)
kernel = shap.KernelExplainer(forest.predict, background)
regression = {"model": {"trees": [grown(e) for e in forest.estimators_]}, "x": floats(x), "y": floats(y), "test": floats(test),
              "background": floats(background), "predictions": floats(forest.predict(test)),
              "base": float(np.ravel(explainer.expected_value)[0]), "values": floats(explainer.shap_values(test)),
              "interactions": floats(explainer.shap_interaction_values(test)), "backgroundBase": float(np.ravel(against.expected_value)[0]),
              "backgroundValues": floats(against.shap_values(test)), "exact": floats(exact.values),
              "kernel": floats(kernel.shap_values(test[:4], nsamples=2 ** d, l1_reg=False, silent=True))}

labels = (y > 0).astype(int) + (y > 2)
voters = RandomForestClassifier(6, max_depth=5, random_state=0).fit(x, labels)
explainer = shap.TreeExplainer(voters, feature_perturbation="tree_path_dependent")
classes = {"model": {"classes": [0, 1, 2], "trees": [grown(e) for e in voters.estimators_]}, "test": floats(test),
           "base": floats(explainer.expected_value), "values": floats(np.transpose(explainer.shap_values(test), (2, 0, 1)))}

wide = np.round(rng.normal(size=(500, 60)), 3).astype(np.float32).astype(float)
noise = rng.normal(size=500)
deep = DecisionTreeRegressor(splitter="random", random_state=1).fit(wide, noise)
explainer = shap.TreeExplainer(deep, feature_perturbation="tree_path_dependent")


def most_features(t, node=0, seen=frozenset()):
    if t.children_left[node] < 0: return len(seen)
    more = seen | {t.feature[node]}
    return max(most_features(t, t.children_left[node], more), most_features(t, t.children_right[node], more))


assert most_features(deep.tree_) > 16
depth = {"model": {"trees": [grown(deep)]}, "test": floats(wide[:5]), "features": most_features(deep.tree_),
         "values": floats(explainer.shap_values(wide[:5]))}

holes = x.copy()
holes[rng.random(x.shape) < 0.1] = np.nan
positive = (y > 0.5).astype(int)
matrix = xgboost.DMatrix(holes, label=positive)
booster = xgboost.train({"objective": "binary:logistic", "max_depth": 4, "eta": 0.3, "base_score": 0.5}, matrix, 20)
few = xgboost.DMatrix(holes[:12])
contributions = booster.predict(few, pred_contribs=True)
gradient = {"model": {"classes": [0, 1], "boosted": {"baseline": [0.0], "trees": boosted(booster, d), "featureCount": d, "evaluationLosses": []}},
            "test": [[None if np.isnan(v) else float(v) for v in row] for row in holes[:12]], "scores": floats(booster.predict(few, output_margin=True)),
            "values": floats(contributions[:, :-1]), "base": float(contributions[0, -1]),
            "interactions": floats(booster.predict(few, pred_interactions=True)[:, :-1, :-1])}

linear = LinearRegression().fit(x, y)
linear_explainer = shap.LinearExplainer(linear, shap.maskers.Independent(background, max_samples=1000))
save("MartletExplain", "shapley", {
    "shap": shap.__version__, "xgboost": xgboost.__version__, "regression": regression, "classes": classes, "deep": depth, "gradient": gradient,
    "linear": {"coefficients": floats(linear.coef_), "values": floats(linear_explainer.shap_values(test)), "base": float(linear_explainer.expected_value)}})

importance = permutation_importance(forest, x, y, n_repeats=4, random_state=3)
one = partial_dependence(forest, x, [0], grid_resolution=15, method="brute", kind="both")
whole = partial_dependence(forest, x, [0], grid_resolution=1000, method="brute")
two = partial_dependence(forest, x, [0, 1], grid_resolution=6, method="brute")


def local_effects(predict, x, feature, intervals):
    """Apley and Zhu, section 3.1.2: quantile cuts, mean finite differences, summed and centred over the samples."""
    edges = np.unique(np.quantile(x[:, feature], np.linspace(0, 1, intervals + 1)))
    bins = np.clip(np.digitize(x[:, feature], edges, right=True) - 1, 0, len(edges) - 2)
    low, high = x.copy(), x.copy()
    low[:, feature], high[:, feature] = edges[bins], edges[bins + 1]
    changes = pd.Series(predict(high) - predict(low)).groupby(bins).mean()
    effects = np.concatenate([[0], np.cumsum(changes)])
    counts = np.bincount(bins, minlength=len(edges) - 1)
    return edges, effects - np.sum((effects[1:] + effects[:-1]) / 2 * counts) / len(x)


edges, effects = local_effects(forest.predict, x, 3, 10)
smooth = lambda z: 2 * z[:, 0] - 1.5 * z[:, 1] + 0.5 * z[:, 2] ** 2
surrogate = lime.lime_tabular.LimeTabularExplainer(x, mode="regression", random_state=1)
told = surrogate.explain_instance(x[0], smooth, num_features=d, num_samples=60000)
texts = lime.lime_text.LimeTextExplainer(random_state=1, class_names=["ham", "spam"])
spam = lambda texts: np.array([[1 - p, p] for p in (0.1 + 0.5 * ("free" in t.split()) + 0.3 * ("prize" in t.split()) for t in texts)])
words = texts.explain_instance("win a free prize now", spam, num_features=5, num_samples=60000)
save("MartletExplain", "inspection", {
    "lime": "0.2.0.1",
    "permutation": {"importances": floats(importance.importances), "means": floats(importance.importances_mean), "deviations": floats(importance.importances_std)},
    "dependence": {"grid": floats(one["grid_values"][0]), "average": floats(one["average"][0]), "individual": floats(one["individual"][0][:10]),
                   "values": floats(whole["grid_values"][0][:5]), "valueCount": len(whole["grid_values"][0]), "valueAverage": floats(whole["average"][0][:5]),
                   "grids": [floats(g) for g in two["grid_values"]], "surface": floats(two["average"][0])},
    "effects": {"edges": floats(edges), "effects": floats(effects)},
    "surrogate": {"terms": {name: float(weight) for name, weight in told.as_list()}, "order": [int(f) for f, _ in told.as_map()[1 if 1 in told.as_map() else 0]],
                  "weights": [float(w) for _, w in sorted(told.as_map()[1 if 1 in told.as_map() else 0])], "score": float(told.score),
                  "prediction": float(told.predicted_value), "local": float(np.ravel(told.local_pred)[0])},
    "words": {"weights": {name: float(weight) for name, weight in words.as_list()}, "score": float(words.score)}})

# The passenger list, as scikit-learn's own tests have it; Datasets.titanicPassengers() is the same table (make_datasets.py).
source = Path(sklearn.__file__).parent / "datasets/tests/data/openml/id_40945/data-v1-dl-16826755.arff.gz"
arff = sklearn.externals._arff.loads(gzip.open(source, "rt").read())
people = pd.DataFrame(arff["data"], columns=[name for name, _ in arff["attributes"]])
saved = people.survived.astype(int).to_numpy()
design = pd.concat([(people.sex == "female").astype(float), pd.get_dummies(people.pclass, dtype=float), people[["age", "sibsp", "parch", "fare"]].astype(float),
                    pd.get_dummies(people.embarked, dtype=float)], axis=1).to_numpy()
train, held = train_test_split(np.arange(len(saved)), test_size=0.2, random_state=0)
design = np.where(np.isnan(design), np.nanmedian(design[train], axis=0), design)
logistic = LogisticRegression(max_iter=5000).fit(design[train], saved[train])
scores, said = logistic.predict_proba(design)[:, 1], logistic.predict(design)
sex, truth, guess = people.sex.to_numpy()[held], saved[held], said[held]
frame = fair.MetricFrame(metrics={"accuracy": accuracy_score, "selection": fair.selection_rate, "recall": fair.true_positive_rate, "fpr": fair.false_positive_rate},
                         y_true=truth, y_pred=guess, sensitive_features=sex)
optimizer = ThresholdOptimizer(estimator=logistic, constraints="demographic_parity", prefit=True, predict_method="predict_proba", grid_size=1000)
optimizer.fit(design[train], saved[train], sensitive_features=people.sex.to_numpy()[train])
chosen = optimizer.predict(design[held], sensitive_features=sex, random_state=0)
save("MartletExplain", "fairness", {
    "actual": truth.tolist(), "predicted": guess.tolist(), "sex": sex.tolist(), "scores": floats(scores[held]),
    "trainActual": saved[train].tolist(), "trainScores": floats(scores[train]), "trainSex": people.sex.to_numpy()[train].tolist(),
    "byGroup": {name: {k: float(v) for k, v in frame.by_group[name].items()} for name in frame.by_group},
    "overall": {k: float(v) for k, v in frame.overall.items()}, "difference": {k: float(v) for k, v in frame.difference().items()},
    "ratio": {k: float(v) for k, v in frame.ratio().items()},
    "demographicParityDifference": float(fair.demographic_parity_difference(truth, guess, sensitive_features=sex)),
    "demographicParityRatio": float(fair.demographic_parity_ratio(truth, guess, sensitive_features=sex)),
    "equalizedOddsDifference": float(fair.equalized_odds_difference(truth, guess, sensitive_features=sex)),
    "equalOpportunityDifference": float(fair.equal_opportunity_difference(truth, guess, sensitive_features=sex)),
    "fairlearn": {"difference": float(fair.demographic_parity_difference(truth, chosen, sensitive_features=sex)),
                  "accuracy": float(accuracy_score(truth, chosen))}})
