"""What a regression takes for granted, tested as statsmodels does."""
import numpy as np
import statsmodels
import statsmodels.api as sm
from sklearn.datasets import load_diabetes
from statsmodels.stats.diagnostic import het_breuschpagan, linear_reset
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.stats.stattools import durbin_watson, jarque_bera
from reference import save

rng = np.random.default_rng(17)
bent = np.round(rng.uniform(0, 4, size=(60, 2)), 3)
spreading = np.round(bent[:, 0] ** 2 - bent[:, 1] + 0.4 * bent[:, 0] * rng.normal(size=60), 4)
x, y = load_diabetes(return_X_y=True, scaled=False)
x = x[:, [0, 2, 3, 4, 5]]


def described(x, y):
    design = sm.add_constant(x)
    fit = sm.OLS(y, design).fit()
    reset = linear_reset(fit, power=3, test_type="fitted", use_f=True)
    lagrange, p, _, _ = het_breuschpagan(fit.resid, design)
    normal, normal_p, _, _ = jarque_bera(fit.resid)
    return {"x": x.tolist(), "y": y.tolist(),
            "statistics": [float(reset.fvalue), float(lagrange), float(normal), float(durbin_watson(fit.resid)),
                           float(max(variance_inflation_factor(design, i) for i in range(1, design.shape[1])))],
            "pValues": [float(reset.pvalue), float(p), float(normal_p)]}


save("MartletModels", "assumptions", {"statsmodels": statsmodels.__version__, "bent": described(bent, spreading), "diabetes": described(x, y)})
