"""Features whose products are about a kernel's, as scikit-learn draws them."""
import numpy as np
from sklearn import datasets
from sklearn.kernel_approximation import Nystroem, RBFSampler
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC
from reference import save


def floats(array): return np.ravel(np.asarray(array, dtype=float)).tolist()


x, y = datasets.load_iris(return_X_y=True)
digits, numerals = datasets.load_digits(return_X_y=True)
a, b, c, d = train_test_split(digits, numerals, test_size=0.2, random_state=0)


def drawn(name, **options):
    model = Nystroem(**options).fit(x)
    return {"name": name, "samples": model.component_indices_.tolist(), "features": floats(model.transform(x[::25]))}


waves = RBFSampler(gamma=0.3, n_components=7, random_state=4).fit(x)
scaled = RBFSampler(gamma="scale", n_components=3, random_state=1).fit(x)
save("MartletModels", "kernelFeatures", {
    "drawn": [drawn("rbf", gamma=0.5, n_components=6, random_state=0), drawn("auto", n_components=4, random_state=3),
              drawn("polynomial", kernel="poly", degree=2, gamma=0.1, coef0=1, n_components=5, random_state=5)],
    "waves": {"directions": floats(waves.random_weights_), "shifts": floats(waves.random_offset_), "features": floats(waves.transform(x[::25]))},
    "scaled": floats(scaled.transform(x[::25])),
    "scores": {"nystroem": make_pipeline(Nystroem(gamma=0.001, n_components=300, random_state=0), LinearSVC(random_state=0)).fit(a, c).score(b, d),
               "waves": make_pipeline(RBFSampler(gamma=0.001, n_components=300, random_state=0), LinearSVC(random_state=0)).fit(a, c).score(b, d)}})
