"""Distributions, statistics, tests, regression and calculus as SciPy, statsmodels and NIST's certified values have them."""
import re
from pathlib import Path
import numpy as np, scipy
import scipy.integrate, scipy.special as sp, scipy.stats as st, statsmodels.api as sm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_confint, proportions_ztest
from statsmodels.stats.stattools import durbin_watson
from reference import save

probabilities = [1e-10, 0.001, 0.1, 0.37, 0.5, 0.9, 0.999]


def finite(values): return [None if not np.isfinite(v) else float(v) for v in np.atleast_1d(values)]


continuous = []
for name, parameters, law in [
    ("normal", [1, 2], st.norm(1, 2)), ("normal", [0, 1], st.norm()), ("uniform", [-1, 3], st.uniform(-1, 4)),
    ("exponential", [2.5], st.expon(scale=0.4)), ("gamma", [0.3, 2], st.gamma(0.3, scale=2)), ("gamma", [7.5, 0.5], st.gamma(7.5, scale=0.5)),
    ("gamma", [400, 1], st.gamma(400)), ("beta", [0.5, 0.5], st.beta(0.5, 0.5)), ("beta", [2, 5], st.beta(2, 5)), ("beta", [300, 120], st.beta(300, 120)),
    ("studentT", [1], st.t(1)), ("studentT", [4.5], st.t(4.5)), ("studentT", [200], st.t(200)), ("chiSquare", [1], st.chi2(1)), ("chiSquare", [9], st.chi2(9)),
    ("fisherF", [3, 12], st.f(3, 12)), ("fisherF", [10, 5.5], st.f(10, 5.5)), ("cauchy", [1, 2], st.cauchy(1, 2)), ("laplace", [1, 2], st.laplace(1, 2)),
    ("logistic", [1, 2], st.logistic(1, 2)), ("weibull", [1.7, 3], st.weibull_min(1.7, scale=3)), ("logNormal", [0.4, 0.8], st.lognorm(0.8, scale=np.exp(0.4)))]:
    x = law.ppf([0.002, 0.2, 0.5, 0.8, 0.998]).tolist() + [float(law.isf(1e-9))]
    x = [v for v in x if np.isfinite(law.logpdf(v))]
    continuous.append({"name": name, "parameters": parameters, "x": x, "logPDF": law.logpdf(x).tolist(), "cdf": law.cdf(x).tolist(),
                       "survival": law.sf(x).tolist(), "probabilities": probabilities, "quantiles": law.ppf(probabilities).tolist(),
                       "mean": finite(law.mean())[0], "variance": finite(law.var())[0], "entropy": float(law.entropy())})
discrete = []
for name, parameters, law in [
    ("bernoulli", [0.3], st.bernoulli(0.3)), ("binomial", [20, 0.3], st.binom(20, 0.3)), ("binomial", [5000, 0.71], st.binom(5000, 0.71)),
    ("poisson", [3.5], st.poisson(3.5)), ("poisson", [400], st.poisson(400)), ("geometric", [0.15], st.geom(0.15)),
    ("negativeBinomial", [2.5, 0.3], st.nbinom(2.5, 0.3)), ("hypergeometric", [50, 20, 12], st.hypergeom(50, 20, 12))]:
    k = sorted({int(v) for v in law.ppf([0.001, 0.2, 0.5, 0.8, 0.999])})
    discrete.append({"name": name, "parameters": parameters, "k": k, "logPMF": law.logpmf(k).tolist(), "cdf": law.cdf(k).tolist(),
                     "survival": law.sf(k).tolist(), "probabilities": probabilities[1:], "quantiles": [int(v) for v in law.ppf(probabilities[1:])],
                     "mean": float(law.mean()), "variance": float(law.var()), "entropy": float(law.entropy())})
grid = [0.1, 0.5, 1, 2.5, 7, 9.99, 10, 25, 300.5]
special = {"grid": grid, "logGamma": sp.gammaln(grid).tolist(), "digamma": sp.digamma(grid).tolist(), "trigamma": sp.polygamma(1, grid).tolist(),
           "lower": [[sp.gammainc(a, x) for x in grid] for a in grid], "upper": [[sp.gammaincc(a, x) for x in grid] for a in grid],
           "logBeta": [[sp.betaln(a, b) for b in grid] for a in grid],
           "beta": [[[sp.betainc(a, b, x) for x in (0.001, 0.2, 0.5, 0.77, 0.999)] for b in grid] for a in grid],
           "quantileArguments": [1e-300, 1e-20, 1e-5, 0.02425, 0.3, 0.5, 0.7, 0.999, 1 - 1e-12],
           "normalQuantiles": sp.ndtri([1e-300, 1e-20, 1e-5, 0.02425, 0.3, 0.5, 0.7, 0.999, 1 - 1e-12]).tolist(),
           "inverseErf": sp.erfinv([-0.9, 1e-10, 0.1, 0.49, 0.51, 0.9999]).tolist()}
save("MartletNumerics", "distributions", {"continuous": continuous, "discrete": discrete, "special": special})

rng = np.random.default_rng(3)
x, y = rng.normal(5, 1, 15), rng.normal(5.8, 2, 12)
w = x + rng.normal(0.4, 0.5, 15)
tied_x, tied_y = rng.integers(0, 6, 25).astype(float), rng.integers(1, 8, 30).astype(float)
groups = [rng.normal(m, 1, n).tolist() for m, n in ((1, 8), (1.5, 6), (2.2, 9))]


def test(r, freedom=None):
    return {"statistic": float(r.statistic), "pValue": float(r.pvalue), "degreesOfFreedom": freedom}


table, small = [[12, 5, 9], [4, 11, 7]], [[8, 2], [1, 5]]
chi = st.chi2_contingency(table)
yates, plain = st.chi2_contingency(small), st.chi2_contingency(small, correction=False)
from sklearn.datasets import load_iris
iris = load_iris()
setosa, versicolor, virginica = (iris.data[iris.target == k, 0] for k in range(3))
norris = Path(scipy.__file__).parent / "stats/tests/data"
anova_files = sorted((norris / "nist_anova").glob("*.dat"))


def nist_anova(path):
    text = path.read_text()
    lines = text.splitlines()
    between = next(line for line in lines if line.startswith("Between"))
    f = float(between.split()[-1])
    rows = [line.split() for line in lines[60:] if len(line.split()) == 2]
    found = {}
    for group, value in rows:
        found.setdefault(int(float(group)), []).append(float(value))
    return {"name": path.stem, "f": f, "groups": list(found.values())}


p = [0.01, 0.04, 0.03, 0.005, 0.6, 0.04]
tests = {
    "x": x.tolist(), "y": y.tolist(), "w": w.tolist(), "tiedX": tied_x.tolist(), "tiedY": tied_y.tolist(), "groups": groups,
    "oneSample": test(st.ttest_1samp(x, 4.5), 14), "paired": test(st.ttest_rel(x, w), 14), "student": test(st.ttest_ind(x, y), 25),
    "welch": test(st.ttest_ind(x, y, equal_var=False), float(st.ttest_ind(x, y, equal_var=False).df)),
    "welchLess": test(st.ttest_ind(x, y, equal_var=False, alternative="less")),
    "anova": test(st.f_oneway(*groups)), "mannWhitneyExact": test(st.mannwhitneyu(x[:7], y, method="exact")),
    "mannWhitneyLess": test(st.mannwhitneyu(x[:7], y, method="exact", alternative="less")),
    "mannWhitney": test(st.mannwhitneyu(tied_x, tied_y)), "mannWhitneyGreater": test(st.mannwhitneyu(tied_x, tied_y, alternative="greater")),
    "wilcoxon": test(st.wilcoxon(x, w)), "wilcoxonLess": test(st.wilcoxon(x, w, alternative="less")),
    "wilcoxonTied": test(st.wilcoxon(tied_x, tied_y[:25], method="approx", correction=False)),
    "kolmogorovSmirnov": test(st.kstest(x, st.norm(5, 1).cdf)), "kolmogorovSmirnovFar": test(st.kstest(x, st.norm(4, 1).cdf)),
    "goodnessOfFit": test(st.chisquare([16, 18, 16, 14, 12, 12])), "table": table, "small": small,
    "independence": {"statistic": float(chi.statistic), "pValue": float(chi.pvalue), "degreesOfFreedom": float(chi.dof)},
    "yates": {"statistic": float(yates.statistic), "pValue": float(yates.pvalue)}, "uncorrected": {"statistic": float(plain.statistic), "pValue": float(plain.pvalue)},
    "fisher": test(st.fisher_exact(small)), "fisherLess": test(st.fisher_exact(small, alternative="less")),
    "fisherGreater": test(st.fisher_exact(small, alternative="greater")),
    "mcNemarExact": float(mcnemar([[10, 12], [4, 20]], exact=True).pvalue), "mcNemar": float(mcnemar([[10, 12], [4, 20]], exact=False).pvalue),
    "proportions": dict(zip(("statistic", "pValue"), map(float, proportions_ztest([120, 150], [1000, 1000])))),
    "pValues": p, "bonferroni": multipletests(p, method="bonferroni")[1].tolist(), "holm": multipletests(p, method="holm")[1].tolist(),
    "benjaminiHochberg": multipletests(p, method="fdr_bh")[1].tolist(),
    "interval": list(map(float, st.t(14, x.mean(), st.sem(x)).interval(0.95))), "wilson": list(map(float, proportion_confint(8, 10, method="wilson"))),
    "power": float(NormalIndPower().power(0.5, 64, 0.05)), "meansCount": float(NormalIndPower().solve_power(0.5, power=0.8, alpha=0.05)),
    "skewness": [float(st.skew(x)), float(st.skew(x, bias=False))], "kurtosis": [float(st.kurtosis(x)), float(st.kurtosis(x, bias=False))],
    "spearman": float(st.spearmanr(tied_x, tied_y[:25]).statistic), "kendall": float(st.kendalltau(tied_x, tied_y[:25]).statistic),
    "ranks": st.rankdata(tied_x).tolist(), "covariance": np.cov(np.c_[x, w], rowvar=False).ravel().tolist(),
    "quantiles": [[float(np.quantile(y, q, method=m)) for q in (0.05, 0.3, 0.5, 0.81)] for m in
                  ("inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen", "weibull",
                   "linear", "median_unbiased", "normal_unbiased")],
    "irisSetosa": setosa.tolist(), "irisVersicolor": versicolor.tolist(), "irisVirginica": virginica.tolist(),
    "entropies": [float(st.entropy([1, 2, 5])), float(st.entropy([1, 2, 5], [3, 2, 1]))],
    "jensenShannon": float(scipy.spatial.distance.jensenshannon([1, 2, 5], [3, 2, 1]) ** 2),
    "nistAnova": [a for a in map(nist_anova, anova_files) if sum(map(len, a["groups"])) < 300],
}
save("MartletNumerics", "tests", tests)

longley = sm.datasets.longley.load_pandas().data
names = ["GNPDEFL", "GNP", "UNEMP", "ARMED", "POP", "YEAR"]
ols = sm.OLS(longley["TOTEMP"], sm.add_constant(longley[names])).fit()
influence = ols.get_influence()
spector = sm.datasets.spector.load_pandas().data
logit = sm.Logit(spector["GRADE"], sm.add_constant(spector[["GPA", "TUCE", "PSI"]])).fit(disp=0)
norris_text = (norris / "nist_linregress/Norris.dat").read_text().splitlines()
norris_rows = [list(map(float, line.split())) for line in norris_text[60:96]]
certified = [line.split() for line in norris_text if re.match(r"\s+B[01]\s", line)]
save("MartletNumerics", "regression", {
    "longley": longley[names].to_numpy().tolist(), "employed": longley["TOTEMP"].tolist(),
    # National Institute of Standards and Technology, StRD, Longley: certified values.
    "longleyCoefficients": [-3482258.63459582, 15.0618722713733, -0.0358191792925910, -2.02022980381683, -1.03322686717359,
                            -0.0511041056535807, 1829.15146461355],
    "longleyErrors": [890420.383607373, 84.9149257747669, 0.0334910077722432, 0.488399681651699, 0.214274163161675,
                      0.226073200069370, 455.478499142212],
    "longleyDeviation": 304.854073561965, "longleyRSquared": 0.995479004577296, "longleyF": 330.285339234588,
    "summary": {"adjusted": ols.rsquared_adj, "logLikelihood": ols.llf, "aic": ols.aic, "bic": ols.bic, "durbinWatson": float(durbin_watson(ols.resid)),
                "tValues": ols.tvalues.tolist(), "pValues": ols.pvalues.tolist(), "low": ols.conf_int()[0].tolist(), "high": ols.conf_int()[1].tolist(),
                "fPValue": float(ols.f_pvalue), "cooks": influence.cooks_distance[0].tolist(), "leverages": influence.hat_matrix_diag.tolist(),
                "inflation": [float(variance_inflation_factor(ols.model.exog, i)) for i in range(1, 7)]},
    "norrisX": [row[1] for row in norris_rows], "norrisY": [row[0] for row in norris_rows],
    "norrisCoefficients": [float(row[1]) for row in certified], "norrisErrors": [float(row[2]) for row in certified],
    "spector": spector[["GPA", "TUCE", "PSI"]].to_numpy().tolist(), "grades": [bool(v) for v in spector["GRADE"]],
    "logit": {"coefficients": logit.params.tolist(), "errors": logit.bse.tolist(), "zValues": logit.tvalues.tolist(), "pValues": logit.pvalues.tolist(),
              "logLikelihood": logit.llf, "null": logit.llnull, "pseudo": logit.prsquared, "aic": logit.aic, "bic": logit.bic,
              "llrPValue": logit.llr_pvalue}})

vdp = scipy.integrate.solve_ivp(lambda t, s: [s[1], (1 - s[0] ** 2) * s[1] - s[0]], (0, 20), [2, 0], rtol=1e-10, atol=1e-12, dense_output=True)
coarse = scipy.integrate.solve_ivp(lambda t, s: [s[1], (1 - s[0] ** 2) * s[1] - s[0]], (0, 20), [2, 0], dense_output=True)
save("MartletNumerics", "calculus", {
    "vanDerPol": vdp.y[:, -1].tolist(), "between": vdp.sol(7.3).tolist(), "coarseTimes": coarse.t.tolist(), "coarseEnd": coarse.y[:, -1].tolist(),
    "coarseBetween": coarse.sol(7.3).tolist(),
    "integrals": [scipy.integrate.quad(f, a, b)[0] for f, a, b in (
        (lambda t: np.exp(-t * t), -np.inf, np.inf), (lambda t: np.sin(10 * t), 0, 3), (lambda t: 1 / (1 + t * t), 1, np.inf),
        (lambda t: np.exp(t), -np.inf, 0.5), (lambda t: np.sqrt(t), 0, 1))]})
