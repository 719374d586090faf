"""Pinned results: what an editor has decided to show first for a query. They live in the lexicon and cost no query."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .folding import fold
from .interpretation import ASKING, Interpretation
from .lexicon import Lexicon
from .query import parse_query

MOST = 10  # pins of one query


def words_of(query: str) -> str:
    """What two queries have in common that ask for the same: folded words without articles, in one order."""
    return key_of(parse_query(query))


def key_of(words: Sequence[str]) -> str:
    telling = [word for word in words if word not in ASKING] or words
    return " ".join(sorted({fold(word) for word in telling}))[:120]


def pinned_keys(words: Sequence[str], lexicon: Lexicon, language: str) -> tuple[str, ...]:
    """Translation keys, the first one first. Whether a reader may find them is the engines' business."""
    if not lexicon.pins:
        return ()
    found = [pin.key for pin in lexicon.pins_of.get(key_of(words), ()) if pin.language in ("", language)]
    return tuple(dict.fromkeys(found))[:MOST]


def pins_for(lexicon: Lexicon, language: str) -> Callable[[Interpretation], tuple[str, ...]]:
    """The hook of `Asking`."""
    return lambda meaning: pinned_keys(meaning.words, lexicon, language)
