"""Labels that spread, places by distances, groups of any density, hashed features, and nested cross-validation."""
import numpy as np
from sklearn import datasets
from sklearn.cluster import HDBSCAN
from sklearn.feature_extraction import FeatureHasher
from sklearn.manifold import ClassicalMDS, Isomap, smacof
from sklearn.metrics import euclidean_distances
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score
from sklearn.semi_supervised import LabelPropagation, LabelSpreading
from sklearn.svm import SVC
from reference import save

iris = datasets.load_iris()
x, y = iris.data, iris.target
partial = y.copy()
partial[np.arange(150) % 10 != 0] = -1
fresh = x[::15] + 0.05
labels = {}
for name, model in {"propagation": LabelPropagation(gamma=2, tol=1e-8, max_iter=5000), "spreading": LabelSpreading(gamma=2, alpha=0.3, tol=1e-10, max_iter=500)}.items():
    model.fit(x, partial)
    labels[name] = {"labels": model.transduction_.tolist(), "distributions": model.label_distributions_[::7].tolist(), "fresh": model.predict_proba(fresh).tolist()}

# No two places are the same, for distances of nearly 0 are divided by.
start = x[:, :2] + np.c_[np.arange(150), np.arange(150)[::-1]] / 300
distances = euclidean_distances(x)
places, stress, steps = smacof(distances, init=start, n_init=1, max_iter=40, eps=1e-6, return_n_iter=True, normalized_stress=False)
classical = ClassicalMDS(2).fit(x)
# Iris has equally far neighbours, of which either may be taken: moved a little, it has none.
moved = x + np.random.default_rng(5).normal(size=x.shape) / 100
isomap = Isomap(n_neighbors=40, n_components=2).fit(moved)

rng = np.random.default_rng(8)
groups = np.concatenate([rng.normal((0, 0), 0.3, (60, 2)), rng.normal((4, 4), 0.8, (80, 2)), rng.normal((0, 5), 0.15, (40, 2)), rng.uniform(-3, 8, (30, 2))])
# One outlier is linked to two groups by edges of the same length, its core distance, of which either may be taken.
groups = np.delete(groups, 186, axis=0)
clusters = [{"size": size, "samples": samples, "labels": m.labels_.tolist(), "probabilities": m.probabilities_.tolist()}
            for size, samples in ((5, 5), (10, 4), (15, 3)) for m in [HDBSCAN(min_cluster_size=size, min_samples=samples, copy=True).fit(groups)]]

rows = [{"city": "Oslo", "size": 3.5}, {"city": "Bergen", "size": -1.0}, {"city": "Ås", "size": 0.25}, {"city": "Oslo", "size": 2.0}]
hashed = FeatureHasher(16).fit_transform(rows).toarray()

grid = {"C": [1, 10, 100], "gamma": [0.01, 0.1]}
nested, plain = [], []
for seed in range(3):
    inner, outer = KFold(4, shuffle=True, random_state=seed), KFold(4, shuffle=True, random_state=seed)
    plain.append(GridSearchCV(SVC(kernel="rbf"), grid, cv=outer).fit(x, y).best_score_)
    nested.append(cross_val_score(GridSearchCV(SVC(kernel="rbf"), grid, cv=inner), x, y, cv=outer).tolist())
linear = SVC(kernel="linear", C=0.5).fit(x[50:], y[50:])
save("MartletModels", "semiSupervised", {
    "labels": labels, "start": start.tolist(), "places": places.tolist(), "stress": float(stress), "steps": int(steps),
    "classical": np.abs(classical.embedding_).tolist(), "moved": moved.tolist(), "isomap": np.abs(isomap.embedding_).tolist(), "isomapFresh": np.abs(isomap.transform(fresh)).tolist(),
    "fresh": fresh.tolist(), "groups": groups.tolist(), "clusters": clusters, "hashed": hashed.tolist(), "nested": nested, "plain": plain,
    "linearCoefficients": linear.coef_[0].tolist()})
