"""Polynomial regression with its band as statsmodels has it, and calibration curves as scikit-learn has them."""
import numpy as np
import statsmodels.api as sm
from sklearn.calibration import calibration_curve
from reference import save

rng = np.random.default_rng(5)
x = np.round(rng.uniform(1900, 2020, 40), 3)
y = np.round(1e-4 * (x - 1950) ** 3 - 0.02 * (x - 1960) ** 2 + rng.normal(0, 20, 40), 4)
places = np.linspace(x.min(), x.max(), 9)
bands = {}
for degree in (1, 2, 3, 5):
    # Centred and scaled, which changes neither the curve nor its band, so that the powers are well conditioned.
    design = lambda values: np.vander((values - 1960) / 60, degree + 1)
    predicted = sm.OLS(y, design(x)).fit().get_prediction(design(places))
    bounds = predicted.conf_int(alpha=0.1)
    bands[str(degree)] = {"heights": predicted.predicted_mean.tolist(), "lower": bounds[:, 0].tolist(), "upper": bounds[:, 1].tolist()}

probabilities = np.round(rng.beta(0.5, 8, 300), 3)
labels = rng.random(300) < probabilities
observed, predicted = calibration_curve(labels, probabilities, n_bins=6, strategy="quantile")
save("MartletPlots", "bands", {
    "x": x.tolist(), "y": y.tolist(), "places": places.tolist(), "bands": bands, "labels": labels.tolist(),
    "probabilities": probabilities.tolist(), "predicted": predicted.tolist(), "observed": observed.tolist()})
