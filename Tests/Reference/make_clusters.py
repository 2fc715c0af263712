"""Spectral clustering, mean shift and OPTICS as scikit-learn makes them."""
import numpy as np
from sklearn import datasets
from sklearn.cluster import OPTICS, MeanShift, SpectralClustering, cluster_optics_dbscan, estimate_bandwidth
from reference import save

iris = datasets.load_iris().data
moons, _ = datasets.make_moons(120, noise=0.05, random_state=0)
spectral = SpectralClustering(2, affinity="nearest_neighbors", n_neighbors=8, random_state=0).fit(moons)
smooth = SpectralClustering(3, gamma=0.5, random_state=0).fit(iris)
shift = MeanShift(bandwidth=0.9).fit(iris)
optics = OPTICS(min_samples=5).fit(iris)
finite = [None if not np.isfinite(v) else float(v) for v in optics.reachability_]
save("MartletModels", "clusters", {
    "moons": moons.tolist(), "spectral": spectral.labels_.tolist(), "smooth": smooth.labels_.tolist(), "shift": shift.labels_.tolist(),
    "centres": shift.cluster_centers_.tolist(), "bandwidth": estimate_bandwidth(iris), "order": optics.ordering_.tolist(), "reachability": finite,
    "core": optics.core_distances_.tolist(),
    "labels": cluster_optics_dbscan(reachability=optics.reachability_, core_distances=optics.core_distances_, ordering=optics.ordering_, eps=0.5).tolist()})
