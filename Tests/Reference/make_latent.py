"""Independent components, factors, topics, and Gaussian processes that tell classes apart."""
import warnings

import numpy as np
from scipy.special import expit
from sklearn import datasets
from sklearn.decomposition import FactorAnalysis, FastICA, LatentDirichletAllocation
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, ExpSineSquared, Matern, RationalQuadratic, WhiteKernel
from reference import save

warnings.simplefilter("ignore")
rng = np.random.default_rng(11)
iris, cancer = datasets.load_iris(), datasets.load_breast_cancer()

# Three sources at four microphones.
moments = np.linspace(0, 8, 200)
sources = np.c_[np.sin(2 * moments), np.sign(np.sin(3 * moments)), rng.laplace(size=200)]
recordings = sources @ np.array([[1, 0.5, 1.5, 0.2], [1, 2, 1, -1], [1, 1, 2, 0.4]]) + rng.normal(scale=0.01, size=(200, 4))
start = rng.normal(size=(3, 3))
ica = {}
for name, options in {
    "parallel": {}, "deflation": {"algorithm": "deflation"}, "exponential": {"fun": "exp"}, "cube": {"fun": "cube"},
    "steep": {"fun_args": {"alpha": 1.5}}, "cube, deflation": {"fun": "cube", "algorithm": "deflation"},
    "arbitrary": {"whiten": "arbitrary-variance"}, "seeded": {"w_init": None, "random_state": 3}}.items():
    model = FastICA(3, **{"whiten": "unit-variance", "w_init": start, "tol": 1e-10, "max_iter": 1000, **options}).fit(recordings)
    ica[name] = {
        "components": model.components_.tolist(), "mixing": model.mixing_.tolist(), "whitening": model.whitening_.tolist(),
        "iterations": model.n_iter_, "first": model.transform(recordings[:3]).tolist()}
white = np.linalg.qr(recordings[:, :3] - recordings[:, :3].mean(axis=0))[0] * np.sqrt(200)
plain = FastICA(whiten=False, w_init=start, tol=1e-10, max_iter=1000).fit(white)

# Signs of factors are nobody's: here the largest loading of each is positive.
def turned(components):
    largest = np.abs(components).argmax(axis=1)
    return components * np.sign(components[np.arange(len(components)), largest])[:, None]

factors = {}
for name, x, options in [
    ("iris", iris.data, {"n_components": 2}), ("all", iris.data, {}), ("varimax", cancer.data[:, :10], {"n_components": 3, "rotation": "varimax"}),
    ("quartimax", cancer.data[:, :10], {"n_components": 3, "rotation": "quartimax"}), ("wide", cancer.data[:8], {"n_components": 2}),
    ("start", iris.data, {"n_components": 1, "noise_variance_init": [0.5, 0.2, 1.0, 0.3]})]:
    model = FactorAnalysis(svd_method="lapack", tol=1e-3, max_iter=400, **options).fit(x)
    signs = np.sign((turned(model.components_) * model.components_).sum(axis=1))
    factors[name] = {
        "components": turned(model.components_).tolist(), "noise": model.noise_variance_.tolist(), "likelihoods": np.array(model.loglike_)[-3:].tolist(),
        "iterations": model.n_iter_, "first": (model.transform(x[:3]) * signs).tolist(), "densities": model.score_samples(x[:3]).tolist(),
        "covariance": model.get_covariance()[0].tolist()}

# Fifty texts of 30 words, from three topics.
topics = rng.dirichlet(np.full(30, 0.1), size=3)
shares = rng.dirichlet(np.full(3, 0.3), size=50)
counts = np.array([rng.multinomial(40, share @ topics) for share in shares])
others = np.array([rng.multinomial(25, share @ topics) for share in shares[:6]])
allocations = {}
for name, options in {
    "batch": {}, "priors": {"doc_topic_prior": 0.1, "topic_word_prior": 0.01, "max_iter": 20}, "measured": {"evaluate_every": 2, "perp_tol": 0.05, "max_iter": 60},
    "online": {"learning_method": "online", "batch_size": 16}, "slow": {"learning_method": "online", "batch_size": 50, "learning_decay": 0.9, "learning_offset": 2.0}}.items():
    model = LatentDirichletAllocation(3, random_state=5, **options).fit(counts)
    allocations[name] = {
        "components": model.components_.tolist(), "shares": model.transform(others).tolist(), "perplexity": model.perplexity(others), "score": model.score(others),
        "bound": model.bound_, "iterations": model.n_iter_}

x = np.linspace(-3, 3, 30)[:, None]
y = (rng.uniform(size=30) < expit(3 * np.sin(2 * x[:, 0]))).astype(int)
fresh = np.array([[-5.0], [-1.0], [0.1], [0.9], [4.0]])
kernels = {
    "rbf": RBF(0.8), "scaled": ConstantKernel(4.0) * RBF(0.8), "matern": ConstantKernel(2.0) * Matern(0.7, nu=1.5), "rough": Matern(0.7, nu=0.5), "smooth": Matern(0.7, nu=2.5),
    "rational": ConstantKernel(3.0) * RationalQuadratic(0.8, 1.5), "periodic": ConstantKernel(3.0) * ExpSineSquared(1.2, 3.0), "mixed": ConstantKernel(4.0) * RBF(0.9) + WhiteKernel(0.3)}
fixed = {}
for name, kernel in kernels.items():
    model = GaussianProcessClassifier(kernel, optimizer=None, max_iter_predict=1000).fit(x, y)
    value, gradient = model.log_marginal_likelihood(kernel.theta, eval_gradient=True)
    mean, variance = model.base_estimator_.latent_mean_and_variance(fresh)
    fixed[name] = {
        "likelihood": value, "gradient": gradient.tolist(), "means": mean.tolist(), "variances": variance.tolist(), "probabilities": model.predict_proba(fresh)[:, 1].tolist(),
        "labels": model.predict(fresh).tolist()}
learned = GaussianProcessClassifier(ConstantKernel(1.0) * RBF(1.0)).fit(x, y)
many = GaussianProcessClassifier(ConstantKernel(1.0) * RBF(1.0), random_state=0).fit(iris.data, iris.target)
kept = GaussianProcessClassifier(ConstantKernel(9.0) * RBF(2.0), optimizer=None).fit(iris.data, iris.target)
save("MartletModels", "latent", {
    "recordings": recordings.tolist(), "start": start.tolist(), "ica": ica, "white": white.tolist(), "plain": plain.components_.tolist(), "factors": factors,
    "counts": counts.tolist(), "others": others.tolist(), "allocations": allocations,
    "places": x[:, 0].tolist(), "answers": y.tolist(), "fixed": fixed,
    "learned": {"likelihood": learned.log_marginal_likelihood_value_, "parameters": np.exp(learned.kernel_.theta).tolist(), "probabilities": learned.predict_proba(fresh)[:, 1].tolist()},
    "many": {"likelihood": many.log_marginal_likelihood_value_, "probabilities": many.predict_proba(iris.data[::25]).tolist(), "score": many.score(iris.data, iris.target)},
    "kept": {"likelihood": kept.log_marginal_likelihood_value_, "probabilities": kept.predict_proba(iris.data[::25]).tolist()}})
print({k: v["iterations"] for k, v in ica.items()}, {k: v["iterations"] for k, v in factors.items()}, {k: (v["iterations"], v["perplexity"]) for k, v in allocations.items()})
print(learned.kernel_, many.kernel_, many.score(iris.data, iris.target), many.predict_proba(iris.data[:2]))
