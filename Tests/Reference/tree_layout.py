"""scikit-learn's trees in the layout of the models' files."""
import numpy as np


def floats(array): return np.asarray(array, dtype=float).tolist()


def tree(features, thresholds, lefts, rights, missing, values, counts, weights, width):
    """A tree in the layout of the models' files."""
    zeros = [0.0] * len(features)
    return {"version": 1, "featureCount": width, "outputCount": len(values[0]), "features": features, "thresholds": thresholds,
            "lefts": lefts, "rights": rights, "missingGoesLeft": missing, "values": [v for row in values for v in row],
            "impurities": zeros, "gains": zeros, "sampleCounts": counts, "weights": weights}


def grown(model):
    t = model.tree_
    leaf = t.children_left < 0
    values = t.value[:, 0, :]
    return tree(np.where(leaf, -1, t.feature).tolist(), [None if l else float(v) for l, v in zip(leaf, t.threshold)], t.children_left.tolist(),
                t.children_right.tolist(), [bool(m) for m in t.missing_go_to_left], floats(values), t.n_node_samples.tolist(),
                floats(t.weighted_n_node_samples), t.n_features)
