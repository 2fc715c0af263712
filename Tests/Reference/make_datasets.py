"""Writes the bundled data sets from scikit-learn's copies."""
import csv
from pathlib import Path

from sklearn import datasets

DATA = Path(__file__).resolve().parents[2] / "Sources" / "MartletDatasets" / "Data"


def write(name, header, rows):
    with open(DATA / f"{name}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


iris = datasets.load_iris()
species = [iris.target_names[t] for t in iris.target]
write("iris", ["sepalLength", "sepalWidth", "petalLength", "petalWidth", "species"],
      [[*map(repr, map(float, x)), s] for x, s in zip(iris.data, species)])

digits = datasets.load_digits()
write("digits", [f"pixel{r}{c}" for r in range(8) for c in range(8)] + ["digit"],
      [[*map(int, x), int(t)] for x, t in zip(digits.data, digits.target)])

diabetes = datasets.load_diabetes()
write("diabetes", [*diabetes.feature_names, "progression"],
      [[*map(repr, map(float, x)), repr(float(t))] for x, t in zip(diabetes.data, diabetes.target)])
