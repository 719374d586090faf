"""How words are analysed, per language: pure data, and the settings of an Elasticsearch index made from it.

`search.analysis_python` does the same for the database engine; tests/contract/test_analysis.py holds the two together
over some twenty thousand words of each language. Decisions: docs/decisions/0001-search-entries.md.

- A word is a run of letters and digits. The apostrophe separates, so l’illustration is "l" and "illustration": that is
  all elision needs, with ' and ’ alike and in every language (designer's, dell’arte, d'Hollerich).
- fr: stemmed, then folded; and folded, then stemmed. Both forms are kept: "musée" and "musee" meet.
- de: ä/ae/a and ß/ss are one (german_normalization), folded, stemmed. Compounds: search/compounds.py.
- en: folded, stemmed (Porter 2).
A fourth language is a line in CHAINS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

MAX_WORD = 60  # letters; the rest of a longer word is cut off, in documents and queries alike


@dataclass(frozen=True)
class Chain:
    """The steps for one language. `snowball`: the stemmer's name in both worlds, "" for none."""

    snowball: str = ""
    german: bool = False  # german_normalization first
    keep_accents: bool = False  # stem with accents, as well as without


CHAINS: dict[str, Chain] = {
    "fr": Chain("French", keep_accents=True),
    "de": Chain("German", german=True),
    "en": Chain("English"),
    "lb": Chain(german=True),
}
FOLD = "fold"  # lower case without accents, nothing else: for names

# Articles, prepositions, conjunctions and what an apostrophe leaves behind. Not here: small words that are also words
# of the trade or of another language (son, or, car, art, die Bar), or make another one of it (sous-titre).
STOP_WORDS = frozenset(
    [
        "l",
        "d",
        "j",
        "m",
        "t",
        "s",
        "n",
        "c",
        "qu",
        "jusqu",
        "lorsqu",
        "puisqu",
        "quoiqu",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "du",
        "de",
        "au",
        "aux",
        "et",
        "ou",
        "en",
        "dans",
        "par",
        "pour",
        "sur",
        "avec",
        "sans",
        "ce",
        "cet",
        "cette",
        "ces",
        "que",
        "qui",
        "dont",
        "où",
        "à",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "eines",
        "und",
        "oder",
        "im",
        "in",
        "ins",
        "am",
        "an",
        "auf",
        "aus",
        "bei",
        "beim",
        "mit",
        "nach",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "für",
        "über",
        "unter",
        "the",
        "a",
        "of",
        "and",
        "to",
        "for",
        "with",
        "on",
        "at",
        "by",
        "from",
    ]
)

_SEPARATORS = re.compile(r"[\W_]+")


def split_words(text: str) -> list[str]:
    """Lower-case words of cleaned text, in order. Character by character, as Elasticsearch lowers: İ is one letter."""
    return [lower(word) for word in cut_words(text)]


def cut_words(text: str) -> list[str]:
    """The words of cleaned text as they are written."""
    return [word for word in _SEPARATORS.split(text) if word]


def lower(word: str) -> str:
    return word.lower() if word.isascii() else "".join(char.lower()[0] for char in word)


def index_analysis() -> dict[str, Any]:
    """The "analysis" part of the settings of every index."""
    filters: dict[str, Any] = {"cut": {"type": "truncate", "length": MAX_WORD}}
    analyzers: dict[str, Any] = {FOLD: _analyzer(["asciifolding"])}
    for language, chain in CHAINS.items():
        steps = ["german_normalization"] if chain.german else []
        stem = f"{language}_stem"
        if chain.snowball:
            filters[stem] = {"type": "snowball", "language": chain.snowball}
        if chain.snowball and chain.keep_accents:
            both = [f"{stem}, asciifolding", f"asciifolding, {stem}"]
            filters[f"{language}_both"] = {"type": "multiplexer", "filters": both, "preserve_original": False}
            steps.append(f"{language}_both")
        else:
            steps += ["asciifolding", stem] if chain.snowball else ["asciifolding"]
        analyzers[language] = _analyzer(steps)
    return {
        "tokenizer": {"words": {"type": "pattern", "pattern": r"[^\p{L}\p{N}]+"}},
        "filter": filters,
        "analyzer": analyzers,
    }


def _analyzer(steps: list[str]) -> dict[str, Any]:
    return {"type": "custom", "tokenizer": "words", "filter": ["cut", "lowercase", *steps]}
