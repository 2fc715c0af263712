"""Shapley values of ensembles of trees: isolation forests by shap, the others by shap's enumeration of all coalitions."""
import warnings

import numpy as np
import shap
from sklearn.ensemble import AdaBoostClassifier, BaggingClassifier, BaggingRegressor, IsolationForest, VotingClassifier
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from reference import save
from tree_layout import floats, grown

warnings.filterwarnings("ignore")
rng = np.random.default_rng(8)
n, d = 150, 5
x = np.round(rng.normal(size=(n, d)), 3).astype(np.float32).astype(float)
x[:, 2] += 0.6 * x[:, 0]
x = x.astype(np.float32).astype(float)
y = np.sin(2 * x[:, 0]) + x[:, 1] * x[:, 2]
labels = (y > 0).astype(int) + (y > np.sort(y)[-5])
test, background = x[:6], x[100:115]


def exact(function): return shap.explainers.Exact(function, shap.maskers.Independent(background))(test)


def outputs(explanation): return {"values": floats(np.transpose(explanation.values, (2, 0, 1))), "base": floats(explanation.base_values[0])}


def average_depth(count):
    return 0.0 if count < 2 else 1.0 if count == 2 else 2 * (np.log(count - 1) + np.euler_gamma) - 2 * (count - 1) / count


def isolation(tree):
    """Breadth first, so that a right child follows its left one."""
    t = tree.tree_
    order, depth = [0], {0: 0}
    for node in order:
        if t.children_left[node] < 0: continue
        for child in (t.children_left[node], t.children_right[node]):
            order.append(child)
            depth[child] = depth[node] + 1
    place = {node: i for i, node in enumerate(order)}
    leaf = [t.children_left[node] < 0 for node in order]
    return {"features": [-1 if l else int(t.feature[node]) for node, l in zip(order, leaf)], "cuts": [0.0 if l else float(t.threshold[node]) for node, l in zip(order, leaf)],
            "children": [0 if l else place[t.children_left[node]] for node, l in zip(order, leaf)],
            "depths": [depth[node] + average_depth(t.n_node_samples[node]) if l else 0.0 for node, l in zip(order, leaf)]}


forest = IsolationForest(n_estimators=12, max_samples=64, random_state=0).fit(x)
explainer = shap.TreeExplainer(forest, feature_perturbation="tree_path_dependent")
depths = lambda rows: -np.log2(-forest.score_samples(rows)) * average_depth(64)
values, base = explainer.shap_values(test), float(np.ravel(explainer.expected_value)[0])
assert np.allclose(values.sum(axis=1) + base, depths(test), atol=1e-6)
enumerated = exact(depths)
anomalies = {"model": {"trees": [isolation(t) for t in forest.estimators_], "samplesPerTree": 64, "featureCount": d, "threshold": -0.5},
             "scores": floats(forest.score_samples(test)), "depths": floats(depths(test)), "values": floats(values), "base": base,
             "exact": floats(enumerated.values), "exactBase": float(enumerated.base_values[0])}

boosted = AdaBoostClassifier(DecisionTreeClassifier(max_depth=2), n_estimators=6, random_state=0).fit(x, labels)
votes = {"model": {"classes": [0, 1, 2], "models": [{"classes": [0, 1, 2], "tree": grown(t)} for t in boosted.estimators_],
                   "votes": floats(boosted.estimator_weights_), "errors": floats(boosted.estimator_errors_)},
         "scores": floats(boosted.decision_function(test)), **outputs(exact(boosted.decision_function))}

bags = BaggingClassifier(DecisionTreeClassifier(max_depth=4), n_estimators=7, max_samples=0.2, max_features=0.6, random_state=3).fit(x, labels)
path, path_base = np.zeros((3, len(test), d)), np.zeros(3)
for t, columns in zip(bags.estimators_, bags.estimators_features_):
    own = shap.TreeExplainer(t, feature_perturbation="tree_path_dependent")
    for place, label in enumerate(t.classes_):
        path[int(label)][:, columns] += own.shap_values(test[:, columns])[:, :, place] / len(bags.estimators_)
        path_base[int(label)] += own.expected_value[place] / len(bags.estimators_)
bagging = {"model": {"classes": [0, 1, 2], "featureCount": d, "members": [
    {"model": {"classes": [int(c) for c in t.classes_], "tree": grown(t)}, "features": [int(c) for c in columns]}
    for t, columns in zip(bags.estimators_, bags.estimators_features_)]},
    "scores": floats(bags.predict_proba(test)), "path": floats(path), "pathBase": floats(path_base), **outputs(exact(bags.predict_proba))}

numbers = BaggingRegressor(DecisionTreeRegressor(max_depth=4), n_estimators=5, max_features=0.6, random_state=3).fit(x, y)
told = exact(numbers.predict)
regression = {"model": {"featureCount": d, "members": [
    {"model": {"tree": grown(t)}, "features": [int(c) for c in columns]} for t, columns in zip(numbers.estimators_, numbers.estimators_features_)]},
    "scores": floats(numbers.predict(test)), "values": floats(told.values), "base": float(told.base_values[0])}


def voting(kind):
    members = [(f"tree {depth}", DecisionTreeClassifier(max_depth=depth, random_state=depth)) for depth in (1, 2, 4)]
    vote = VotingClassifier(members, voting=kind, weights=[1, 2, 1.5]).fit(x, labels)
    shares = np.array([1, 2, 1.5]) / 4.5
    if kind == "soft": function = vote.predict_proba
    else: function = lambda rows: sum(share * np.eye(3)[t.predict(rows)] for share, t in zip(shares, vote.estimators_))
    return {"model": {"names": [name for name, _ in members], "models": [{"classes": [0, 1, 2], "tree": grown(t)} for t in vote.estimators_],
                      "shares": floats(shares), "vote": kind}, "scores": floats(function(test)), **outputs(exact(function))}


save("MartletExplain", "ensembles", {
    "shap": shap.__version__, "test": floats(test), "background": floats(background), "anomalies": anomalies, "votes": votes,
    "bagging": bagging, "regression": regression, "soft": voting("soft"), "hard": voting("hard")})
