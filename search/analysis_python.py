"""The analysis of search/analysis.py in Python, for the database engine. Same words in, same tokens out."""

from __future__ import annotations

import importlib
import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from .analysis import CHAINS, MAX_WORD, Chain, split_words
from .folding import fold, fold_german

_local = threading.local()  # a Snowball stemmer keeps the word it works on: one per thread
_FOLD_ONLY = Chain()
# Lucene's English stemmer leaves the double letter where that would leave two letters: "added" is "add".
_SHORT_DOUBLE = re.compile(r"([aeo])(bb|dd|ff|gg|mm|nn|pp|rr|tt)(?:ed|edly|ing|ingly)")

# Its German stemmer reads ae, oe and ue as umlauts (not "ue" after a vowel or q) and leaves the "em" of "system".
_UMLAUT = re.compile(r"[ao]e|(?<![aeiouyq])ue")


def tokens_of(text: str, language: str) -> set[str]:
    """All tokens of a text, as that language's analyzer makes them."""
    found: set[str] = set()
    for word in split_words(text):
        found.update(tokens(word, language))
    return found


@lru_cache(maxsize=50_000)
def tokens(word: str, language: str) -> tuple[str, ...]:
    """The token, or the alternatives, that one lower-case word becomes."""
    chain = CHAINS.get(language, _FOLD_ONLY)
    word = word[:MAX_WORD]
    if chain.german:
        word = fold_german(word)
    if not chain.snowball:
        return (fold(word),)
    if chain.keep_accents:
        return tuple(dict.fromkeys((fold(_stem(word, chain.snowball)), _stem(fold(word), chain.snowball))))
    return (_stem(fold(word), chain.snowball),)


def prefixed(texts: dict[str, dict[str, str]], fields: Iterable[str]) -> str:
    """The searchable words of an entry: " fr:illustr de:plakat ", sorted, each once, a space on either side."""
    found: set[str] = set()
    for name in fields:
        for language, text in texts.get(name, {}).items():
            found.update(f"{language}:{token}" for token in tokens_of(text, language))
    return f" {' '.join(sorted(found))} " if found else ""


def _stem(word: str, snowball: str) -> str:
    if snowball == "English" and (match := _SHORT_DOUBLE.fullmatch(word)):
        return match[1] + match[2]
    if snowball == "German":
        if word.endswith("system"):
            return word
        word = _UMLAUT.sub(lambda found: {"a": "ä", "o": "ö", "u": "ü"}[found[0][0]], word)
    return _stemmer(snowball).stemWord(word)


def _stemmer(snowball: str) -> Any:
    """The pure Python class, never PyStemmer: that one follows its own version of Snowball."""
    stemmers = _local.__dict__.setdefault("stemmers", {})
    if snowball not in stemmers:
        module = importlib.import_module(f"snowballstemmer.{snowball.lower()}_stemmer")
        stemmers[snowball] = getattr(module, f"{snowball}Stemmer")()
    return stemmers[snowball]
