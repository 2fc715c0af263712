"""Tokenisers of the `tokenizers` package, trained on a few texts, and what they make of difficult ones."""
import json
import unicodedata
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from reference import save

CORPUS = [
    "The classification of flowers begins with measuring petals and sepals.", "A flower's petals are longer than its sepals; flowering follows.",
    "Measuring is knowing: measured lengths, measured widths, and nothing else.", "Classifiers classify; a classifier that classifies flowers is classified as useful.",
    "Der Fluß fließt über die Brücke nach München, größer und größer.", "L'été dernier, nous avons mangé des crêpes à la crème brûlée.",
    "El niño soñó con mañana; ¿qué pasará después?", "日本語の文章を形態素に分割する。日本の花は美しい。", "机器学习模型需要很多数据。中文字符。",
    "Здравствуй, мир! Машинное обучение и нейронные сети.", "def fit(self, x, y):\n    return self.model.fit(x, y)  # 12345 67890", "3.14159 2.71828 1,000,000 2026-11-21",
    "unbelievable unhappiness unhelpful helpful happiness believing believers", "lower lowest newer newest wider widest low new wide"] * 3
TEXTS = [
    "the classification of flowers", "Hello, world! It's a test; we're here, they'll come, I'd say.", "naïve café déjà-vu Ångström ﬁne", "nai\u0308ve cafe\u0301 e\u0301\u0323",
    "日本語の文章と中文字符 mixed with English", "emoji 😀😃 family 👨‍👩‍👧‍👦 flag 🇩🇪 thumbs 👍🏽 end", "  leading and   multiple spaces \t\n tabs and lines  ",
    "don't DON'T DoN'T", "1234567 3.14 ½ ² Ⅷ ٣", "Здравствуй, МИР!", "מילים בעברית ومرحبا بالعالم", "한국어 문장 테스트", "ß ẞ İ ı ΑΣ", "a", "", " ", "zzzzqqqq xyzzy", "<s>special</s> [MASK] tokens [MASK]here",
    "soft\u00adhyphen zero\u200bwidth nbsp\u00a0here \ufeffbom", "tab\there, newline\nthere, control\x01char", "ＦＵＬＬｗｉｄｔｈ １２３", "unbelievable_snake_case camelCase HTTPServer", "𝒳𝓎 mathematical 𝟙𝟚", "ไทย हिन्दी தமிழ்"]
PAIRS = [("where do the flowers grow?", "the flowers grow by the river, where they are measured"), ("café", "日本語 😀")]
CJK = "[\u4e00-\u9fff]"


def look(encoding):
    return {"ids": encoding.ids, "tokens": encoding.tokens, "types": encoding.type_ids, "offsets": [list(o) for o in encoding.offsets],
            "words": encoding.word_ids, "attention": encoding.attention_mask, "special": encoding.special_tokens_mask,
            "overflowing": [o.ids for o in encoding.overflowing]}


def case(name, tokenizer, texts=TEXTS, pairs=PAIRS):
    return {"name": name, "tokenizer": tokenizer.to_str(), "count": tokenizer.get_vocab_size(),
            "texts": [{"text": t, **look(tokenizer.encode(t)), "decoded": tokenizer.decode(tokenizer.encode(t).ids),
                       "bare": tokenizer.encode(t, add_special_tokens=False).ids} for t in texts],
            "pairs": [{"first": a, "second": b, **look(tokenizer.encode(a, b))} for a, b in pairs]}


def train(tokenizer, trainer):
    tokenizer.train_from_iterator(CORPUS, trainer)
    return tokenizer


def bert(size=300, lowercase=True, **options):
    t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    train(t, trainers.WordPieceTrainer(vocab_size=size, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
    t.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    t.decoder = decoders.WordPiece()
    return t


def gpt2(size=400, prefix=False):
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix)
    train(t, trainers.BpeTrainer(vocab_size=size, special_tokens=["<|endoftext|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    t.post_processor = processors.ByteLevel(trim_offsets=True)
    t.decoder = decoders.ByteLevel()
    return t


def roberta():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    train(t, trainers.BpeTrainer(vocab_size=380, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    t.add_special_tokens([AddedToken("[MASK]", lstrip=True)])
    t.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=True)
    t.decoder = decoders.ByteLevel()
    return t


def gpt4():
    t = Tokenizer(models.BPE(ignore_merges=True))
    pattern = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    train(t, trainers.BpeTrainer(vocab_size=420, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    t.decoder = decoders.ByteLevel()
    return t


def unigram(size=260, byte_fallback=False):
    t = Tokenizer(models.Unigram())
    t.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    t.pre_tokenizer = pre_tokenizers.Metaspace()
    train(t, trainers.UnigramTrainer(vocab_size=size, special_tokens=["<s>", "</s>", "<unk>"], unk_token="<unk>", show_progress=False))
    if byte_fallback:
        state = json.loads(t.to_str())
        state["model"]["byte_fallback"] = True
        state["model"]["vocab"] += [[f"<0x{b:02X}>", -20.0] for b in range(256)]
        t = Tokenizer.from_str(json.dumps(state))
    t.post_processor = processors.TemplateProcessing(single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 1)])
    t.decoder = decoders.Metaspace() if not byte_fallback else decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    return t


def llama():
    t = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True))
    t.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    train(t, trainers.BpeTrainer(vocab_size=300, special_tokens=["<unk>", "<s>", "</s>"], limit_alphabet=60, show_progress=False, max_token_length=8))
    state = json.loads(t.to_str())
    start = max(state["model"]["vocab"].values()) + 1
    state["model"]["vocab"].update({f"<0x{b:02X}>": start + b for b in range(256)})
    state["model"]["byte_fallback"] = True
    t = Tokenizer.from_str(json.dumps(state))
    t.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    return t


def clip():
    t = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>", continuing_subword_prefix=""))
    t.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(r"'s|'t|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"), "removed", invert=True)])
    train(t, trainers.BpeTrainer(vocab_size=320, special_tokens=["<unk>"], end_of_word_suffix="</w>", show_progress=False))
    t.decoder = decoders.BPEDecoder()
    return t


def words():
    t = Tokenizer(models.WordLevel(unk_token="[UNK]"))
    t.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase(), normalizers.Strip()])
    t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.Punctuation("merged_with_next")])
    return train(t, trainers.WordLevelTrainer(special_tokens=["[UNK]"], show_progress=False))


def pieces():
    t = Tokenizer(models.BPE(unk_token="<unk>"))
    t.normalizer = normalizers.NFKD()
    t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split(Regex(r"\d+"), "contiguous"), pre_tokenizers.Split("-", "merged_with_previous"), pre_tokenizers.CharDelimiterSplit("_")])
    t = train(t, trainers.BpeTrainer(vocab_size=200, special_tokens=["<unk>"], show_progress=False))
    return t


def added():
    t = bert(280, lowercase=True)
    t.add_tokens([AddedToken("flowers", single_word=True), AddedToken("Café", normalized=True), AddedToken("snake", lstrip=True, rstrip=True), "tokens"])
    t.add_special_tokens([AddedToken("<s>", rstrip=True), AddedToken("</s>", lstrip=True)])
    return t


def cut(strategy, maximum, stride=0, direction="right", padding=None):
    t = bert(300)
    t.enable_truncation(maximum, stride=stride, strategy=strategy, direction=direction)
    if padding: t.enable_padding(**padding)
    return t


cases = [case("bert", bert()), case("bert with capitals", bert(lowercase=False)), case("gpt2", gpt2()), case("gpt2 with a space before", gpt2(prefix=True)), case("roberta", roberta()),
         case("gpt4", gpt4()), case("unigram", unigram()), case("unigram with bytes", unigram(byte_fallback=True)), case("llama", llama()), case("clip", clip()),
         case("words", words()), case("pieces", pieces()), case("added tokens", added()),
         case("cut", cut("longest_first", 12, 3, padding={"length": 16, "pad_id": 0, "pad_token": "[PAD]"}), TEXTS[:6]),
         case("cut at the left", cut("longest_first", 9, 2, "left", {"direction": "left", "pad_to_multiple_of": 8}), TEXTS[:6]),
         case("cut the first", cut("only_first", 20), TEXTS[:3], [(PAIRS[0][1], "grow")]), case("cut the second", cut("only_second", 20), [], [("grow", PAIRS[0][1])])]

trained = []
for name, kind, options in [("bpe", "BPE", {"vocab_size": 250}), ("bpe with marks", "BPE", {"vocab_size": 300, "min_frequency": 4, "end_of_word_suffix": "</w>"}),
                            ("bpe with prefix", "BPE", {"vocab_size": 220, "continuing_subword_prefix": "##", "special_tokens": ["<unk>"]}), ("few characters", "BPE", {"vocab_size": 200, "limit_alphabet": 40}),
                            ("wordpiece", "WordPiece", {"vocab_size": 250, "special_tokens": ["[UNK]", "[CLS]"]})]:
    t = Tokenizer(models.BPE() if kind == "BPE" else models.WordPiece(unk_token="[UNK]"))
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.train_from_iterator(CORPUS, (trainers.BpeTrainer if kind == "BPE" else trainers.WordPieceTrainer)(show_progress=False, **options))
    state = json.loads(t.to_str())["model"]
    trained.append({"name": name, "kind": kind, "options": options, "vocabulary": [k for k, _ in sorted(t.get_vocab().items(), key=lambda e: e[1])],
                    "merges": [m if isinstance(m, list) else m.split(" ") for m in state.get("merges", [])]})
save("MartletText", "tokenizers", {"corpus": CORPUS, "cases": cases, "trained": trained})
