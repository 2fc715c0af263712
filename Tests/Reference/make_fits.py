"""The most likely parameters of SciPy's distributions, found again to more digits than its own `fit` asks for, and whether values come
from a bell curve."""
import numpy as np
import scipy.stats as st
from scipy.optimize import minimize
from reference import save

rng = np.random.default_rng(11)


def best(loglikelihood, start):
    """The largest log-likelihood over the parameters' logarithms (`location` stays as it is), by simplices started again."""
    point = np.asarray(start, float)
    for _ in range(3):
        point = minimize(lambda p: -loglikelihood(p), point, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 1_000}).x
    return point, float(loglikelihood(point))


fits = []


def add(name, values, loglikelihood, start, parameters):
    point, likelihood = best(loglikelihood, start)
    fits.append({"name": name, "values": np.asarray(values, float).tolist(), "parameters": [float(v) for v in parameters(point)],
                 "logLikelihood": likelihood})


x = rng.beta(2, 5, 80)
add("beta", x, lambda p: st.beta(*np.exp(p)).logpdf(x).sum(), [0, 0], np.exp)
y = 3 + 2 * rng.standard_cauchy(90)
add("cauchy", y, lambda p: st.cauchy(p[0], np.exp(p[1])).logpdf(y).sum(), [3, 0.5], lambda p: [p[0], np.exp(p[1])])
z = rng.chisquare(3.5, 70)
add("chiSquare", z, lambda p: st.chi2(np.exp(p[0])).logpdf(z).sum(), [1], np.exp)
f = rng.f(6, 9, 200)
add("fisherF", f, lambda p: st.f(*np.exp(p)).logpdf(f).sum(), [1.5, 2], np.exp)
g = rng.logistic(-4, 0.7, 60)
add("logistic", g, lambda p: st.logistic(p[0], np.exp(p[1])).logpdf(g).sum(), [-4, 0], lambda p: [p[0], np.exp(p[1])])
t = 10 + 0.5 * rng.standard_t(3, 150)
add("studentT", t, lambda p: st.t(np.exp(p[0]), p[1], np.exp(p[2])).logpdf(t).sum(), [1, 10, -0.7],
    lambda p: [np.exp(p[0]), p[1], np.exp(p[2])])
w = 12 * rng.weibull(1.6, 75)
add("weibull", w, lambda p: st.weibull_min(np.exp(p[0]), scale=np.exp(p[1])).logpdf(w).sum(), [0.4, 2.4], np.exp)
n = rng.negative_binomial(2.5, 0.3, 120)
add("negativeBinomial", n, lambda p: st.nbinom(np.exp(p[0]), 1 / (1 + np.exp(-p[1]))).logpmf(n).sum(), [1, -0.8],
    lambda p: [np.exp(p[0]), 1 / (1 + np.exp(-p[1]))])
h = rng.hypergeometric(37, 63, 20, 15)
marked = max(range(h.max(), 100 - 20 + h.min() + 1), key=lambda k: st.hypergeom(100, k, 20).logpmf(h).sum())
rows = rng.dirichlet([2, 3, 0.7], 60)
rows /= rows.sum(axis=1, keepdims=True)
concentrations, likelihood = best(lambda p: st.dirichlet(np.exp(p)).logpdf(rows.T).sum(), [0.5, 1, 0])
counts = rng.multinomial(9, [0.2, 0.5, 0.3], 6)
points = rng.normal(0, 1, (25, 3)) @ [[2, 0, 0], [1, 1, 0], [0.5, 0.2, 0.3]]
mean, covariance = st.multivariate_normal.fit(points)
normality = []
for sample in ([1.0, 2.0, 4.5], [1.0, 2.0, 2.0, 2.1], rng.normal(5, 2, 5), rng.normal(5, 2, 11), rng.exponential(1, 12), rng.normal(1e6, 1, 50),
               rng.uniform(0, 1, 200), rng.normal(0, 1, 1001), rng.standard_t(3, 3000), [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]):
    result = st.shapiro(sample)
    normality.append({"values": list(map(float, sample)), "statistic": float(result.statistic), "pValue": float(result.pvalue)})
save("MartletNumerics", "fits", {
    "normality": normality,
    "fits": fits, "hypergeometric": {"values": h.tolist(), "population": 100, "drawn": 20, "marked": marked},
    "dirichlet": {"rows": rows.tolist(), "concentrations": np.exp(concentrations).tolist(), "logLikelihood": likelihood,
                  "entropy": float(st.dirichlet([2, 3, 0.7]).entropy()), "variance": st.dirichlet([2, 3, 0.7]).var().tolist()},
    "multinomialEntropy": float(st.multinomial(9, [0.2, 0.5, 0.3]).entropy()), "counts": counts.tolist(),
    "points": points.tolist(), "mean": mean.tolist(), "covariance": covariance.ravel().tolist()})
