"""Folds, cross-validation, curves and searches as scikit-learn makes them."""
import numpy as np
from sklearn import datasets
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import (
    GroupKFold, GroupShuffleSplit, KFold, LeaveOneGroupOut, LeaveOneOut, LeavePOut, RepeatedKFold, RepeatedStratifiedKFold,
    ShuffleSplit, StratifiedGroupKFold, StratifiedKFold, StratifiedShuffleSplit, TimeSeriesSplit, cross_val_predict,
    cross_validate, learning_curve, validation_curve)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from reference import save


def folds(splitter, n, y=None, groups=None):
    return [{"train": train.tolist(), "test": test.tolist()} for train, test in splitter.split(np.zeros((n, 1)), y, groups)]


rng = np.random.default_rng(5)
labels = rng.choice([2, 0, 0, 1, 1, 1], 61)
# Groups of different sizes: scikit-learn gives equal ones out in the order of an unstable sort.
sizes = rng.permutation([1, 2, 3, 4, 5, 6, 7, 8, 9, 16])
groups = rng.permutation(np.repeat(np.arange(10), sizes))
n = len(labels)
cases = {
    "kFold": folds(KFold(4), 11), "kFoldShuffled": folds(KFold(5, shuffle=True, random_state=3), 23),
    "stratified": folds(StratifiedKFold(4), n, labels),
    "stratifiedShuffled": folds(StratifiedKFold(4, shuffle=True, random_state=7), n, labels),
    "group": folds(GroupKFold(3), n, labels, groups),
    "groupShuffled": folds(GroupKFold(3, shuffle=True, random_state=1), n, labels, groups),
    "stratifiedGroup": folds(StratifiedGroupKFold(3), n, labels, groups),
    "stratifiedGroupShuffled": folds(StratifiedGroupKFold(3, shuffle=True, random_state=2), n, labels, groups),
    "repeated": folds(RepeatedKFold(n_splits=3, n_repeats=2, random_state=4), 10),
    "repeatedStratified": folds(RepeatedStratifiedKFold(n_splits=3, n_repeats=2, random_state=4), n, labels),
    "timeSeries": folds(TimeSeriesSplit(4), 22),
    "timeSeriesGap": folds(TimeSeriesSplit(3, max_train_size=6, test_size=4, gap=2), 22),
    "leaveOneOut": folds(LeaveOneOut(), 4), "leavePOut": folds(LeavePOut(2), 5),
    "leaveOneGroupOut": folds(LeaveOneGroupOut(), n, labels, groups),
    "shuffle": folds(ShuffleSplit(3, test_size=0.3, random_state=6), 17),
    "stratifiedShuffle": folds(StratifiedShuffleSplit(3, test_size=0.3, random_state=6), n, labels),
    "groupShuffle": folds(GroupShuffleSplit(3, test_size=0.3, random_state=8), n, labels, groups),
}

iris, diabetes = datasets.load_iris(), datasets.load_diabetes()
logistic = make_pipeline(StandardScaler(), LogisticRegression(tol=1e-10, max_iter=10000, solver="newton-cg"))
scores = cross_validate(logistic, iris.data, iris.target, cv=StratifiedKFold(5), return_train_score=False,
                        scoring=["accuracy", "neg_log_loss", "f1_macro", "roc_auc_ovr", "balanced_accuracy"])
probabilities = cross_val_predict(logistic, iris.data, iris.target, cv=StratifiedKFold(5), method="predict_proba")
left_out = cross_val_predict(LinearRegression(), diabetes.data, diabetes.target, cv=LeaveOneOut())
sizes, train, test = learning_curve(LinearRegression(), diabetes.data, diabetes.target, cv=KFold(5, shuffle=True, random_state=0),
                                    train_sizes=[0.1, 0.325, 0.55, 0.775, 1.0])
c = [0.01, 1, 100]
vtrain, vtest = validation_curve(logistic, iris.data, iris.target, param_name="logisticregression__C", param_range=c,
                                 cv=StratifiedKFold(5), scoring="neg_log_loss")
save("MartletModels", "folds", {"labels": labels.tolist(), "groups": groups.tolist(), "cases": cases})
save("MartletModels", "crossValidation", {
    "accuracy": scores["test_accuracy"].tolist(), "logLoss": (-scores["test_neg_log_loss"]).tolist(),
    "f1": scores["test_f1_macro"].tolist(), "rocAUC": scores["test_roc_auc_ovr"].tolist(),
    "balancedAccuracy": scores["test_balanced_accuracy"].tolist(), "probabilities": probabilities.ravel().tolist(),
    "leaveOneOutError": float(np.mean((left_out - diabetes.target) ** 2)),
    "learningSizes": sizes.tolist(), "learningTrain": train.ravel().tolist(), "learningTest": test.ravel().tolist(),
    "validationTrain": (-vtrain).ravel().tolist(), "validationTest": (-vtest).ravel().tolist()})
