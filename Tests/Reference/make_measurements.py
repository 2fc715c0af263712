"""How labels are spread, which rows repeat, and which residuals of a series are unusual, as SciPy and pandas say."""
import numpy as np
import pandas as pd
from scipy.stats import entropy, median_abs_deviation
from sklearn import datasets
from reference import TESTS, save

balances = []
for name, labels in (("iris", datasets.load_iris().target), ("cancer", datasets.load_breast_cancer().target), ("wine", datasets.load_wine().target)):
    counts = pd.Series(labels).value_counts()
    balances.append({"name": name, "labels": labels.tolist(), "counts": sorted(counts.tolist(), reverse=True), "shares": (counts / counts.sum()).tolist(),
                     "evenness": float(entropy(counts) / np.log(len(counts)))})
penguins = pd.read_csv(TESTS.parent / "Sources" / "MartletDatasets" / "Data" / "penguins.csv")
columns = ["species", "island", "sex", "flipperLength"]
rows = penguins[columns].duplicated()
iris = pd.DataFrame(datasets.load_iris().data)
duplicates = {"columns": columns, "extras": np.flatnonzero(rows).tolist(), "groups": int((penguins[columns].value_counts(dropna=False) > 1).sum()),
              "iris": np.flatnonzero(iris.duplicated()).tolist()}

rng = np.random.default_rng(4)
series = 20 + np.cumsum(rng.normal(size=120)) * 0.3 + rng.normal(size=120)
series[[40, 77, 101]] += [9, -8, 7]
series = np.round(series, 4)
naive = np.diff(series)
season = series[7:] - series[:-7]
middle, spread = np.median(season), median_abs_deviation(season, scale="normal")
low, high = np.quantile(naive, [0.25, 0.75])
save("MartletModels", "measurements", {
    "balances": balances, "duplicates": duplicates,
    "series": {"values": series.tolist(), "seasonLimits": [float(middle - 3.5 * spread), float(middle + 3.5 * spread)],
               "seasonPlaces": (np.flatnonzero(np.abs(season - middle) > 3.5 * spread) + 7).tolist(),
               "limits": [float(low - 1.5 * (high - low)), float(high + 1.5 * (high - low))],
               "places": (np.flatnonzero((naive < low - 1.5 * (high - low)) | (naive > high + 1.5 * (high - low))) + 1).tolist()}})
