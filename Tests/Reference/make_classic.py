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

from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.naive_bayes import BernoulliNB, CategoricalNB, ComplementNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor, NearestNeighbors

wine, cancer, diabetes = datasets.load_wine(), datasets.load_breast_cancer(), datasets.load_diabetes()


def neighbours(metric, **options):
    model = NearestNeighbors(n_neighbors=6, metric=metric, **options).fit(x)
    return {"metric": metric, "distances": floats(model.kneighbors(x[::10] + 0.013)[0])}


folds = list(StratifiedKFold(5).split(digits.data, digits.target))
xa, xb, ya, yb = train_test_split(digits.data, digits.target, test_size=0.2, random_state=0)
da, db, ta, tb = train_test_split(diabetes.data, diabetes.target, test_size=0.2, random_state=0)
save("MartletModels", "neighbors", {
    "queries": [neighbours("euclidean"), neighbours("manhattan"), neighbours("chebyshev"), neighbours("minkowski", p=3), neighbours("cosine", algorithm="brute")],
    "within": [len(n) for n in NearestNeighbors().fit(x).radius_neighbors(x[::10] + 0.013, 0.5, return_distance=False)],
    "folds": [{"train": integers(a), "test": integers(b)} for a, b in folds],
    "scores": [floats(cross_val_score(KNeighborsClassifier(k), digits.data, digits.target, cv=folds)) for k in (1, 3, 5)],
    "heldOut": KNeighborsClassifier(5).fit(xa, ya).score(xb, yb),
    "weighted": floats(KNeighborsClassifier(7, weights="distance").fit(xa, ya).predict_proba(xb[::20])),
    "regression": floats(KNeighborsRegressor(5).fit(da, ta).predict(db)),
    "weightedRegression": floats(KNeighborsRegressor(5, weights="distance", metric="manhattan").fit(da, ta).predict(db))})


def bayes(name, model, data, target, weights=None):
    model.fit(data, target, sample_weight=weights)
    return {"name": name, "score": model.score(data, target), "probabilities": floats(model.predict_proba(data[::15])),
            "joint": floats(model._joint_log_likelihood(data[::50]) if name != "bernoulli" else model._joint_log_likelihood((data[::50] > model.binarize).astype(float)))}


w = (np.arange(1797) % 3 + 0.5)
binned = np.clip((x * 2).astype(int), 0, 15)
save("MartletModels", "bayes", {
    "fits": [bayes("iris", GaussianNB(), x, y), bayes("wine", GaussianNB(), wine.data, wine.target), bayes("digits", GaussianNB(), digits.data, digits.target),
             bayes("weighted", GaussianNB(), x, y, w[:150]), bayes("priors", GaussianNB(priors=[0.2, 0.5, 0.3]), x, y),
             bayes("multinomial", MultinomialNB(), digits.data, digits.target), bayes("multinomialWeighted", MultinomialNB(alpha=0.1, fit_prior=False), digits.data, digits.target, w),
             bayes("complement", ComplementNB(), digits.data, digits.target), bayes("complementNormalized", ComplementNB(norm=True, alpha=0.5), digits.data, digits.target),
             bayes("bernoulli", BernoulliNB(binarize=8), digits.data, digits.target), bayes("categorical", CategoricalNB(), binned, y)],
    "wine": {"x": floats(wine.data), "y": integers(wine.target)}})


def discriminant(name, model, data, target, transforms=True):
    model.fit(data, target)
    entry = {"name": name, "score": model.score(data, target), "probabilities": floats(model.predict_proba(data[::10]))}
    if transforms: entry.update(ratio=floats(model.explained_variance_ratio_), coordinates=floats(np.abs(model.transform(data[::10]))))
    return entry


few = digits.data[:60]
save("MartletModels", "discriminants", {"fits": [
    discriminant("svd", LinearDiscriminantAnalysis(), x, y), discriminant("leastSquares", LinearDiscriminantAnalysis(solver="lsqr"), x, y, False),
    discriminant("eigen", LinearDiscriminantAnalysis(solver="eigen"), x, y), discriminant("fixed", LinearDiscriminantAnalysis(solver="eigen", shrinkage=0.3), x, y),
    discriminant("ledoitWolf", LinearDiscriminantAnalysis(solver="eigen", shrinkage="auto"), x, y), discriminant("ledoitWolfLeastSquares", LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto"), x, y, False),
    discriminant("priors", LinearDiscriminantAnalysis(priors=[0.2, 0.5, 0.3], n_components=1), x, y), discriminant("digits", LinearDiscriminantAnalysis(), digits.data, digits.target),
    discriminant("two", LinearDiscriminantAnalysis(), x[50:], y[50:]),
    discriminant("quadratic", QuadraticDiscriminantAnalysis(), x, y, False), discriminant("regularized", QuadraticDiscriminantAnalysis(reg_param=0.2), digits.data, digits.target, False)]})

from sklearn.metrics import roc_auc_score
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor
from sklearn.svm import SVC, SVR, LinearSVC, OneClassSVM

standard = StandardScaler().fit_transform(cancer.data)


def vectors(name, data, target, weights=None, **options):
    model = SVC(**options).fit(data, target, sample_weight=weights)
    model.decision_function_shape = "ovr"
    decisions = np.atleast_2d(model.decision_function(data[::15]))
    exact = SVC(**{**options, "tol": 1e-9}).fit(data, target, sample_weight=weights)
    exact.decision_function_shape = "ovo"
    pairs = exact.decision_function(data[::15])
    exact.decision_function_shape = "ovr"
    return {"name": name, "counts": integers(model.n_support_), "exactCounts": integers(exact.n_support_), "support": integers(np.sort(exact.support_)),
            "score": model.score(data, target), "exactScore": exact.score(data, target), "pairs": floats(np.reshape(pairs, (len(data[::15]), -1))), "intercepts": floats(exact.intercept_),
            "decisions": floats(np.reshape(exact.decision_function(data[::15]), (len(data[::15]), -1)))}


documented = SVC(gamma=0.001).fit(digits.data[:898], digits.target[:898])
platt = SVC(probability=True, random_state=0).fit(standard, cancer.target)
plattIris = SVC(probability=True, random_state=0).fit(x, y)
linear = LinearSVC(tol=1e-10, dual=False, max_iter=100000)
dx = StandardScaler().fit_transform(diabetes.data)
dy = diabetes.target / 100
regressions = [("rbf", dict()), ("linear", dict(kernel="linear", C=0.3)), ("poly", dict(kernel="poly", degree=2, coef0=1, C=0.5, epsilon=0.2))]
outlier = OneClassSVM(gamma=0.01, nu=0.1, tol=1e-9).fit(standard)
save("MartletModels", "vectors", {
    "classifiers": [vectors("linear", x, y, kernel="linear"), vectors("rbf", x, y), vectors("cancer", standard, cancer.target),
                    vectors("polynomial", x, y, kernel="poly", coef0=1.0, degree=2), vectors("sigmoid", standard, cancer.target, kernel="sigmoid", C=0.5, gamma=0.01),
                    vectors("auto", x, y, gamma="auto", C=10), vectors("balanced", x[40:], y[40:], class_weight="balanced"),
                    vectors("weighted", x, y, weights=(np.arange(150) % 4).astype(float))],
    "cancer": {"x": floats(standard), "y": integers(cancer.target)},
    "documented": {"score": documented.score(digits.data[898:], digits.target[898:]), "predicted": integers(documented.predict(digits.data[898:]))},
    "probabilities": floats(platt.predict_proba(standard)[:, 1]), "irisProbabilities": floats(plattIris.predict_proba(x)),
    "linear": [(lambda m: {"coefficients": floats(m.coef_), "intercepts": floats(m.intercept_), "score": m.score(a, b)})(linear.fit(a, b)) for a, b in ((x, y), (standard, cancer.target))],
    "regressions": [(lambda m: {"name": n, "count": len(m.support_), "intercept": float(m.intercept_[0]), "predicted": floats(m.predict(dx[::9]))})(SVR(tol=1e-9, **o).fit(dx, dy)) for n, o in regressions],
    "oneClass": {"support": integers(np.sort(outlier.support_)), "scores": floats(outlier.decision_function(standard)[::7]), "intercept": float(outlier.intercept_[0])}})

factor = LocalOutlierFactor().fit(standard)
novelty = LocalOutlierFactor(novelty=True, n_neighbors=10).fit(standard[:400])
forest = IsolationForest(random_state=0).fit(standard)
save("MartletModels", "anomalies", {
    "factors": floats(factor.negative_outlier_factor_), "novelty": floats(novelty.score_samples(standard[400:])),
    "forest": {"auc": roc_auc_score(cancer.target, forest.score_samples(standard)), "scores": floats(forest.score_samples(standard)[::7])}})
