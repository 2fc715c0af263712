"""Measures of translations, summaries and transcripts."""
import jiwer
import sacrebleu
from rouge_score import rouge_scorer
from reference import save

pairs = [
    ("The cat sat on the mat.", "A cat sat on the mat."),
    ("It costs 3.5 dollars, doesn't it?", "It costs 3.5 dollars, or does it not?"),
    ("there is a cat on the table-top in 2024-25", "There is one cat on the table-top in 2024-25 \"today\""),
    ("Die Häuser sind groß & schön", "Die Häuser waren groß & sehr schön"),
    ("one", "one two"),
    ("completely different words here", "nothing shared at all"),
]
second = ["The cat was sitting on the mat.", "It costs 3.5 dollars.", "A cat is on the table.", "Große Häuser", "one", "completely other words here"]
predicted, actual = [a for a, _ in pairs], [b for _, b in pairs]
scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=False)
rouge = [[[v.precision, v.recall, v.fmeasure] for v in scorer.score(b, a).values()] for a, b in pairs]
save("MartletModels", "textMetrics", {
    "predicted": predicted, "actual": actual, "second": second,
    "bleu": sacrebleu.corpus_bleu(predicted, [actual]).score, "bleuTwo": sacrebleu.corpus_bleu(predicted, [actual, second]).score,
    "bleuLower": sacrebleu.corpus_bleu(predicted, [actual], lowercase=True).score,
    "bleuEach": [sacrebleu.corpus_bleu([a], [[b]]).score for a, b in pairs],
    "chrF": sacrebleu.corpus_chrf(predicted, [actual]).score, "chrFEach": [sacrebleu.corpus_chrf([a], [[b]]).score for a, b in pairs],
    "rouge": rouge, "wordErrorRate": jiwer.wer(actual, predicted), "characterErrorRate": jiwer.cer(actual, predicted)})
