"""Gaussian processes, kernel and incremental components, non-negative factors, t-SNE's quality, and drift."""
import numpy as np
from scipy import stats
from sklearn import datasets
from sklearn.decomposition import NMF, PCA, IncrementalPCA, KernelPCA
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, ExpSineSquared, Matern, RationalQuadratic, WhiteKernel
from sklearn.manifold import trustworthiness
from reference import save

rng = np.random.default_rng(5)
iris, digits = datasets.load_iris(), datasets.load_digits()
x = np.linspace(0, 5, 11)[:, None]
y = np.sin(x[:, 0])
fresh = np.array([[-1.0], [0.3], [2.3], [6.0]])
plain = GaussianProcessRegressor(RBF(1.0), optimizer=None, alpha=1e-6).fit(x, y)
kernels = {
    "matern": Matern(0.7, nu=1.5), "rough": Matern(0.7, nu=0.5), "smooth": Matern(0.7, nu=2.5), "rational": RationalQuadratic(0.8, 1.5),
    "periodic": ExpSineSquared(1.2, 3.0), "mixed": ConstantKernel(2.0) * RBF(0.9) + WhiteKernel(0.1)}
processes = {}
for name, kernel in kernels.items():
    model = GaussianProcessRegressor(kernel, optimizer=None, alpha=1e-6).fit(x, y)
    mean, deviation = model.predict(fresh, return_std=True)
    value, gradient = model.log_marginal_likelihood(kernel.theta, eval_gradient=True)
    processes[name] = {"mean": mean.tolist(), "deviation": deviation.tolist(), "likelihood": value, "gradient": gradient.tolist()}
noisy = y + rng.normal(scale=0.1, size=11)
learned = GaussianProcessRegressor(ConstantKernel(1.0) * RBF(1.0) + WhiteKernel(0.1), normalize_y=True, alpha=0).fit(x, noisy)
mean, deviation = learned.predict(fresh, return_std=True)
cloud = rng.normal(size=(60, 5))
pca = PCA(2).fit_transform(cloud)
kernel = KernelPCA(3, kernel="rbf", gamma=0.2).fit(iris.data)
incremental = IncrementalPCA(2, batch_size=40).fit(iris.data)
nmf = NMF(10, init="nndsvda", max_iter=500, random_state=0).fit(digits.data)
small = NMF(2, init="nndsvda", max_iter=1000, tol=1e-8, random_state=0).fit(iris.data)
before, after = rng.normal(size=200), rng.normal(0.4, 1.2, size=150)
edges = np.quantile(before, np.linspace(0, 1, 11))
edges[0], edges[-1] = -np.inf, np.inf
p, q = (np.histogram(v, edges)[0] / len(v) for v in (before, after))
ks = stats.ks_2samp(before, after)
save("MartletModels", "manifolds", {
    "noisy": noisy.tolist(), "plain": [*(float(v[0]) for v in plain.predict([[2.3]], return_std=True)), plain.log_marginal_likelihood_value_],
    "processes": processes, "learned": {"mean": mean.tolist(), "deviation": deviation.tolist(), "likelihood": learned.log_marginal_likelihood_value_, "gradient": []},
    "trust": trustworthiness(cloud, pca, n_neighbors=5), "cloud": cloud.tolist(), "pca": pca.tolist(),
    "kernel": kernel.transform(iris.data[:20] + 0.1).tolist(), "kernelValues": kernel.eigenvalues_.tolist(),
    "incremental": incremental.components_.tolist(), "incrementalVariance": incremental.explained_variance_.tolist(),
    "incrementalRatio": incremental.explained_variance_ratio_.tolist(), "incrementalNoise": incremental.noise_variance_,
    "nmfError": nmf.reconstruction_err_, "nmfSmall": small.components_.tolist(), "nmfAmounts": small.transform(iris.data[:10]).tolist(),
    "before": before.tolist(), "after": after.tolist(), "psi": float(np.sum((p - q) * np.log(p / q))), "ks": ks.statistic, "ksP": ks.pvalue})
