"""Models of XGBoost and LightGBM as their files, with what they predict, missing values among it."""
import json
import tempfile
import warnings
from pathlib import Path
import lightgbm
import numpy as np
import xgboost
from sklearn import datasets
from reference import save

warnings.simplefilter("ignore")
rng = np.random.default_rng(2)
iris, diabetes = datasets.load_iris(), datasets.load_diabetes()
folder = Path(tempfile.mkdtemp())


def holes(x):
    x = np.round(x + rng.normal(scale=0.05 * x.std(axis=0), size=x.shape), 4)
    x[rng.random(x.shape) < 0.1] = np.nan
    return x


def table(a): return [[None if v != v else float(v) for v in row] for row in np.asarray(a, dtype=float)]


flowers, patients = holes(iris.data), holes(diabetes.data * 100)
counts = rng.poisson(np.exp(np.nan_to_num(patients[:, 2]) / 10))
problems = {
    "two": (flowers, (iris.target == 1).astype(int), {"objective": "binary:logistic"}, {"objective": "binary"}),
    "three": (flowers, iris.target, {"objective": "multi:softprob", "num_class": 3}, {"objective": "multiclass", "num_class": 3}),
    "number": (patients, diabetes.target, {"objective": "reg:squarederror"}, {"objective": "regression"}),
    "count": (patients, counts, {"objective": "count:poisson"}, {"objective": "poisson"}),
    "dart": (patients, diabetes.target, {"booster": "dart", "rate_drop": 0.3, "seed": 1}, {"objective": "regression", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6, "seed": 1}),
    "sigmoid": (flowers, (iris.target == 1).astype(int), {"objective": "binary:logistic", "base_score": 0.3}, {"objective": "binary", "sigmoid": 2.0, "use_missing": False}),
}
content = {}
for name, (x, y, a, b) in problems.items():
    first = xgboost.train({"max_depth": 3, "eta": 0.4, **a}, xgboost.DMatrix(x, label=y), 4)
    first.save_model(folder / "model.json")
    second = lightgbm.train({"num_leaves": 5, "min_data_in_leaf": 5, "verbose": -1, **b}, lightgbm.Dataset(x, label=y), 4)
    rows = x[:60]
    content[name] = {
        "x": table(rows), "xgboost": (folder / "model.json").read_text(), "xgboostPredictions": np.ravel(first.predict(xgboost.DMatrix(rows))).astype(float).tolist(),
        "lightGBM": second.model_to_string(), "lightGBMPredictions": np.ravel(second.predict(rows)).tolist()}
# 32-bit comparisons: values next to a threshold.
tree = first = xgboost.train({"max_depth": 2, "objective": "reg:squarederror", "base_score": 0}, xgboost.DMatrix(flowers, label=iris.target), 1)
thresholds = [n for n in json.loads(tree.save_raw("json"))["learner"]["gradient_booster"]["model"]["trees"][0]["split_conditions"]]
edge = []
for t in np.float32(thresholds):
    for value in (np.float64(np.nextafter(t, np.float32(-np.inf))), np.float64(t), (np.float64(np.nextafter(t, np.float32(-np.inf))) + np.float64(t)) / 2):
        edge += [[v, v, v, v] for v in (np.nextafter(value, -np.inf), value, np.nextafter(value, np.inf))]
content["edge"] = {"x": table(edge), "xgboost": tree.save_raw("json").decode(), "xgboostPredictions": tree.predict(xgboost.DMatrix(np.array(edge))).astype(float).tolist(),
                   "lightGBM": content["number"]["lightGBM"], "lightGBMPredictions": []}
save("MartletModels", "foreignForests", {"problems": content})
