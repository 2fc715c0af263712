"""Bins, splines and scales of samples with weights, as scikit-learn makes them."""
import numpy as np
from sklearn.preprocessing import KBinsDiscretizer, SplineTransformer, StandardScaler
from reference import save

rng = np.random.default_rng(31)
x = np.round(rng.normal(size=(40, 3)) * [1, 5, 0.3] + [0, 10, -1], 2)
weights = rng.integers(0, 4, 40).astype(float)
halves = np.round(rng.uniform(0.1, 2, 40), 2)


def floats(array): return np.ravel(np.asarray(array, dtype=float)).tolist()


def bins(strategy, count, own):
    model = KBinsDiscretizer(count, encode="ordinal", strategy=strategy, subsample=None, quantile_method="averaged_inverted_cdf").fit(x, sample_weight=own)
    return {"strategy": {"kmeans": "kMeans"}.get(strategy, strategy), "count": count, "weights": None if own is None else floats(own),
            "edges": [floats(edges) for edges in model.bin_edges_]}


def spline(knots, own):
    model = SplineTransformer(n_knots=4, degree=2, knots=knots).fit(x, sample_weight=own)
    return {"placement": knots, "weights": floats(own), "values": floats(model.transform(x[::8]))}


save("MartletModels", "weightedFeatures", {
    "x": x.tolist(),
    "bins": [bins("quantile", 4, weights), bins("quantile", 7, halves), bins("uniform", 5, weights), bins("kmeans", 3, None), bins("kmeans", 4, halves)],
    "splines": [spline("uniform", weights), spline("quantile", weights), spline("quantile", halves)],
    "scaled": {name: floats(StandardScaler(with_mean=mean, with_std=std).fit(x, sample_weight=halves).transform(x[::8]))
               for name, mean, std in (("centred", True, False), ("scaled", False, True), ("neither", False, False))}})
