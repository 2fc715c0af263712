"""PyTorch's optimizers, schedules and losses in double precision: where weights are after each of six steps along given gradients, factors
of the learning rate, and losses of given scores with each reduction."""
import warnings

import torch
import torch.nn.functional as F
from reference import save
from torch.optim import lr_scheduler

warnings.filterwarnings("ignore")
torch.manual_seed(21)
torch.set_default_dtype(torch.float64)

START = torch.tensor([1.5, -2.0, 0.25, 4.0])
GRADIENTS = [torch.randn(4) * s for s in (1, 0.5, 3, 0.1, 2, 1)]


def walk(name, kind, **settings):
    weights = torch.nn.Parameter(START.clone())
    rule = getattr(torch.optim, kind)([weights], **settings)
    places = []
    for gradient in GRADIENTS:
        weights.grad = gradient.clone()
        rule.step()
        places.append(weights.tolist())
    flat = {k: float(v) if not isinstance(v, tuple) else None for k, v in settings.items()}
    if "betas" in settings:
        flat |= {"beta1": settings["betas"][0], "beta2": settings["betas"][1]}
        del flat["betas"]
    return {"name": name, "kind": kind, "settings": flat, "places": places}


walks = [
    walk("SGD", "SGD", lr=0.1),
    walk("SGD with momentum", "SGD", lr=0.1, momentum=0.9),
    walk("SGD with dampening", "SGD", lr=0.1, momentum=0.9, dampening=0.4),
    walk("SGD with Nesterov's look ahead", "SGD", lr=0.05, momentum=0.8, nesterov=True),
    walk("SGD with decay", "SGD", lr=0.1, momentum=0.9, weight_decay=0.2),
    walk("Adam", "Adam", lr=0.1),
    walk("Adam, all settings", "Adam", lr=0.02, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.3),
    walk("AdamW", "AdamW", lr=0.05, weight_decay=0.3),
    walk("AdamW, all settings", "AdamW", lr=0.05, betas=(0.7, 0.9), eps=1e-4, weight_decay=0.05),
    walk("RMSprop", "RMSprop", lr=0.03),
    walk("RMSprop, all settings", "RMSprop", lr=0.03, alpha=0.9, momentum=0.7, eps=1e-4, weight_decay=0.1),
    walk("Adagrad", "Adagrad", lr=0.3),
    walk("Adagrad with decay", "Adagrad", lr=0.3, eps=1e-3, weight_decay=0.2),
]


def factors(make, steps=40):
    rule = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = make(rule)
    found = []
    for _ in range(steps):
        found.append(rule.param_groups[0]["lr"])
        rule.step()
        schedule.step()
    return found


losses_on_the_way = [1, 0.8, 0.81, 0.79999, 0.9, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.2, 0.3, 0.3, 0.3, 0.3]


def plateau():
    rule = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = lr_scheduler.ReduceLROnPlateau(rule, factor=0.3, patience=2, threshold=1e-3, min_lr=0.05)
    found = []
    for loss in losses_on_the_way:
        schedule.step(loss)
        found.append(rule.param_groups[0]["lr"])
    return found


schedules = {
    "step": factors(lambda r: lr_scheduler.StepLR(r, 7, 0.4)),
    "exponential": factors(lambda r: lr_scheduler.ExponentialLR(r, 0.9)),
    "cosine": factors(lambda r: lr_scheduler.CosineAnnealingLR(r, 40, eta_min=0.1)),
    "linear": factors(lambda r: lr_scheduler.LinearLR(r, 1.0, 1e-300, total_iters=40)),
    "oneCycle": factors(lambda r: lr_scheduler.OneCycleLR(r, 1.0, total_steps=40)),
    "oneCycle, all settings": factors(
        lambda r: lr_scheduler.OneCycleLR(r, 1.0, total_steps=40, pct_start=0.5, div_factor=10, final_div_factor=100)),
}

a, b, c = torch.randn(5, 3), torch.randn(5, 3), torch.randn(5, 3)
labels = torch.tensor([2, 0, 1, 1, 0])
weights = torch.tensor([0.5, 2.0, 1.0])
shares = torch.rand(5, 3)
spread = torch.softmax(torch.randn(5, 3), 1)
spread[0] = torch.tensor([0.0, 1.0, 0.0])
signs = torch.tensor([1.0, -1.0, 1.0, -1.0, -1.0])
yes = (signs > 0).double()


def focal(x, t, gamma=2.0, alpha=0.25, reduction="mean"):
    """As in torchvision.ops.sigmoid_focal_loss."""
    p = torch.sigmoid(x)
    entropy = F.binary_cross_entropy_with_logits(x, t, reduction="none")
    each = (alpha * t + (1 - alpha) * (1 - t)) * (1 - (p * t + (1 - p) * (1 - t))) ** gamma * entropy
    return {"mean": each.mean(), "sum": each.sum(), "none": each}[reduction]


kinds = {
    "crossEntropy": lambda r: F.cross_entropy(a, labels, reduction=r),
    "crossEntropy, all settings": lambda r: F.cross_entropy(
        a, labels, weight=weights, label_smoothing=0.1, ignore_index=1, reduction=r),
    "negativeLogLikelihood": lambda r: F.nll_loss(F.log_softmax(a, 1), labels, weight=weights, reduction=r),
    "meanSquaredError": lambda r: F.mse_loss(a, b, reduction=r),
    "meanAbsoluteError": lambda r: F.l1_loss(a, b, reduction=r),
    "huberLoss": lambda r: F.huber_loss(a, b, delta=0.7, reduction=r),
    "binaryCrossEntropy": lambda r: F.binary_cross_entropy_with_logits(a, shares, pos_weight=torch.tensor(3.0), reduction=r),
    "focalLoss": lambda r: focal(a, (shares > 0.5).double(), 1.5, 0.3, reduction=r),
    "hingeLoss": lambda r: {"mean": torch.mean, "sum": torch.sum, "none": lambda x: x}[r](
        F.relu(1 - a * torch.where(shares > 0.5, 1.0, -1.0))),
    "klDivergence": lambda r: F.kl_div(
        F.log_softmax(a, 1), spread, reduction={"mean": "batchmean", "sum": "sum", "none": "none"}[r]),
    "cosineEmbeddingLoss": lambda r: F.cosine_embedding_loss(a, b, signs, margin=0.2, reduction=r),
    "tripletLoss": lambda r: F.triplet_margin_loss(a, b, c, margin=0.8, reduction=r),
    "contrastiveLoss": lambda r: {"mean": torch.mean, "sum": torch.sum, "none": lambda x: x}[r](
        (yes * (a - b).norm(dim=1) ** 2 + (1 - yes) * F.relu(2 - (a - b).norm(dim=1)) ** 2) / 2),
}
losses = {name: {r: torch.atleast_1d(call(r)).flatten().tolist() for r in ("mean", "sum", "none")} for name, call in kinds.items()}

kept = torch.optim.swa_utils.AveragedModel(torch.nn.Linear(1, 1), multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.75))
means = []
for value in (2.0, -1.0, 5.0, 5.0):
    model = torch.nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(value)
    kept.update_parameters(model)
    means.append(kept.module.weight.item())

long = [torch.nn.Parameter(torch.zeros(3)), torch.nn.Parameter(torch.zeros(2))]
long[0].grad, long[1].grad = torch.tensor([3.0, 0, -2]), torch.tensor([-4.0, 1])
torch.nn.utils.clip_grad_norm_(long, 1.5)

save("MartletNets", "optimizers", {
    "torch": torch.__version__, "start": START.tolist(), "gradients": [g.tolist() for g in GRADIENTS], "walks": walks, "schedules": schedules,
    "plateau": {"losses": losses_on_the_way, "rates": plateau()}, "averages": means, "clipped": [p.grad.tolist() for p in long],
    "inputs": {"a": a.tolist(), "b": b.tolist(), "c": c.tolist(), "labels": labels.tolist(), "weights": weights.tolist(),
               "shares": shares.tolist(), "spread": spread.tolist(), "signs": signs.tolist()}, "losses": losses})
