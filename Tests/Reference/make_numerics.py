"""Random streams, linear algebra and statistics as NumPy computes them."""
import numpy as np
from reference import save

streams = []
for seed in (0, 1, 42, 4294967295):
    r = lambda: np.random.RandomState(seed)
    g = lambda: np.random.default_rng(seed)
    streams.append({
        "seed": seed,
        "twister": {"uniform": r().random_sample(700).tolist()[-5:], "permutation": r().permutation(50).tolist(),
                    "integers": r().randint(0, 1000, 20).tolist(), "large": r().randint(0, 2**40, 5).tolist()},
        "pcg": {"uniform": g().random(20).tolist(), "permutation": g().permutation(50).tolist(),
                "integers": g().integers(0, 1000, 20).tolist(), "large": g().integers(0, 2**40, 5).tolist()},
    })
save("MartletNumerics", "random", {"streams": streams})

rng = np.random.default_rng(5)
a, b = rng.normal(size=(5, 5)), rng.normal(size=(5, 2))
tall, target = rng.normal(size=(12, 4)), rng.normal(size=12)
deficient = np.column_stack([tall, tall[:, 0] + tall[:, 1]])
solution, _, rank, singular = np.linalg.lstsq(tall, target, rcond=None)
flat, _, flat_rank, flat_singular = np.linalg.lstsq(deficient, target, rcond=None)
save("MartletNumerics", "linear-algebra", {
    "a": a.tolist(), "b": b.tolist(), "solve": np.linalg.solve(a, b).tolist(), "determinant": np.linalg.det(a),
    "inverse": np.linalg.inv(a).tolist(), "cholesky": np.linalg.cholesky(a @ a.T).tolist(), "gram": (a @ a.T).tolist(),
    "tall": tall.tolist(), "target": target.tolist(), "leastSquares": solution.tolist(), "rank": int(rank),
    "singularValues": singular.tolist(), "deficient": deficient.tolist(), "deficientSolution": flat.tolist(),
    "deficientRank": int(flat_rank), "deficientSingularValues": flat_singular.tolist()})

x = rng.normal(size=37)
y = x + rng.normal(size=37)
fractions = [0, 0.1, 0.25, 0.5, 0.77, 1]
cube = rng.normal(size=(3, 4, 5))
axes = {str(i): {"sum": cube.sum(axis=i).tolist(), "mean": cube.mean(axis=i).tolist(), "min": cube.min(axis=i).tolist(),
                 "max": cube.max(axis=i).tolist(), "argMax": cube.argmax(axis=i).tolist(),
                 "variance": cube.var(axis=i, ddof=1).tolist()} for i in range(3)}
save("MartletNumerics", "statistics", {
    "x": x.tolist(), "y": y.tolist(), "mean": x.mean(), "variance": x.var(), "sampleVariance": x.var(ddof=1),
    "standardDeviation": x.std(), "median": float(np.median(x)), "fractions": fractions,
    "quantiles": np.quantile(x, fractions).tolist(), "correlation": np.corrcoef(x, y)[0, 1],
    "cube": cube.ravel().tolist(), "axes": axes})

# Streams that only one of the two kinds of generators has, and those that both have.
def draws(make, modern):
    g = make
    return {
        "normal": g().standard_normal(2000).tolist()[-20:], "exponential": g().standard_exponential(2000).tolist()[-20:],
        "gammas": [[shape, g().gamma(shape, 2.0, 50).tolist()] for shape in (0.3, 1.0, 2.5, 40.0)],
        "betas": [[a, b, g().beta(a, b, 50).tolist()] for a, b in ((0.5, 0.5), (1.0, 1.0), (2.0, 3.0), (0.2, 5.0))],
        "binomials": [[n, p, g().binomial(n, p, 60).tolist()]
                      for n, p in ((10, 0.3), (10, 0.8), (100, 0.5), (1000, 0.2), (1000, 0.9), (100000, 0.01), (1, 0.5))],
        "poissons": [[mean, g().poisson(mean, 60).tolist()] for mean in (0.5, 4.0, 12.0, 200.0)],
        "chiSquare": g().chisquare(3.0, 30).tolist(), "studentT": g().standard_t(4.0, 30).tolist(),
        "fisherF": g().f(3.0, 7.0, 30).tolist(), "cauchy": g().standard_cauchy(30).tolist(),
        "laplace": g().laplace(1.0, 2.0, 30).tolist(), "logistic": g().logistic(1.0, 2.0, 30).tolist(),
        "weibull": g().weibull(1.5, 30).tolist(), "logNormal": g().lognormal(0.5, 0.25, 30).tolist(),
        "dirichlet": g().dirichlet([1.0, 2.0, 3.5]).tolist(),
        "multinomial": g().multinomial(100, [0.2, 0.3, 0.1, 0.4]).tolist(),
        "negativeBinomial": g().negative_binomial(5, 0.3, 30).tolist(),
        "choices": [[count, population, replace, g().choice(population, count, replace=replace).tolist()]
                    for count, population, replace in ((8, 10, True), (8, 10, False), (10, 10, False), (30, 20000, False),
                                                       (900, 20000, False), (1, 1, False))],
        "weighted": g().choice(6, 12, p=[0.1, 0.2, 0.05, 0.25, 0.3, 0.1]).tolist(),
        "weightedOnce": g().choice(6, 4, replace=False, p=[0.1, 0.2, 0.05, 0.25, 0.3, 0.1]).tolist(),
    }

save("MartletNumerics", "distribution-streams", {"seeds": [
    {"seed": seed, "twister": draws(lambda: np.random.RandomState(seed), False),
     "pcg": {**draws(lambda: np.random.default_rng(seed), True),
             "geometric": np.random.default_rng(seed).geometric(0.1, 40).tolist() + np.random.default_rng(seed).geometric(0.5, 40).tolist()},
     "spawned": [g.random(3).tolist() for g in np.random.default_rng(seed).spawn(3)]}
    for seed in (0, 12345, 2**32 - 1)]})

import scipy.linalg as sl
square, hilbert = rng.normal(size=(6, 6)), sl.hilbert(6)
symmetric = square + square.T
values = np.linalg.eigvals(square)
order = np.lexsort((values.imag, values.real))
save("MartletNumerics", "decompositions", {
    "square": square.tolist(), "tall": tall.tolist(), "deficient": deficient.tolist(),
    "symmetricValues": np.linalg.eigvalsh(symmetric).tolist(), "realParts": values.real[order].tolist(),
    "imaginaryParts": values.imag[order].tolist(), "singularValues": np.linalg.svd(tall)[1].tolist(),
    "pseudoInverse": np.linalg.pinv(tall).tolist(), "deficientRank": int(np.linalg.matrix_rank(deficient)),
    "condition": float(np.linalg.cond(square)), "hilbertCondition": float(np.linalg.cond(hilbert)),
    "norms": {name: float(np.linalg.norm(square, kind)) for name, kind in
              (("euclidean", "fro"), ("one", 1), ("infinity", np.inf), ("two", 2), ("nuclear", "nuc"))},
    "vectorNorms": {"euclidean": float(np.linalg.norm(target)), "one": float(np.linalg.norm(target, 1)),
                    "infinity": float(np.linalg.norm(target, np.inf)), "three": float(np.linalg.norm(target, 3))},
    "exponential": sl.expm(square).tolist(), "largeExponential": sl.expm(square * 5).tolist(), "vector": target.tolist(),
    "power": np.linalg.matrix_power(square, 5).tolist(), "inversePower": np.linalg.matrix_power(square, -2).tolist(),
    "kronecker": np.kron(a[:2, :3], b[:2]).tolist(), "kroneckerFactors": [a[:2, :3].tolist(), b[:2].tolist()],
    "logDeterminant": [float(v) for v in np.linalg.slogdet(square)], "nullSpaceSize": sl.null_space(deficient).shape[1],
    "lower": sl.lu(tall, p_indices=True)[1].tolist(), "order": sl.lu(tall, p_indices=True)[0].tolist(),
    "upper": sl.lu(tall, p_indices=True)[2].tolist(), "triangular": sl.solve_triangular(square, target[:6], lower=True).tolist()})
