"""Writes the bundled data sets from the copies that scikit-learn, statsmodels and palmerpenguins distribute."""
import csv
import gzip
import hashlib
import shutil
from importlib.resources import files
from pathlib import Path

import pandas as pd
import statsmodels.api as sm
from sklearn import datasets
from sklearn.externals import _arff

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


wine = datasets.load_wine()
write("wine", ["alcohol", "malicAcid", "ash", "alcalinityOfAsh", "magnesium", "totalPhenols", "flavanoids", "nonflavanoidPhenols",
               "proanthocyanins", "colorIntensity", "hue", "od280OverOD315", "proline", "cultivar"],
      [[*map(repr, map(float, x)), int(t)] for x, t in zip(wine.data, wine.target)])

cancer = datasets.load_breast_cancer()
MEASURES = ["Radius", "Texture", "Perimeter", "Area", "Smoothness", "Compactness", "Concavity", "ConcavePoints", "Symmetry",
            "FractalDimension"]
write("breastCancer", [kind + measure for kind in ("mean", "error", "worst") for measure in MEASURES] + ["diagnosis"],
      [[*map(repr, map(float, x)), cancer.target_names[t]] for x, t in zip(cancer.data, cancer.target)])

linnerud = datasets.load_linnerud()
write("linnerud", ["chins", "situps", "jumps", "weight", "waist", "pulse"],
      [[*map(int, x), *map(int, t)] for x, t in zip(linnerud.data, linnerud.target)])

with open(files("palmerpenguins") / "data" / "penguins.csv", newline="") as file:
    rows = list(csv.reader(file))[1:]
write("penguins", ["species", "island", "billLength", "billDepth", "flipperLength", "bodyMass", "sex", "year"],
      [["" if value == "NA" else value for value in row] for row in rows])

weeks = sm.datasets.co2.load_pandas().data
write("co2", ["week", "co2"], [[day.strftime("%Y-%m-%d"), "" if pd.isna(v) else repr(float(v))] for day, v in weeks.co2.items()])

sunspots = sm.datasets.sunspots.load_pandas().data
write("sunspots", ["year", "activity"], [[int(year), repr(float(v))] for year, v in zip(sunspots.YEAR, sunspots.SUNACTIVITY)])

nile = sm.datasets.nile.load_pandas().data
write("nile", ["year", "volume"], [[int(year), int(v)] for year, v in zip(nile.year, nile.volume)])

# Lord Mersey's report to the Board of Trade (30 July 1912), numbers of those aboard: (class, sex, age) → saved, lost. A person is a row.
TITANIC = {
    ("first", "male", "adult"): (57, 118), ("first", "male", "child"): (5, 0),
    ("first", "female", "adult"): (140, 4), ("first", "female", "child"): (1, 0),
    ("second", "male", "adult"): (14, 154), ("second", "male", "child"): (11, 0),
    ("second", "female", "adult"): (80, 13), ("second", "female", "child"): (13, 0),
    ("third", "male", "adult"): (75, 387), ("third", "male", "child"): (13, 35),
    ("third", "female", "adult"): (76, 89), ("third", "female", "child"): (14, 17),
    ("crew", "male", "adult"): (192, 670), ("crew", "female", "adult"): (20, 3),
}
# The report's own totals of those saved and aboard.
for name, saved, aboard in (("first", 203, 325), ("second", 118, 285), ("third", 178, 706), ("crew", 212, 885)):
    counts = [count for (group, _, _), count in TITANIC.items() if group == name]
    assert (sum(s for s, _ in counts), sum(map(sum, counts))) == (saved, aboard), name
write("titanic", ["class", "sex", "age", "survived"],
      [[*person, outcome] for person, counts in TITANIC.items() for outcome, count in zip(("true", "false"), counts)
       for _ in range(count)])

# The passenger list, as scikit-learn distributes OpenML's copy (data set 40945; the hash is the one that OpenML states).
arff = gzip.decompress((files("sklearn.datasets.tests.data.openml.id_40945") / "data-v1-dl-16826755.arff.gz").read_bytes())
assert hashlib.md5(arff).hexdigest() == "60ac7205eee0ba5045c90b3bba95b1c4"
passengers = _arff.loads(arff.decode())
WHOLE = {"pclass", "sibsp", "parch", "body"}
names = [name for name, _ in passengers["attributes"]]


def cell(name, value):
    if value is None:
        return ""
    if name == "survived":
        return "true" if value == "1" else "false"
    return int(value) if name in WHOLE else repr(value) if isinstance(value, float) else value


write("titanicPassengers", names, [[cell(name, value) for name, value in zip(names, row)] for row in passengers["data"]])

# A photograph, as scikit-learn distributes it.
images = Path(datasets.__file__).parent / "images"
shutil.copyfile(images / "china.jpg", DATA / "china.jpg")
