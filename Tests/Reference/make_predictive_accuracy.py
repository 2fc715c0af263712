"""WAIC, Pareto-smoothed leave-one-out and comparisons as ArviZ computes them, and the difference estimator by its formula."""
import arviz as az
import numpy as np
from scipy.special import logsumexp
from reference import save

rng = np.random.default_rng(11)
n, draws = 26, 360
x = np.linspace(-2, 2, n)
y = 0.5 + 1.2 * x + 0.8 * rng.normal(size=n)
y[4] += 4.5  # an observation that moves the posterior: its tail is heavy


def likelihoods(columns):
    """Draws from the posterior of a normal regression with a flat prior and a known spread."""
    design = np.column_stack(columns)
    covariance = 0.6 ** 2 * np.linalg.inv(design.T @ design)
    weights = rng.multivariate_normal(np.linalg.lstsq(design, y, rcond=None)[0], covariance, size=draws)
    residuals = (y - weights @ design.T) / 0.6
    return np.round(-0.5 * residuals ** 2 - np.log(0.6 * np.sqrt(2 * np.pi)), 6)


def data(values): return az.from_dict(posterior={"w": np.zeros((1, draws))}, log_likelihood={"y": values[None]})


def described(values, efficiency):
    loo, waic = az.loo(data(values), pointwise=True, reff=efficiency), az.waic(data(values), pointwise=True)
    variances = values.var(axis=0, ddof=1)  # Gelman, Hwang and Vehtari (2014), equation 11; ArviZ divides by the number of draws
    exact = logsumexp(values, axis=0) - np.log(draws) - variances
    return {"values": values.tolist(), "efficiency": efficiency, "elpd": float(loo.elpd_loo), "error": float(loo.se), "penalty": float(loo.p_loo),
            "pointwise": loo.loo_i.values.tolist(), "shapes": loo.pareto_k.values.tolist(), "limit": float(loo.good_k),
            "waic": {"pointwise": exact.tolist(), "penalty": float(variances.sum()), "arviz": float(waic.elpd_waic), "arvizPenalty": float(waic.p_waic)}}


models = {"constant": likelihoods([np.ones(n)]), "line": likelihoods([np.ones(n), x]), "parabola": likelihoods([np.ones(n), x, x ** 2])}
table = az.compare({name: data(values) for name, values in models.items()}, ic="loo", method="stacking")

guesses = np.round(rng.normal(-1.5, 1, size=40), 6)
places = np.sort(rng.choice(40, size=9, replace=False))
values = np.round(guesses[places] + 0.1 * rng.normal(size=9), 6)
misses, m, count = values - guesses[places], 9, 40
total, missed = guesses.sum(), count * misses.mean()
v = count ** 2 * (1 - m / count) * misses.var(ddof=1) / m
spread = (guesses ** 2).sum() + count * np.mean(values ** 2 - guesses[places] ** 2) \
    - (missed ** 2 - v + 2 * total * (total + missed) - total ** 2) / count  # Magnusson et al. (2020), equations 7 to 9

save("MartletModels", "predictive-accuracy", {
    "arviz": az.__version__, "line": described(models["line"], 1.0), "correlated": described(models["parabola"], 0.45),
    "constant": models["constant"].tolist(),
    "comparison": {"names": table.index.tolist(), "elpd": table.elpd_loo.tolist(), "differences": table.elpd_diff.tolist(),
                   "differenceErrors": table.dse.tolist(), "weights": table.weight.tolist()},
    "difference": {"guesses": guesses.tolist(), "places": places.tolist(), "values": values.tolist(), "sum": float(total + missed),
                   "samplingError": float(np.sqrt(v)), "spreadError": float(np.sqrt(spread))}})
