"""Metrics as scikit-learn computes them."""
import warnings
import numpy as np
from sklearn import metrics as m
from sklearn.calibration import calibration_curve
from sklearn import datasets
from reference import save

warnings.simplefilter("ignore")
rng = np.random.default_rng(21)
n = 80
actual = rng.integers(0, 4, n)
predicted = np.where(rng.random(n) < 0.6, actual, rng.integers(0, 4, n))
weights = np.round(rng.random(n) * 3, 2)
probabilities = rng.dirichlet([1, 1, 1, 1], n) * 0.6
probabilities[np.arange(n), actual] += 0.2
probabilities[np.arange(n), predicted] += 0.2
scores = np.round(rng.normal(size=n) + (actual > 1), 1)  # with ties
positive = actual > 1
binary = np.round(1 / (1 + np.exp(-scores)), 6)


def both(f): return {"plain": float(f(None)), "weighted": float(f(weights))}


labels = {}
for average in ("macro", "weighted", "micro"):
    for name, f in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score), ("jaccard", m.jaccard_score)):
        labels[f"{name} {average}"] = both(lambda w: f(actual, predicted, average=average, sample_weight=w))
    labels[f"f2 {average}"] = both(lambda w: m.fbeta_score(actual, predicted, beta=2, average=average, sample_weight=w))
labels["f1 of 2"] = both(lambda w: m.f1_score(actual, predicted, labels=[2], average="macro", sample_weight=w))
labels["accuracy"] = both(lambda w: m.accuracy_score(actual, predicted, sample_weight=w))
labels["balanced"] = both(lambda w: m.balanced_accuracy_score(actual, predicted, sample_weight=w))
labels["balanced adjusted"] = both(lambda w: m.balanced_accuracy_score(actual, predicted, adjusted=True, sample_weight=w))
labels["matthews"] = both(lambda w: m.matthews_corrcoef(actual, predicted, sample_weight=w))
for name, kind in (("kappa", None), ("kappa linear", "linear"), ("kappa quadratic", "quadratic")):
    labels[name] = both(lambda w: m.cohen_kappa_score(actual, predicted, weights=kind, sample_weight=w))
probability = {
    "logLoss": both(lambda w: m.log_loss(actual, probabilities, sample_weight=w)),
    "brier": both(lambda w: m.brier_score_loss(actual, probabilities, sample_weight=w)),
    "brier binary": both(lambda w: m.brier_score_loss(positive, binary, sample_weight=w)),
    "top 2": both(lambda w: m.top_k_accuracy_score(actual, probabilities, k=2, sample_weight=w)),
    "auc ovr": both(lambda w: m.roc_auc_score(actual, probabilities, multi_class="ovr", sample_weight=w)),
    "auc ovr weighted": both(lambda w: m.roc_auc_score(actual, probabilities, multi_class="ovr", average="weighted", sample_weight=w)),
    "auc binary": both(lambda w: m.roc_auc_score(positive, scores, sample_weight=w)),
    "ap binary": both(lambda w: m.average_precision_score(positive, scores, sample_weight=w)),
    "ap": both(lambda w: m.average_precision_score(actual, probabilities, sample_weight=w)),
}
ovo = {"macro": m.roc_auc_score(actual, probabilities, multi_class="ovo"),
       "weighted": m.roc_auc_score(actual, probabilities, multi_class="ovo", average="weighted")}
fpr, tpr, thresholds = m.roc_curve(positive, scores, drop_intermediate=False, sample_weight=weights)
prec, rec, pt = m.precision_recall_curve(positive, scores, sample_weight=weights)
calibration = {}
for strategy in ("uniform", "quantile"):
    observed, said = calibration_curve(positive, binary, n_bins=6, strategy=strategy)
    calibration[strategy] = {"observed": observed.tolist(), "predicted": said.tolist()}
report = m.classification_report(actual, predicted, output_dict=True)

y = np.round(rng.gamma(2, 3, n), 3) + 0.01
p = np.round(y * rng.uniform(0.5, 1.6, n), 3) + 0.05
regression = {}
for name, f in (("mse", m.mean_squared_error), ("rmse", m.root_mean_squared_error), ("mae", m.mean_absolute_error),
                ("mape", m.mean_absolute_percentage_error), ("msle", m.mean_squared_log_error),
                ("r2", m.r2_score), ("explained", m.explained_variance_score), ("poisson", m.mean_poisson_deviance),
                ("gamma", m.mean_gamma_deviance)):
    regression[name] = both(lambda w: f(y, p, sample_weight=w))
for power in (-1, 0, 1.5, 3):
    regression[f"tweedie {power}"] = both(lambda w: m.mean_tweedie_deviance(y, p, power=power, sample_weight=w))
regression["pinball"] = both(lambda w: m.mean_pinball_loss(y, p, alpha=0.2, sample_weight=w))
regression["d2 tweedie"] = both(lambda w: m.d2_tweedie_score(y, p, power=1, sample_weight=w))
plain = {"medae": m.median_absolute_error(y, p), "max": m.max_error(y, p), "d2 absolute": m.d2_absolute_error_score(y, p)}

relevance = rng.integers(0, 4, (6, 12)).astype(float)
ranked = np.round(rng.random((6, 12)), 1)  # with ties
ranking = [{"relevance": r.tolist(), "scores": s.tolist(), "ndcg": m.ndcg_score([r], [s]), "ndcg5": m.ndcg_score([r], [s], k=5),
            "dcg": m.dcg_score([r], [s])} for r, s in zip(relevance, ranked)]

iris = datasets.load_iris()
groups = []
for first, second in ((actual, predicted), (iris.target, (iris.data[:, 2] > 2).astype(int) + (iris.data[:, 3] > 1.6)),
                      (np.zeros(5, int), np.zeros(5, int)), (np.arange(6), np.arange(6)), (np.arange(6), np.zeros(6, int)),
                      (rng.integers(0, 3, 50), rng.integers(0, 5, 50))):
    groups.append({"first": first.tolist(), "second": second.tolist(), "ari": m.adjusted_rand_score(first, second),
                   "rand": m.rand_score(first, second), "ami": m.adjusted_mutual_info_score(first, second),
                   "nmi": m.normalized_mutual_info_score(first, second), "mi": m.mutual_info_score(first, second),
                   "homogeneity": m.homogeneity_score(first, second), "completeness": m.completeness_score(first, second),
                   "v": m.v_measure_score(first, second), "v2": m.v_measure_score(first, second, beta=2),
                   "fm": m.fowlkes_mallows_score(first, second)})
quality = {"silhouette": m.silhouette_score(iris.data, iris.target), "silhouettes": m.silhouette_samples(iris.data, iris.target)[::10].tolist(),
           "calinski": m.calinski_harabasz_score(iris.data, iris.target), "davies": m.davies_bouldin_score(iris.data, iris.target)}

save("MartletModels", "metrics", {
    "actual": actual.tolist(), "predicted": predicted.tolist(), "weights": weights.tolist(), "labels": labels,
    "probabilities": probabilities.ravel().tolist(), "probability": probability, "ovo": ovo, "scores": scores.tolist(), "binary": binary.tolist(),
    "roc": {"fpr": fpr.tolist(), "tpr": tpr.tolist()}, "pr": {"precision": prec.tolist(), "recall": rec.tolist()},
    "calibration": calibration, "report": {k: report[k] for k in ("0", "1", "2", "3", "macro avg", "weighted avg")},
    "y": y.tolist(), "p": p.tolist(), "regression": regression, "plain": plain, "ranking": ranking, "groups": groups, "quality": quality})
