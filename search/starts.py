"""What somebody may begin to type of a name: pure text, for the stored words and for what is typed alike.

Folded on both sides: "elan" and "Élan" are one, "oeuvre" and "Œuvre", "strasse" and "Straße". Umlauts are stored both
ways, so that "muller", "mueller" and "müller" all find "Müller", and the first and the last find "Mueller" too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .analysis import MAX_WORD, STOP_WORDS, lower, split_words
from .folding import fold, fold_german
from .query import clean_query, clean_text

LONGEST = 80  # letters kept of a start; nobody types more of a name
MOST_WORDS = 12  # of a name, and of what is typed
LEAST_LETTERS = 2  # typed before anything is suggested
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_WORD = re.compile(r"[^\W_]+")


def _written_out(word: str) -> str:
    return fold(word.translate(_UMLAUTS))


def _without_umlaut(word: str) -> str:
    return fold(fold_german(word))


# Each goes letter by letter from the left: the form of a beginning is a beginning of the form.
FORMS: tuple[Callable[[str], str], ...] = (fold, _written_out, _without_umlaut)


class Start(NamedTuple):
    text: str  # a folded word with all words after it: "elan sonore", "sonore"
    position: int  # telling words before it; articles do not count, so "atelier" begins "L’Atelier"


@lru_cache(maxsize=20_000)
def starts(name: str) -> tuple[Start, ...]:
    """From every word of a name on; articles and other small words only where the name begins with them."""
    words = split_words(clean_text(name))[:MOST_WORDS]
    found: dict[str, int] = {}
    for form in FORMS:
        formed = [form(word[:MAX_WORD]) for word in words]
        before = 0
        for index, word in enumerate(words):
            is_telling = word not in STOP_WORDS
            if is_telling or index == 0:
                found.setdefault(" ".join(formed[index:])[:LONGEST].rstrip(), before)
            before += is_telling
    return tuple(Start(text, position) for text, position in found.items())


class Rank(NamedTuple):
    """Smallest first."""

    is_broken: bool  # the words stand apart in the name, or in another order
    is_hidden: bool  # not in the name that the reader is shown, but in a translation of it
    is_later: bool  # the name does not begin with them
    is_foreign: bool  # the name is not in the reader's language
    is_unfinished: bool  # the last word goes on where the typed one ends
    is_synonym: bool = False


@dataclass(frozen=True)
class Typed:
    """What was typed, folded."""

    words: tuple[str, ...]  # every one of them has to begin a word of the name, unless the phrase does
    anchors: tuple[str, ...]  # what is looked up, one or the other: the longest of the words, or the phrase
    phrase: str  # the anchor and all that was typed after it
    marked: tuple[str, ...]  # what is emphasised in a name

    @property
    def others(self) -> list[str]:
        """What a name found by an anchor has to have besides."""
        return [word for word in self.words if word not in self.anchors]

    def matching(self, found: Iterable[Start]) -> list[Start]:
        """The starts of a name that an anchor begins; none where the name lacks another of the words."""
        found = list(found)
        if not all(any(start.text.startswith(word) for start in found) for word in self.others):
            return []
        return [start for start in found if start.text.startswith(self.anchors)]

    def rank(self, start: Start, *, is_hidden: bool, is_foreign: bool, is_synonym: bool = False) -> Rank:
        is_whole = start.text == self.phrase or start.text.startswith(f"{self.phrase} ")
        is_broken = not start.text.startswith(self.phrase)
        return Rank(is_broken, is_hidden, start.position > 0, is_foreign, not is_whole, is_synonym)


def typed(query: str) -> Typed | None:
    """None where there is too little to suggest anything. Takes anything a URL can contain."""
    plain = split_words(clean_query(query))[:MOST_WORDS]
    words = [fold(word[:MAX_WORD]) for word in plain]
    if sum(map(len, words)) < LEAST_LETTERS:
        return None
    telling = [index for index, word in enumerate(plain) if word not in STOP_WORDS]
    if not telling:  # "l'at", "de la": the last word may only begin, or all of it is the beginning of a name
        phrase = " ".join(words)
        return Typed((words[-1],), (words[-1], phrase), phrase, (words[-1],))
    anchor = max(telling, key=lambda index: (len(words[index]), -index))
    needed = tuple(dict.fromkeys(words[index] for index in telling))
    # A last word that is an article may be the beginning of something else: it only decides the order.
    marked = tuple(dict.fromkeys((*needed, words[-1])))
    return Typed(needed, (words[anchor],), " ".join(words[anchor:])[:LONGEST], marked)


def parts(name: str, sought: Typed) -> list[tuple[str, bool]]:
    """The name in pieces, each with whether it is what was typed: [("Él", True), ("an sonore", False)]."""
    name = unicodedata.normalize("NFC", name)
    pieces: list[tuple[str, bool]] = []
    done = 0
    for match in _WORD.finditer(name):
        length = max(_covered(lower(match[0]), word) for word in sought.marked)
        if length:
            pieces += [(name[done : match.start()], False), (match[0][:length], True)]
            done = match.start() + length
    pieces.append((name[done:], False))
    return [piece for piece in pieces if piece[0]]


def _covered(word: str, beginning: str) -> int:
    """How many letters of the word the typed letters are: 3 of "müller" for "mul", and for "muel"; 0 for none."""
    for form in FORMS:
        if form(word).startswith(beginning):
            return next(length for length in range(1, len(word) + 1) if form(word[:length]).startswith(beginning))
    return 0
