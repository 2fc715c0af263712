"""Clustering, decomposition, neighbours, naive Bayes, discriminants, support vectors and anomalies as scikit-learn and SciPy compute them."""
import warnings
import numpy as np
from scipy.cluster.hierarchy import cophenet, linkage
from sklearn import datasets
from sklearn.cluster import DBSCAN, AgglomerativeClustering, KMeans
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler
from reference import save


def floats(array): return np.asarray(array, dtype=float).tolist()
def integers(array): return np.asarray(array).astype(int).tolist()


warnings.simplefilter("ignore")
iris, digits = datasets.load_iris(), datasets.load_digits()
x, y = iris.data, iris.target
scaled = StandardScaler().fit_transform(digits.data)


def pca(name, data, **options):
    model = PCA(**options).fit(data)
    return {"name": name, "components": floats(model.components_), "variance": floats(model.explained_variance_),
            "ratio": floats(model.explained_variance_ratio_), "noise": float(model.noise_variance_),
            "singular": floats(model.singular_values_), "first": floats(model.transform(data)[:5]),
            "back": floats(model.inverse_transform(model.transform(data[:2])))}


save("MartletModels", "decomposition", {
    "pca": [pca("all", x, svd_solver="full"), pca("two", x, n_components=2), pca("whitened", x, n_components=3, whiten=True),
            pca("variance", x, n_components=0.97, svd_solver="full"), pca("likelihood", x, n_components="mle", svd_solver="full"),
            pca("digits", digits.data, n_components=0.8, svd_solver="full"),
            pca("wide", digits.data[:30], n_components=4, svd_solver="full")],
    "digitsLikelihood": int(PCA(n_components="mle", svd_solver="full").fit(digits.data).n_components_),
    "svd": (lambda m: {"components": floats(m.components_), "singular": floats(m.singular_values_),
                       "variance": floats(m.explained_variance_), "ratio": floats(m.explained_variance_ratio_),
                       "first": floats(m.transform(digits.data)[:3])})(TruncatedSVD(5, algorithm="arpack", random_state=0).fit(digits.data))})


def kmeans(name, data, **options):
    model = KMeans(**options).fit(data)
    return {"name": name, "inertia": model.inertia_, "iterations": int(model.n_iter_), "labels": integers(model.labels_),
            "centres": floats(model.cluster_centers_)}


def mixture(kind, tol):
    model = GaussianMixture(3, covariance_type=kind, random_state=0, tol=tol, max_iter=1000).fit(x)
    return {"kind": {"diag": "diagonal"}.get(kind, kind), "tolerance": tol, "lowerBound": model.lower_bound_, "bic": model.bic(x),
            "aic": model.aic(x), "iterations": int(model.n_iter_), "weights": floats(model.weights_), "means": floats(model.means_),
            "densities": floats(model.score_samples(x[::10])), "probabilities": floats(model.predict_proba(x[::10]))}


def agglomerative(method):
    tree = linkage(x, method)
    labels = AgglomerativeClustering(3, linkage=method).fit(x).labels_
    return {"method": method, "merges": floats(tree), "labels": integers(labels), "agreement": adjusted_rand_score(y, labels),
            "cophenetic": floats(cophenet(tree))[::97]}


def dbscan(name, data, eps, count, metric="euclidean"):
    model = DBSCAN(eps=eps, min_samples=count, metric=metric).fit(data)
    return {"name": name, "radius": eps, "minimum": count, "metric": metric, "labels": integers(model.labels_),
            "core": integers(model.core_sample_indices_)}


weights = (np.arange(150) % 4).astype(float)
weighted = KMeans(3, init=x[[0, 50, 100]], n_init=1).fit(x, sample_weight=weights)
save("MartletModels", "clustering", {
    "kmeans": [kmeans("given", x, n_clusters=3, init=x[[0, 50, 100]], n_init=1, algorithm="lloyd"),
               kmeans("seed", x, n_clusters=3, random_state=0, n_init=5), kmeans("eight", x, n_clusters=8, random_state=3),
               kmeans("random", x, n_clusters=5, init="random", random_state=1),
               kmeans("digits", digits.data, n_clusters=10, random_state=0), kmeans("many", digits.data, n_clusters=40, random_state=2)],
    "weighted": {"inertia": weighted.inertia_, "centres": floats(weighted.cluster_centers_)},
    "agreement": adjusted_rand_score(y, KMeans(3, init=x[[0, 50, 100]], n_init=1).fit(x).labels_),
    "mixtures": [mixture(kind, tol) for kind in ("full", "tied", "diag", "spherical") for tol in (1e-3, 1e-8)],
    "trees": [agglomerative(method) for method in ("ward", "complete", "average", "single")],
    "manhattan": floats(linkage(x, "average", metric="cityblock"))[-20:],
    "dbscan": [dbscan("iris", x, 0.5, 5), dbscan("iris", x, 0.3, 3), dbscan("iris", x, 0.8, 8, "manhattan"),
               dbscan("iris", x, 0.3, 5, "chebyshev"), dbscan("iris", x, 0.001, 5, "cosine"), dbscan("digits", digits.data, 22, 5)]})
