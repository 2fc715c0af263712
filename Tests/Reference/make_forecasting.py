"""What statsmodels makes of the CO2, Nile and sunspot series, and rules that follow from counting."""
import itertools
import warnings
from importlib.metadata import version

import numpy as np
import statsmodels.api as sm
from reference import save
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.holtwinters import ExponentialSmoothing

warnings.filterwarnings("ignore")
co2 = sm.datasets.co2.load_pandas().data["co2"].resample("MS").mean().ffill().to_numpy()
nile = sm.datasets.nile.load_pandas().data["volume"].to_numpy(dtype=float)
sunspots = sm.datasets.sunspots.load_pandas().data["SUNACTIVITY"].to_numpy(dtype=float)


def smoothing(series, horizon, trend, damped, seasonal, period):
    fit = ExponentialSmoothing(series, trend=trend, damped_trend=damped, seasonal=seasonal, seasonal_periods=period).fit()
    p = fit.params
    return {
        "trend": "none" if trend is None else "damped" if damped else "additive",
        "season": {None: "none", "add": "additive", "mul": "multiplicative"}[seasonal], "period": period or 1,
        "sse": float(fit.sse), "level": float(p["smoothing_level"]), "forecast": fit.forecast(horizon).tolist(),
        "series": "co2" if len(series) > 200 else "nile"}


def arima(series, order, name):
    model = ARIMA(series, order=order)
    fit = model.fit()
    p, d, q = order
    named = dict(zip(model.param_names, fit.params))
    forecast = fit.get_forecast(8)
    return {
        "series": name, "order": order, "ar": [named[f"ar.L{i + 1}"] for i in range(p)],
        "ma": [named[f"ma.L{i + 1}"] for i in range(q)], "mean": named.get("const", 0.0), "variance": named["sigma2"],
        "llf": float(fit.llf), "forecast": forecast.predicted_mean.tolist(), "errors": forecast.se_mean.tolist()}


train = co2[:-24]
baskets = [["bread", "milk"], ["bread", "nappies", "beer", "eggs"], ["milk", "nappies", "beer", "cola"],
           ["bread", "milk", "nappies", "beer"], ["bread", "milk", "nappies", "cola"]]
items = sorted(set(itertools.chain(*baskets)))


def support(part):
    return sum(set(part) <= set(b) for b in baskets) / len(baskets)


sets = [list(c) for n in range(1, 6) for c in itertools.combinations(items, n) if support(c) >= 0.4 - 1e-12]
rules = [[list(a), sorted(set(s) - set(a)), support(s), support(s) / support(a), support(s) / support(a) / support(set(s) - set(a))]
         for s in sets for n in range(1, len(s)) for a in itertools.combinations(s, n) if support(s) / support(a) >= 0.7 - 1e-12]
nile_model = sm.tsa.UnobservedComponents(nile, "llevel")
nile_fit = nile_model.fit(disp=0)
nile_forecast = nile_fit.get_forecast(3)
save("MartletModels", "forecasting", {
    "statsmodels": version("statsmodels"), "co2": co2.tolist(),
    "smoothing": [
        smoothing(train, 24, "add", False, "add", 12), smoothing(train, 24, "add", True, "add", 12),
        smoothing(train, 24, "add", False, "mul", 12), smoothing(nile, 5, None, False, None, None),
        smoothing(nile, 5, "add", False, None, None)],
    "arima": [
        arima(sunspots, (2, 0, 0), "sunspots"), arima(sunspots, (2, 0, 1), "sunspots"), arima(nile, (1, 1, 1), "nile"),
        arima(nile, (0, 1, 1), "nile")],
    "exactSunspots": ARIMA(sunspots, order=(2, 0, 0)).fit(method="innovations_mle").params.tolist(),
    "nile": {"noise": nile_fit.params[0], "step": nile_fit.params[1], "llf": float(nile_fit.llf),
             "forecast": nile_forecast.predicted_mean.tolist(), "errors": nile_forecast.se_mean.tolist()},
    "baskets": baskets, "sets": [[s, support(s)] for s in sets], "rules": rules})
