#!/usr/bin/env python3
"""scikit-learn, LightGBM and XGBoost on the classical models. usage: model_peers.py DATA_DIR [family ...]
Writes the tables that martlet-benchmarks reads into DATA_DIR where they are not there yet, then prints {"task", "peer", "s", "cpu", "score"}
lines: seconds, and seconds of processor time on all cores, each the least of several runs."""
import os
import sys

import numpy as np
import pandas as pd
from peer_timing import say

folder, wanted = sys.argv[1], set(sys.argv[2:])


def table(name, make):
    """A table's numbers, made and written where there is none."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        os.makedirs(folder, exist_ok=True)
        make().to_csv(path + ".part", index=False, float_format="%.6g")
        os.replace(path + ".part", path)
    return pd.read_csv(path).to_numpy()


def labelled():
    """28 normal features, and a noisy, curved border in four of them."""
    def make():
        r = np.random.default_rng(7)
        x = r.normal(size=(200_000, 28)).astype(np.float32)
        height = x[:, 0] * x[:, 1] + np.sin(3 * x[:, 2]) + 0.5 * x[:, 3] ** 2 - 0.5 + 0.3 * r.normal(size=len(x))
        return pd.DataFrame(x, columns=[f"f{i}" for i in range(28)]).assign(label=(height > 0).astype(int))
    numbers = table("tabular.csv", make)
    return numbers[:, :28], numbers[:, 28].astype(int)


def linear():
    from sklearn.linear_model import LinearRegression

    def make():
        r = np.random.default_rng(8)
        x = r.normal(size=(500_000, 20))
        target = x @ r.normal(size=20) + 3 + 0.1 * r.normal(size=len(x))
        return pd.DataFrame(x, columns=[f"f{i}" for i in range(20)]).assign(target=target)
    numbers = table("regression.csv", make)
    x, y = np.ascontiguousarray(numbers[:, :20]), numbers[:, 20]
    say("linreg_5e5x20", "scikit-learn", lambda: LinearRegression().fit(x, y), 3, lambda m: m.score(x, y))


def logistic():
    from sklearn.linear_model import LogisticRegression
    x, _ = labelled()
    y = (x @ np.linspace(-1, 1, 28) + x[:, 0] * x[:, 1] > 0).astype(int)
    say("logreg_2e5x28", "scikit-learn", lambda: LogisticRegression(max_iter=200).fit(x, y), 3, lambda m: m.score(x, y))


def forest():
    from sklearn.ensemble import RandomForestClassifier
    x, y = labelled()
    train, test = slice(0, 50_000), slice(50_000, 100_000)
    say("forest_100x5e4x28", "scikit-learn",
        lambda: RandomForestClassifier(100, n_jobs=-1, random_state=0).fit(x[train], y[train]), 1, lambda m: m.score(x[test], y[test]))


def boosting():
    """Each quarter is held out once, since a single one moves scores by more than methods differ."""
    import lightgbm
    import xgboost
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.base import clone
    from sklearn.model_selection import KFold
    x, y = labelled()
    folds = list(KFold(4).split(x))
    parts = [(x[train], y[train]) for train, _ in folds]
    methods = {
        "lightgbm": lightgbm.LGBMClassifier(n_estimators=100, num_leaves=31, learning_rate=0.1, verbose=-1),
        "xgboost": xgboost.XGBClassifier(
            n_estimators=100, max_leaves=31, max_depth=0, grow_policy="lossguide", learning_rate=0.1, tree_method="hist"),
        "scikit-learn": HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=31, learning_rate=0.1, early_stopping=False)}
    for peer, method in methods.items():
        fitted = []
        say("gbdt_100x31_1.5e5x28", peer, lambda: fitted.append(clone(method).fit(*parts[len(fitted)])), len(folds),
            lambda _: np.mean([m.score(x[test], y[test]) for m, (_, test) in zip(fitted, folds)]))


def kmeans():
    from sklearn.cluster import KMeans

    def make():
        r = np.random.default_rng(9)
        centres = r.normal(scale=6, size=(10, 20))
        points = centres[r.integers(0, 10, 100_000)] + r.normal(size=(100_000, 20))
        return pd.DataFrame(points, columns=[f"f{i}" for i in range(20)])
    x = table("blobs.csv", make)
    say("kmeans_k10_n5_1e5x20", "scikit-learn", lambda: KMeans(10, n_init=5, random_state=0).fit(x), 3, lambda m: m.inertia_)


def dbscan():
    from sklearn.cluster import DBSCAN
    r = np.random.default_rng(3)
    x = np.concatenate([r.normal(loc=c, scale=0.3, size=(4_000, 2)) for c in [(0, 0), (3, 3), (0, 4), (5, 0), (6, 6)]])
    say("dbscan_2e4x2", "scikit-learn", lambda: DBSCAN(eps=0.1, min_samples=5, n_jobs=-1).fit(x), 3, lambda m: len(set(m.labels_)))


def svc():
    from sklearn.svm import SVC
    x, y = labelled()
    say("svc_rbf_5e3x28", "scikit-learn", lambda: SVC().fit(x[:5_000], y[:5_000]), 2, lambda m: m.score(x[5_000:10_000], y[5_000:10_000]))


def pca():
    from sklearn.decomposition import PCA
    r = np.random.default_rng(1)
    x = r.normal(size=(20_000, 200)) @ r.normal(size=(200, 200))
    say("pca20_2e4x200", "scikit-learn", lambda: PCA(20, svd_solver="covariance_eigh").fit(x), 3, lambda m: m.explained_variance_ratio_.sum())


def tfidf():
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.naive_bayes import MultinomialNB
    r = np.random.default_rng(2)
    frequencies = 1 / np.arange(1, 20_001)
    texts = [" ".join(f"w{i}" for i in r.choice(20_000, 60, p=frequencies / frequencies.sum())) for _ in range(20_000)]
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "docs.txt"), "w") as file:
        file.write("\n".join(texts))
    labels = r.integers(0, 5, 20_000)
    say("tfidf_nb_2e4docs", "scikit-learn", lambda: MultinomialNB().fit(TfidfVectorizer().fit_transform(texts), labels), 3)


for family in [linear, logistic, forest, boosting, kmeans, dbscan, svc, pca, tfidf]:
    if not wanted or family.__name__ in wanted:
        family()
