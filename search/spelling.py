"""Misspelt words: what the cluster's things are written with, and which of those words are close to a typed one.

One letter wrong, missing, too many or swapped in a word of four to seven letters, two in longer ones, never the first.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from rapidfuzz.distance import OSA

from .analysis import split_words
from .analysis_python import tokens
from .compounds import LINKS, normal
from .english import other_spellings
from .folding import fold
from .lexicon import Lexicon
from .models import KnownWord
from .thesaurus import thesaurus

SHORTEST, LONG = 4, 8  # letters: from here on one mistake is forgiven, from there on two
CANDIDATES = 4  # words asked for in place of one
ENDINGS = (1, 2, 3)  # letters: digitised, Eheringe
BATCH = 500


def folded_words(texts: Iterable[str]) -> set[str]:
    """The words of these texts that a typo could be meant for: folded, letters only."""
    found: set[str] = set()
    for text in texts:
        found.update(word for word in map(fold, split_words(text)) if len(word) >= SHORTEST - 1 and word.isalpha())
    return {word for word in found if len(word) <= KnownWord.LONGEST}


def remember(texts: Iterable[str]) -> None:
    """Note the words of what has just become public. Words of what is gone stay: a suggestion is counted before it is
    shown, so that a word nobody may find is never shown to anybody."""
    words = sorted(folded_words(texts))
    for start in range(0, len(words), BATCH):
        part = words[start : start + BATCH]
        here = set(KnownWord.objects.filter(word__in=part).values_list("word", flat=True))
        # In one order, so that two transactions never wait for each other.
        KnownWord.objects.bulk_create([KnownWord(word=w) for w in part if w not in here], ignore_conflicts=True)


class Vocabulary:
    """The known words in this process, by first letter and length; new ones are read when somebody needs them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clear()

    def _clear(self) -> None:
        self._last = 0
        self._words: set[str] = set()
        self._buckets: dict[tuple[str, int], list[str]] = {}

    def read(self) -> None:
        with self._lock:
            rows = KnownWord.objects.order_by("pk").values_list("pk", "word")
            newest = KnownWord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            if newest < self._last:
                self._clear()
            for pk, word in rows.filter(pk__gt=self._last):
                self._last = pk
                self._add(word)

    def _add(self, word: str) -> None:
        if word not in self._words:
            self._words.add(word)
            self._buckets.setdefault((word[0], len(word)), []).append(word)

    def __contains__(self, folded: str) -> bool:
        return folded in self._words

    def split(self, word: str) -> list[str]:
        """The two known words a long one is made of, evenly rather than not: "drohnenaufnahmen" → drohnen, aufnahmen.
        [] when there are none."""
        word = normal(word)
        found: list[tuple[int, list[str]]] = []
        for end in range(SHORTEST, len(word) - SHORTEST + 1):
            rest = word[end:]
            if rest not in self._words:
                continue
            first = next((w for link in LINKS if (w := _without(word[:end], link)) in self._words), "")
            if len(first) >= SHORTEST:
                found.append((min(len(first), len(rest)), [first, rest]))
        return max(found)[1] if found else []

    def close_to(self, word: str, also: Iterable[str] = ()) -> list[str]:
        """The nearest known words, nearest first; [] when the word is too short or nothing is near."""
        word = fold(word)
        allowed = mistakes(word)
        if not allowed:
            return []
        near: dict[str, int] = {}
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        buckets: list[Iterable[str]] = [self._buckets.get((word[0], length), ()) for length in lengths]
        buckets.append(other for other in also if other[:1] == word[0] and len(other) in lengths)
        for bucket in buckets:
            for other in bucket:
                distance = OSA.distance(word, other, score_cutoff=allowed)
                if 0 < distance <= allowed:
                    near[other] = distance
        ranked = sorted(near, key=lambda other: (near[other], other))
        closest = [other for other in ranked if near[other] == near[ranked[0]]]
        return closest[:CANDIDATES]


def _are_one(word: str, other: str) -> bool:
    """Do two words have a stem in common, in some language?"""
    return any(not set(tokens(word, code)).isdisjoint(tokens(other, code)) for code, _name in settings.LANGUAGES)


def _is_word(word: str) -> bool:
    """Spelt as the thesaurus has it, or that with an ending: nobody has it here, but it is no mistake."""
    known = thesaurus()
    if any(known.knows(form) for form in (word, *other_spellings(word))):
        return True
    beginnings = (word[:-letters] for letters in ENDINGS if len(word) - letters >= SHORTEST)
    return any(known.knows(beginning) and _are_one(word, beginning) for beginning in beginnings)


def _without(word: str, link: str) -> str:
    return word.removesuffix(link) if link else word


def mistakes(word: str) -> int:
    """How many letters of a word may be wrong."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 1 if len(word) < LONG else 2


vocabulary = Vocabulary()


@dataclass(frozen=True, kw_only=True)
class Readings:
    """What words that are nowhere may have been meant for."""

    respelled: dict[str, tuple[str, ...]] = field(default_factory=dict)  # word → the nearest known words
    apart: dict[str, tuple[str, ...]] = field(default_factory=dict)  # German compound → the known words it is made of

    def __bool__(self) -> bool:
        return bool(self.respelled or self.apart)


def other_readings(words: Sequence[str], lexicon: Lexicon, *, known_too: bool = False) -> Readings:
    """For those words that are in no text, no term and not in the thesaurus (`known_too`: other spellings of all).

    Two small queries; none when no word is long enough.
    """
    found = Readings()
    if not any(mistakes(fold(word)) for word in words):
        return found
    vocabulary.read()
    for word in words:
        forms = (fold(word), *other_spellings(word))
        is_written = any(form in vocabulary or form in lexicon.folded_words for form in forms)
        if not is_written and (pieces := vocabulary.split(word)):
            found.apart[word] = tuple(pieces)
        elif known_too or not (is_written or _is_word(word)):
            # "Kredit", where texts have "Kredits": known, in another form.
            is_form = any(_are_one(form, near) for form in forms for near in vocabulary.close_to(form))
            near = vocabulary.close_to(word, lexicon.folded_words)
            if near and not is_form and not any(_are_one(word, other) for other in near):
                found.respelled[word] = tuple(near)
    return found
