"""What scikit-learn's generators of data give for some seeds, and sums of the columns of the bundled data."""
import numpy as np
import statsmodels.api as sm
from importlib.resources import files
import pandas as pd
from reference import save
from sklearn import datasets


def numbers(*arrays):
    return [np.asarray(a, dtype=float).ravel().tolist() for a in arrays]


cases = {}
for seed in (0, 42, 4294967295):
    s = {"random_state": seed}
    cases[str(seed)] = {
        "moons": numbers(*datasets.make_moons(21, noise=0.1, **s)),
        "moonsInOrder": numbers(*datasets.make_moons(8, shuffle=False, **s)),
        "circles": numbers(*datasets.make_circles(20, noise=0.05, factor=0.5, **s)),
        "blobs": numbers(*datasets.make_blobs(31, n_features=3, centers=4, cluster_std=2.5, center_box=(-4, 6), return_centers=True, **s)),
        "givenBlobs": numbers(*datasets.make_blobs([5, 12], centers=[[0, 1], [5, -5]], cluster_std=[0.5, 2.0], **s)),
        "swissRoll": numbers(*datasets.make_swiss_roll(15, noise=0.2, **s)),
        "swissRollWithHole": numbers(*datasets.make_swiss_roll(15, hole=True, **s)),
        "sCurve": numbers(*datasets.make_s_curve(15, noise=0.1, **s)),
        "friedman1": numbers(*datasets.make_friedman1(12, 6, noise=0.5, **s)),
        "regression": numbers(*datasets.make_regression(12, 5, n_informative=3, bias=2.5, noise=0.3, coef=True, **s)),
        "lowRankRegression": numbers(*datasets.make_regression(12, 7, n_informative=4, effective_rank=2, tail_strength=0.2, coef=True, **s)),
        "classification": numbers(*datasets.make_classification(40, 8, n_informative=3, n_redundant=2, n_repeated=1, n_classes=3, **s)),
        "unevenClassification": numbers(*datasets.make_classification(
            50, 4, n_informative=2, n_redundant=0, weights=[0.8], flip_y=0.2, class_sep=2.0, hypercube=False, shift=None,
            scale=None, **s)),
        "orderedClassification": numbers(*datasets.make_classification(30, 6, n_informative=4, shuffle=False, **s)),
        "wideClassification": numbers(*datasets.make_classification(12, 34, n_informative=32, n_redundant=1, **s)),
    }

wine, cancer, linnerud = datasets.load_wine(), datasets.load_breast_cancer(), datasets.load_linnerud()
with open(files("palmerpenguins") / "data" / "penguins.csv") as file:
    penguins = pd.read_csv(file)
sums = {
    "wine": wine.data.sum(axis=0).tolist() + [float(wine.target.sum())],
    "breastCancer": cancer.data.sum(axis=0).tolist(),
    "linnerud": [*linnerud.data.sum(axis=0).tolist(), *linnerud.target.sum(axis=0).tolist()],
    "penguins": penguins[["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "year"]].sum().tolist(),
    "co2": [float(sm.datasets.co2.load_pandas().data.co2.sum())],
    "sunspots": sm.datasets.sunspots.load_pandas().data.sum().tolist(),
    "nile": sm.datasets.nile.load_pandas().data.sum().tolist(),
}
missing = {"penguins": penguins.isna().sum().tolist(), "co2": int(sm.datasets.co2.load_pandas().data.co2.isna().sum())}
save("MartletDatasets", "generators", {"seeds": cases})
save("MartletDatasets", "sums", {"sums": sums, "penguinsMissing": missing["penguins"], "co2Missing": missing["co2"]})
