"""Counts and weights of texts as scikit-learn computes them, and the learners that take them."""
import numpy as np
import scipy.sparse as sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import BernoulliNB, ComplementNB, MultinomialNB
from sklearn.svm import LinearSVC
from reference import save

DOCS = ["This is the first document.", "This document is the second document.", "And this is the third one.", "Is this the first document?"]
WORLD = ["Ünïcödé wörds: naïve café déjà-vu, façade!", "STRASSE Straße ΟΔΥΣΣΕΥΣ ΣΑΣ Σ", "日本語のテキスト and 中文字符 mixed words", "snake_case x1 2nd a b c  tabs\t\tand\nlines",
         "emoji 😀😀 party 🎉 time", "fi ligature, ² and ½, Ⅷ ٣٤ digits", "İstanbul ISTANBUL ıstanbul", "the cat the dog the end of the story", "don't won't can't it's", ""]
ALL = DOCS + WORLD


def csr(matrix):
    m = sparse.csr_matrix(matrix); m.sort_indices()
    return {"shape": list(m.shape), "starts": m.indptr.tolist(), "columns": m.indices.tolist(), "values": m.data.astype(float).tolist()}


def case(name, docs, kind, swift, **options):
    vectorizer = {"count": CountVectorizer, "tfidf": TfidfVectorizer, "hash": HashingVectorizer}[kind](**options)
    matrix = vectorizer.fit_transform(docs)
    out = {"name": name, "kind": kind, "documents": docs, "options": swift, "matrix": csr(matrix)}
    if kind != "hash": out["terms"] = vectorizer.get_feature_names_out().tolist()
    if kind == "tfidf" and options.get("use_idf", True): out["idf"] = vectorizer.idf_.tolist()
    out["again"] = csr(vectorizer.transform(["the first café of Straße and 中文字符", "unseen words only", ""]))
    return out


cases = [
    case("documentation", DOCS, "tfidf", {}),
    case("counts", DOCS, "count", {}),
    case("world", ALL, "count", {}),
    case("bigrams", ALL, "count", {"nGramRange": [1, 2]}, ngram_range=(1, 2)),
    case("trigrams only", ALL, "tfidf", {"nGramRange": [3, 3]}, ngram_range=(3, 3)),
    case("characters", ALL, "count", {"analyzer": "character", "nGramRange": [1, 3]}, analyzer="char", ngram_range=(1, 3)),
    case("characters within words", ALL, "tfidf", {"analyzer": "characterWithinWords", "nGramRange": [2, 4]}, analyzer="char_wb", ngram_range=(2, 4)),
    case("long rows within words", ALL, "count", {"analyzer": "characterWithinWords", "nGramRange": [6, 9]}, analyzer="char_wb", ngram_range=(6, 9)),
    case("capitals stay", ALL, "count", {"lowercase": False}, lowercase=False),
    case("no accents, ascii", ALL, "count", {"stripAccents": "ascii"}, strip_accents="ascii"),
    case("no accents, unicode", ALL, "tfidf", {"stripAccents": "unicode"}, strip_accents="unicode"),
    case("english stop words", ALL, "count", {"stopWords": "english"}, stop_words="english"),
    case("own stop words", ALL, "tfidf", {"stopWords": ["the", "is", "wörds"], "nGramRange": [1, 2]}, stop_words=["the", "is", "wörds"], ngram_range=(1, 2)),
    case("rare left out", ALL, "count", {"minimum": 2}, min_df=2),
    case("rare share left out", ALL, "tfidf", {"minimum": 0.2}, min_df=0.2),
    case("common left out", ALL, "count", {"maximum": 0.25}, max_df=0.25),
    case("most frequent", DOCS, "count", {"maximumFeatures": 4}, max_features=4),
    case("binary", ALL, "tfidf", {"binary": True}, binary=True),
    case("sublinear", ALL, "tfidf", {"sublinear": True}, sublinear_tf=True),
    case("rough idf", DOCS, "tfidf", {"smooth": False}, smooth_idf=False),
    case("without idf", ALL, "tfidf", {"idf": False, "norm": "l1"}, use_idf=False, norm="l1"),
    case("without norm", ALL, "tfidf", {"norm": "none"}, norm=None),
    case("own pattern", ALL, "count", {"tokenPattern": "[a-z]+"}, token_pattern="[a-z]+"),
    case("pattern with a group", ALL, "count", {"tokenPattern": "(?:^|\\s)([a-z])"}, token_pattern="(?:^|\\s)([a-z])"),
    case("short words, too", ALL, "count", {"tokenPattern": "\\b\\w+\\b"}, token_pattern="\\b\\w+\\b"),
    case("vocabulary", ALL, "tfidf", {"vocabulary": ["the", "document", "café", "absent"]}, vocabulary=["the", "document", "café", "absent"]),
    case("hashes", ALL, "hash", {}),
    case("few hashes", ALL, "hash", {"features": 7, "norm": "l1", "nGramRange": [1, 2]}, n_features=7, norm="l1", ngram_range=(1, 2)),
    case("hashes of one sign", ALL, "hash", {"features": 64, "alternates": False, "binary": True, "norm": "none"}, n_features=64, alternate_sign=False, binary=True, norm=None),
    case("hashes of characters", ALL, "hash", {"features": 1000, "analyzer": "character", "nGramRange": [2, 2]}, n_features=1000, analyzer="char", ngram_range=(2, 2)),
]

# Texts of three made-up topics, whose words come from overlapping ranges of a vocabulary.
random = np.random.default_rng(5)
topics = np.arange(90) % 3
texts = [" ".join(f"w{int(random.zipf(1.6)) % 40 + 15 * t}" for _ in range(25)) for t in topics]
weighted = TfidfVectorizer().fit_transform(texts)
counts = CountVectorizer().fit_transform(texts)


def learner(name, model, data):
    model.fit(data, topics)
    proba = model.predict_proba(data) if hasattr(model, "predict_proba") else model.decision_function(data)
    return {"name": name, "scores": np.asarray(proba)[::9].tolist(), "accuracy": float(model.score(data, topics))}


svd = TruncatedSVD(4, algorithm="arpack", random_state=0).fit(weighted)
save("MartletText", "vectorizers", {
    "cases": cases,
    "learners": {
        "texts": texts, "topics": topics.tolist(),
        "fits": [learner("multinomial", MultinomialNB(), counts), learner("complement", ComplementNB(), counts), learner("bernoulli", BernoulliNB(), counts),
                 learner("logistic", LogisticRegression(tol=1e-10, max_iter=10000), weighted), learner("svc", LinearSVC(tol=1e-10, max_iter=1000000, dual=False, loss="squared_hinge"), weighted)],
        "svd": {"singular": svd.singular_values_.tolist(), "ratio": svd.explained_variance_ratio_.tolist(), "first": svd.transform(weighted)[:3].tolist()}}})
