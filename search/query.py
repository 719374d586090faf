"""From what somebody typed to what both engines are asked: capped, cleaned, cut into words.

What the words mean is worked out in search/interpretation.py; both engines are asked the same condition.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .analysis import MAX_WORD, STOP_WORDS, split_words
from .conditions import Condition
from .facets import Facet

MAX_CHARACTERS = 200
MAX_WORDS = 20
# Around a match in a fragment: two characters of the private use area, which clean_text() lets nobody write.
MARK_START, MARK_END = "\ue000", "\ue001"


def clean_text(raw: str) -> str:
    """NFKC without lone surrogates, control and private characters: what both engines can store, and split alike."""
    text = raw.encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFKC", text)
    return "".join(" " if unicodedata.category(char) in {"Cc", "Co", "Zl", "Zp"} else char for char in text)


def clean_query(raw: Any) -> str:
    """What is shown back in the search field: at most 200 characters and 20 words. Never raises."""
    if not isinstance(raw, str):
        return ""
    # Cut before normalising (one character can become eighteen) and after.
    text = clean_text(raw[: MAX_CHARACTERS * 2])[:MAX_CHARACTERS]
    return " ".join(text.split()[:MAX_WORDS])


def parse_query(query: str) -> list[str]:
    """Distinct lower-case words, at most 20. The apostrophe separates, so that l’élan is "l" and "élan"; articles and
    other small words of the three languages are dropped unless nothing else is left."""
    words = list(dict.fromkeys(word[:MAX_WORD] for word in split_words(query)))
    telling = [word for word in words if word not in STOP_WORDS]
    return (telling or words)[:MAX_WORDS]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What an engine is asked. Everything in it is validated."""

    doc_types: tuple[str, ...]
    condition: Condition | None = None  # None: everything
    name: tuple[str, ...] = ()  # the words as typed: a thing that is called by all of them comes first
    pinned: tuple[str, ...] = ()  # keys shown first, in this order, where the order is by relevance
    language: str = ""
    audiences: tuple[str, ...] = ("public",)
    facets: Sequence[Facet] = ()
    selected: dict[str, list[str]] = field(default_factory=dict)  # facet name → values, only non-empty lists
    sort: str = "name"  # a key of SORT_LABELS
    page: int = 1
    page_size: int = 24
    at: datetime  # now, for date facets and "soonest"

    def __post_init__(self) -> None:
        known = {facet.name for facet in self.facets}
        if unknown := set(self.selected) - known:
            raise ValueError(f"Selected values of facets that are not asked for: {sorted(unknown)}")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an engine answers. `bodies`: SearchEntry.body dicts in order; counts leave out the facet's own selection.

    `fragments`, one per body: field ("title", "summary", "works", "text", "parts") → language → the passage with a
    match, matches between MARK_START and MARK_END; not escaped.
    """

    total: int
    bodies: list[dict[str, Any]]
    counts: dict[str, dict[str, int]]
    fragments: list[dict[str, dict[str, str]]] = field(default_factory=list)
    page: int = 1  # the page shown: a page beyond the end becomes the last one
