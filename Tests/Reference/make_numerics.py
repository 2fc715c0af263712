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
