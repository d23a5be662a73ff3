"""Writes the reference data of this folder; README.md says which packages it needs.

usage: generate.py FOLDER_OF_WHISPER_ASSETS
"""

import base64
import json
import struct
import sys
from pathlib import Path

import gguf
import numpy as np
import tiktoken

ASSETS = Path(sys.argv[1])
PATTERN = r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""
SYMBOLS = list('"#()*+/:;<=>@[\\]^_`{|}~「」『』')
SYMBOLS += "<< >> <<< >>> -- --- -( -[ (' (\" (( )) ((( ))) [[ ]] {{ }} ♪♪ ♪♪♪".split()
NOTES = set("♩♪♫♬♭♮♯")
TEXTS = [
    "",
    " ",
    "   ",
    "Hello, world!",
    " Hello world",
    "hello  world   again    ",
    "tabs\tand\n\nnew lines\r\n  end\n",
    "I'm sure we'll say they've said it's what you'd want; don't they're can't",
    "I'M SURE IT'S",
    "'s 't 're 've 'm 'll 'd 'x ''s",
    " photosynthesis, chloroplast, thylakoid, NADPH, ATP synthase",
    "The 3 numbers 42, 3.14159 and 1000000 aren't 2²⁰ or ½ or Ⅷ.",
    "e = mc² — “quoted” ‘single’ … – - -- --- --->",
    "a/b\\c|d_e~f`g^h@i#j$k%l&m*n(o)p[q]r{s}t<u>v?w!x",
    "♪ la la ♫♪♪ ♬ [MUSIC] (applause) 「こんにちは」『はい』",
    "<|endoftext|><|startoftranscript|><|en|> is only text",
    "Größe, Straße, Äpfel und Öl: fünf Würstchen, bitte.",
    "C'est l'été où l'élève naïf a mangé une crêpe à Noël.",
    "¿Dónde está el niño? ¡Allí, señor!",
    "Zażółć gęślą jaźń. Příliš žluťoučký kůň.",
    "Съешь ещё этих мягких французских булок, да выпей чаю.",
    "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.",
    "مرحبا بالعالم، كيف حالك؟ ١٢٣",
    "שלום עולם, מה שלומך?",
    "हिन्दी में लिखा हुआ वाक्य है। ०१२",
    "தமிழ் மொழி எளிது",
    "ภาษาไทยไม่มีช่องว่าง",
    "今天天气很好，我们去公园吧。２０２４年",
    "日本語のテキスト、カタカナとひらがな。",
    "안녕하세요 세계, 반갑습니다.",
    "emoji 😀👩‍👩‍👧‍👦🇩🇪 zero\u200bwidth no\u00a0break ideographic\u3000space",
    "combining e\u0301 n\u0303 and \u1e9b\u0323; \u0000 \u0007 \u001b control",
    "\ufeffbyte order mark \ufffd replacement \U0001f9ec\U00010348",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "        eight spaces and\u2028line separator\u2029paragraph\u0085next",
    "supercalifragilisticexpialidocious antidisestablishmentarianism",
    "https://example.org/path?query=1&other=a%20b#fragment",
    "def f(x):\n    return [i ** 2 for i in range(x)]  # squares\n",
]


def encoding(name):
    lines = (ASSETS / f"{name}.tiktoken").read_text().splitlines()
    ranks = {base64.b64decode(t): int(r) for t, r in (line.split() for line in lines if line)}
    return ranks, tiktoken.Encoding(name, pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})


def encodings():
    _, multilingual = encoding("multilingual")
    rng = np.random.default_rng(16)
    letters = list("  \t\n'.,-09²ß日हि\u0301é😀stmredlvaeiouTHE")
    mixed = ["".join(rng.choice(letters, rng.integers(1, 60))) for _ in range(60)]
    table = [[text, multilingual.encode_ordinary(text)] for text in TEXTS + mixed]
    rows = ",\n".join(json.dumps(row) for row in table)
    Path("encodings.json").write_text(f"[\n{rows}\n]\n")


def english():
    """The tokens of GPT-2 that the symbols consist of, and those that are no speech."""
    ranks, gpt2 = encoding("gpt2")
    texts = [t for s in [*SYMBOLS, *NOTES, "-", "'"] for t in (s, " " + s)]
    parts = {t.encode()[i:j] for t in texts for i in range(20) for j in range(i + 1, 20)}
    parts |= {bytes([b]) for b in range(256)}
    tokens = {ranks[p]: p.hex() for p in parts if p in ranks}
    non_speech = {gpt2.encode(" -")[0], gpt2.encode(" '")[0]}
    for symbol in [*SYMBOLS, *NOTES]:
        for ids in gpt2.encode(symbol), gpt2.encode(" " + symbol):
            if len(ids) == 1 or symbol in NOTES:
                non_speech.add(ids[0])
    data = {"tokens": dict(sorted(tokens.items())), "non_speech": sorted(non_speech)}
    Path("gpt2_symbols.json").write_text(json.dumps(data) + "\n")


def blocks():
    """For each type: its number in ggml, the blocks' bytes with their length, the decoded numbers."""
    rng = np.random.default_rng(5)
    halves = {"Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q2_K": [80, 82],
              "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208]}
    with open("blocks.bin", "wb") as file:
        for name, places in halves.items():
            kind = gguf.GGMLQuantizationType[name]
            size, length = gguf.GGML_QUANT_SIZES[kind]
            data = rng.integers(0, 256, (64 if size == 32 else 8, length), dtype=np.uint8)
            for at in places:
                scales = rng.normal(0, 0.01, len(data)).astype("<f2")
                data[:, at : at + 2] = scales.view(np.uint8).reshape(-1, 2)
            numbers = gguf.quants.dequantize(data, kind).astype("<f4")
            file.write(struct.pack("<2I", kind, data.size) + data.tobytes() + numbers.tobytes())


encodings()
english()
blocks()
