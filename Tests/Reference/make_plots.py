"""Densities, boxes, hexagons, trends and the curves of classifiers as SciPy, NumPy, Matplotlib, statsmodels and scikit-learn have them."""
import matplotlib
matplotlib.use("Agg")
import matplotlib.cbook, matplotlib.pyplot as plt
import numpy as np, scipy.cluster.hierarchy as hierarchy, scipy.stats as st, statsmodels.api as sm
from sklearn.calibration import calibration_curve
from sklearn.datasets import load_iris
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score, roc_curve
from reference import save

random = np.random.default_rng(11)
petals = load_iris().data[:, 2]
places = [0.5, 1.0, 1.4, 2.5, 3.3, 4.75, 6.9, 9.0]

densities = []
for rule in ("scott", "silverman"):
    kde = st.gaussian_kde(petals, bw_method=rule)
    densities.append({"rule": rule, "width": float(kde.factor * petals.std(ddof=1)), "values": kde(places).tolist()})

boxes = []
for values in (petals, np.array([3.0, 4, 4, 5, 12]), np.array([1.0, 2]), np.array([7.0]), np.round(random.standard_t(2, 60), 3)):
    box = matplotlib.cbook.boxplot_stats(values, whis=1.5)[0]
    boxes.append({"values": values.tolist(), "quartiles": [float(box[k]) for k in ("q1", "med", "q3")],
                  "whiskers": [float(box["whislo"]), float(box["whishi"])], "outliers": sorted(box["fliers"].tolist())})

x, y = np.round(random.normal(size=500), 6), np.round(random.normal(size=500), 6)
collection = plt.hexbin(x, y, gridsize=(12, 7), mincnt=1)
hexagons = {"x": x.tolist(), "y": y.tolist(), "columns": 12, "rows": 7, "middles": collection.get_offsets().tolist(),
            "counts": [int(c) for c in collection.get_array()]}

x = np.round(np.sort(random.uniform(0, 10, 60)), 4)
y = np.round(np.sin(x) + 0.2 * x + random.normal(scale=0.3, size=60), 4)
prediction = sm.OLS(y, sm.add_constant(x)).fit().get_prediction(sm.add_constant(np.array([0.0, 2.5, 5, 9.75]), has_constant="add"))
frame = prediction.summary_frame(alpha=0.05)
trend = {"x": x.tolist(), "y": y.tolist(), "places": [0, 2.5, 5, 9.75], "line": frame["mean"].tolist(), "lower": frame["mean_ci_lower"].tolist(),
         "upper": frame["mean_ci_upper"].tolist(), "loess": [{"share": s, "heights": sm.nonparametric.lowess(y, x, frac=s, it=0, delta=0)[:, 1].tolist()}
                                                              for s in (0.2, 0.5, 2 / 3)]}

labels = random.random(200) < 0.4
scores = np.round(random.normal(size=200) + labels, 2)  # two decimals: some are the same
fpr, tpr, _ = roc_curve(labels, scores, drop_intermediate=False)
precision, recall, _ = precision_recall_curve(labels, scores)
probabilities = np.round(1 / (1 + np.exp(-scores)), 2)
observed, predicted = calibration_curve(labels, probabilities, n_bins=10)
classifier = {"labels": labels.tolist(), "scores": scores.tolist(), "falsePositive": fpr.tolist(), "truePositive": tpr.tolist(),
              "area": float(roc_auc_score(labels, scores)), "precision": precision[::-1].tolist(), "recall": recall[::-1].tolist(),
              "averagePrecision": float(average_precision_score(labels, scores)), "probabilities": probabilities.tolist(),
              "observed": observed.tolist(), "predicted": predicted.tolist()}

values = np.round(random.exponential(size=40), 5)
(theoretical, ordered), (slope, intercept, _) = st.probplot(values)
quantiles = {"values": values.tolist(), "theoretical": theoretical.tolist(), "ordered": ordered.tolist(), "slope": float(slope), "intercept": float(intercept)}

joins = hierarchy.linkage(np.round(random.normal(size=(25, 2)), 3), "average")
cut = float(np.median(joins[:, 2]))
tree = {"joins": joins.tolist(), "leaves": hierarchy.dendrogram(joins, no_plot=True)["leaves"], "cut": cut,
        "clusters": hierarchy.fcluster(joins, np.nextafter(cut, 0), "distance").tolist()}

save("MartletPlots", "plots", {"petals": petals.tolist(), "places": places, "densities": densities, "boxes": boxes, "hexagons": hexagons,
                               "trend": trend, "classifier": classifier, "quantiles": quantiles, "dendrogram": tree})
