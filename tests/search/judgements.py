"""The judged questions of tests/search/judged/ and the two figures that say how well an order answers them.

A grade: 3 exactly what was asked, 2 good, 1 acceptable; what is not graded is worth nothing.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "judged"
UNSEEN = FOLDER / "unseen"  # questions that nobody tunes on
RECORD = FOLDER / "recorded.toml"
LANGUAGES = ("fr", "de", "en")
LISTINGS = ("directory", "site")
GRADES = (1, 2, 3)
FIRST = 10  # nDCG looks at the hits seen without scrolling far
PAGE = 24  # recall looks at the first page of hits
WANTED = 2  # the grade from which a thing should be on that page


@dataclass(frozen=True, kw_only=True)
class JudgedQuery:
    """A question somebody would ask. `answers`: "<doc_type>:<slug>" → grade; the slug is the French page's, else the
    source's."""

    language: str
    listing: str  # "directory" or "site"
    text: str
    note: str  # what the asker wants
    answers: Mapping[str, int]


def load_queries(folder: Path = FOLDER) -> list[JudgedQuery]:
    """All of them, by language, in the order of the files."""
    return [
        JudgedQuery(language=language, **record)
        for language in LANGUAGES
        for record in tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))["query"]
    ]


def gain(grades: Sequence[int], first: int = FIRST) -> float:
    """Discounted cumulative gain of the first hits' grades, in their order: (2^grade - 1) / log2(place + 1)."""
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades[:first], start=1))


def ndcg(found: Sequence[str], answers: Mapping[str, int], first: int = FIRST) -> float:
    """From 0 to 1: the gain of what was found, against that of the best possible order of the answers.

    A thing that is found twice counts once; its second place is wasted. Without answers: 1 for finding nothing.
    """
    best = gain(sorted(answers.values(), reverse=True), first)
    if not best:
        return float(not found)
    seen: set[str] = set()
    grades = []
    for name in found[:first]:
        grades.append(0 if name in seen else answers.get(name, 0))
        seen.add(name)
    return gain(grades, first) / best


def recall(found: Sequence[str], answers: Mapping[str, int], first: int = PAGE) -> float:
    """From 0 to 1: how many of the things graded `WANTED` or better are on the first page, of those that fit on it."""
    wanted = {name for name, grade in answers.items() if grade >= WANTED}
    if not wanted:
        return 1.0
    return len(wanted & set(found[:first])) / min(first, len(wanted))
